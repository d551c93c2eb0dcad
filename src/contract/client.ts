import { setTimeout as sleep } from 'node:timers/promises'
import { openFetchTransport } from './fetch-transport.ts'
import { type Guard, GuardError } from './guard.ts'
import type { Answer, Request } from './interaction.ts'
import { openSocketTransport } from './socket-transport.ts'
import type { Fetch, Sent } from './transport.ts'

/** Sends all requests of a run. */
export interface Client {
  readonly send: (request: Request) => Promise<Sent>
  /** The number of requests sent, repeated ones included. */
  readonly requests: () => number
  /** The number of waits that answers 429 or 503 asked for. */
  readonly waits: () => number
  readonly close: () => void
}

export interface ClientOptions {
  /** Ends in the base path, without a slash. */
  readonly baseUrl: string
  readonly guard: Guard
  readonly timeoutMs: number
  /** The most requests per second; no limit if absent. */
  readonly perSecond?: number
  /** The most milliseconds that all waits that a server asks for may take together. */
  readonly waitBudgetMs: number
  readonly now: () => number
  readonly signal?: AbortSignal
  /** Sends in place of sockets, for a server of this process. */
  readonly fetch?: Fetch
  /** Called with each request that goes out. */
  readonly onRequest?: (request: Request) => void
}

/** Statuses that ask to try again later (RFC 9110, section 10.2.3; RFC 6585, section 4). */
const PUT_OFF = [429, 503]
/** Each further attempt waits at least this much longer. */
const PATIENCE_MS = 100
/** The wait after a 429 without Retry-After. */
const UNTOLD_MS = 1000

/** Sends over persistent connections. Rejects with a GuardError instead of sending a request that the mode forbids. */
export function createClient(options: ClientOptions): Client {
  const { baseUrl, guard, now, perSecond, signal } = options
  const transport = options.fetch
    ? openFetchTransport(options.fetch, baseUrl, options.timeoutMs)
    : openSocketTransport(baseUrl, options.timeoutMs)
  let [requests, waits, budget, nextAt] = [0, 0, options.waitBudgetMs, 0]

  const pace = async () => {
    if (perSecond === undefined) return
    const wait = nextAt - now()
    nextAt = Math.max(nextAt, now()) + 1000 / perSecond
    if (wait > 0) await sleep(wait, undefined, { signal })
  }
  const send = async (request: Request, attempt = 0): Promise<Sent> => {
    if (!guard(request)) throw new GuardError(`${request.method} ${request.path} must not be sent in this mode.`)
    signal?.throwIfAborted()
    await pace()
    requests += 1
    options.onRequest?.(request)
    const sent = await transport.send(request)
    const asked = waitAskedFor(sent.answer, now)
    if (asked === undefined) return sent
    const wait = Math.max(asked, attempt * PATIENCE_MS)
    if (wait > budget)
      return { answer: undefined, failure: `put off by ${sent.answer?.status} for longer than the run may wait` }
    budget -= wait
    waits += 1
    await sleep(wait, undefined, { signal })
    return send(request, attempt + 1)
  }
  return { send: (request) => send(request), requests: () => requests, waits: () => waits, close: transport.close }
}

/** The wait that an answer asks for, in milliseconds; undefined if it asks for none. A 429 need not say how long. */
function waitAskedFor(answer: Answer | undefined, now: () => number): number | undefined {
  if (answer === undefined || !PUT_OFF.includes(answer.status)) return undefined
  const asked = answer.headers['retry-after'] ?? ''
  const wait = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - now()
  if (!Number.isNaN(wait)) return Math.max(wait, 1)
  return answer.status === 429 ? UNTOLD_MS : undefined
}
