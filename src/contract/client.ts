import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Guard, GuardError } from './guard.ts'
import type { Answer, Request } from './interaction.ts'

/** What came of sending: an answer, or the reason why there is none. */
export interface Sent {
  readonly answer: Answer | undefined
  readonly failure: string
}

/** Where requests go. Nothing else of the engine sends. */
export interface Client {
  readonly send: (request: Request) => Promise<Sent>
  /** How many requests went out, those that were put off included. */
  readonly requests: () => number
  /** How many answers 429 or 503 were waited out. */
  readonly waits: () => number
  readonly close: () => void
}

export interface TargetOptions {
  /** Ends in the base path, without a slash. */
  readonly baseUrl: string
  readonly guard: Guard
  readonly timeoutMs: number
  /** The most requests per second; absent for no ceiling. */
  readonly perSecond?: number
  /** How long all waits that a server asks for may take together, in milliseconds. */
  readonly waitBudgetMs: number
  readonly now: () => number
  readonly signal?: AbortSignal
  /** Hears of each request that goes out. */
  readonly onRequest?: (request: Request) => void
}

/** The answers that ask to come back later (RFC 9110, section 10.2.3; RFC 6585, section 4). */
const PUT_OFF = [429, 503]
/** What each further attempt waits at least, and what a 429 means that says nothing. */
const PATIENCE_MS = 100
const UNTOLD_MS = 1000

/** Sends over connections that are kept. Rejects with a GuardError before a request that the mode forbids goes out. */
export function createClient(options: TargetOptions): Client {
  const { baseUrl, guard, now, perSecond, signal } = options
  const transport = openTransport(baseUrl, options.timeoutMs)
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

/** How long to wait, in milliseconds; undefined where the answer is one. A 429 need not say for how long. */
function waitAskedFor(answer: Answer | undefined, now: () => number): number | undefined {
  if (answer === undefined || !PUT_OFF.includes(answer.status)) return undefined
  const asked = answer.headers['retry-after'] ?? ''
  const wait = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - now()
  if (!Number.isNaN(wait)) return Math.max(wait, 1)
  return answer.status === 429 ? UNTOLD_MS : undefined
}

function openTransport(baseUrl: string, timeoutMs: number) {
  const { protocol, hostname, port, pathname } = new URL(baseUrl)
  const isSecure = protocol === 'https:'
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  const start = isSecure ? httpsRequest : httpRequest
  const basePath = pathname.replace(/\/$/, '')
  const open = { agent, hostname: hostname.replace(/^\[|\]$/g, ''), ...(port && { port }), timeout: timeoutMs }
  const sendOnce = ({ method, path, headers, body }: Request) =>
    new Promise<Sent & { readonly reused: boolean }>((resolve) => {
      const length = body === undefined ? {} : { 'Content-Length': String(body.length) }
      const sent = start({ ...open, method, path: basePath + path, headers: { ...headers, ...length } }, (response) =>
        receive(response, (received) => resolve({ ...received, reused: sent.reusedSocket })),
      )
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)))
      sent.on('error', (error) => resolve({ answer: undefined, failure: reasonOf(error), reused: sent.reusedSocket }))
      sent.end(body)
    })
  /** A kept connection may end just as it is used again; that is no fault of the server (RFC 9112, section 9.3.1). */
  const send = async (request: Request): Promise<Sent> => {
    const first = await sendOnce(request)
    return first.answer === undefined && first.reused && first.failure === RESET ? sendOnce(request) : first
  }
  return { send, close: () => agent.destroy() }
}

const RESET = 'the connection was reset'

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return RESET
  return error.code === undefined ? error.message : `${error.code}: ${error.message}`
}

function receive(response: IncomingMessage, done: (sent: Sent) => void): void {
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => chunks.push(chunk))
  response.on('error', () => done({ answer: undefined, failure: 'the answer broke off' }))
  response.on('end', () =>
    done({
      answer: { status: response.statusCode ?? 0, headers: flatten(response), bytes: Buffer.concat(chunks) },
      failure: '',
    }),
  )
}

const flatten = ({ headers }: IncomingMessage) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
