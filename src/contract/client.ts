import { setTimeout as sleep } from 'node:timers/promises'
import { openSocketTransport } from '../http/transport/socket-transport.ts'
import type { Access, Bounds, Fetch, Sent } from '../http/transport/transport.ts'
import { type Guard, GuardError } from './guard.ts'
import type { Answer, Request } from './interaction.ts'
import { nameOf } from './name-of-request.ts'
import { createPace } from './pace.ts'
import { RunEnded } from './run-ended.ts'
import { createSilence } from './silence.ts'
import { describeUnanswered } from './surroundings/unanswered.ts'
import { openFetchTransport } from './transport/fetch-transport.ts'

/** Sends all requests of a run. */
export interface Client {
  readonly send: (request: Request) => Promise<Sent>
  /** The number of requests sent, repeated ones included. */
  readonly requests: () => number
  /** The number of waits that answers 429 or 503 asked for. */
  readonly waits: () => number
  readonly close: () => void
}

export interface ClientOptions extends Bounds, Access {
  /** Ends in the base path, without a slash. */
  readonly baseUrl: string
  readonly guard: Guard
  /** The most requests per second; no limit if absent. */
  readonly perSecond?: number
  /** The most milliseconds that waits may take that a server asks for; answered requests allow more in turn. */
  readonly waitBudgetMs: number
  readonly now: () => number
  /** Ends the request under way, and all later ones. */
  readonly signal?: AbortSignal
  /** Sent with every request; a header of the request itself wins. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sends in place of sockets, for a server of this process. */
  readonly fetch?: Fetch
  /** Called with each request that goes out. */
  readonly onRequest?: (request: Request) => void
}

/** Statuses that ask to try again later (RFC 9110, section 10.2.3; RFC 6585, section 4). */
const PUT_OFF = [429, 503]
/** Each further attempt waits at least this much longer. */
const PATIENCE_MS = 100
/** The first wait after a 429 without Retry-After; each further one is twice as long. */
const UNTOLD_MS = 500
/** A part of the budget comes back with each answered request: a server that puts off every tenth one goes on. */
const EARNED = 1 / 60

/**
 * Sends over persistent connections. Rejects with a GuardError instead of sending a request that the mode forbids, and with
 * a RunEnded if something other than the server's own program is in the way, or requests are put off for too long.
 */
export function createClient(options: ClientOptions): Client {
  const { guard, now, signal, waitBudgetMs, headers } = options
  const transport = options.fetch
    ? openFetchTransport(options.fetch, options.baseUrl, options)
    : openSocketTransport(options.baseUrl, options, accessOf(options))
  const pace = createPace(options.perSecond, now)
  let [requests, waits, budget] = [0, 0, waitBudgetMs]
  let last: Request | undefined
  const silence = createSilence((request) => transport.send(request, signal))

  const wait = async (ms: number) => {
    if (ms > 0) await sleep(ms, undefined, { signal })
  }
  const send = async (request: Request, attempt = 0): Promise<Sent> => {
    if (!guard(request)) throw new GuardError(`${request.method} ${request.path} must not be sent in this mode.`)
    signal?.throwIfAborted()
    await wait(pace.delay())
    requests += 1
    options.onRequest?.(request)
    const began = now()
    const whole = { ...request, headers: { ...headers, ...request.headers } }
    const sent = await transport.send(whole, signal)
    signal?.throwIfAborted()
    const inTheWay = describeUnanswered(sent, options)
    if (inTheWay !== undefined)
      throw new RunEnded((last && goneSince(sent.isRepeated ? request : last, sent)) ?? inTheWay)
    last = request
    await silence.saw(whole, sent)
    const asked = waitAskedFor(sent.answer, attempt, now)
    if (asked === undefined) {
      pace.answered()
      budget = Math.min(waitBudgetMs, budget + waitBudgetMs * EARNED)
      return { ...sent, ms: now() - began }
    }
    const pause = Math.max(asked, attempt * PATIENCE_MS)
    if (pause > budget) throw new RunEnded(busy(sent.answer?.status ?? 0, waitBudgetMs, pace.advised(pause)))
    budget -= pause
    waits += 1
    if (sent.answer?.status === 429) pace.putOff(pause)
    await wait(pause)
    return send(request, attempt + 1)
  }
  return { send: (request) => send(request), requests: () => requests, waits: () => waits, close: transport.close }
}

const accessOf = ({ ca, cert, key, proxy }: Access): Access => ({
  ...(ca !== undefined && { ca }),
  ...(cert !== undefined && { cert }),
  ...(key !== undefined && { key }),
  ...(proxy !== undefined && { proxy }),
})

/** The wait that an answer asks for, in milliseconds; undefined if it asks for none. A 429 need not say how long. */
function waitAskedFor(answer: Answer | undefined, attempt: number, now: () => number): number | undefined {
  if (answer === undefined || !PUT_OFF.includes(answer.status)) return undefined
  const asked = answer.headers['retry-after'] ?? ''
  const wait = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - now()
  if (!Number.isNaN(wait)) return Math.max(wait, 1)
  return answer.status === 429 ? UNTOLD_MS * 2 ** attempt : undefined
}

/** A server that listened, and listens no more: the last request that reached it may have ended it. */
function goneSince(request: Request, { code }: Sent): string | undefined {
  if (code !== 'ECONNREFUSED') return undefined
  return `The server is gone: it answered before, and nothing listens there since ${nameOf(request)} (connection refused). Unless somebody stopped it, that request ended it: see its log, and send the request alone.`
}

const busy = (status: number, waitBudgetMs: number, advised: number) =>
  status === 429
    ? `The server, or a gateway before it, limits requests (429), and the waits took more than ${waitBudgetMs} ms. Send fewer: --rate ${advised}/s. Or let this suite through.`
    : `The server puts requests off (503 with Retry-After) for longer than ${waitBudgetMs} ms, as in maintenance. Run again later.`
