import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { printable } from '../http/printable.ts'
import { isFor, sessionIn } from './session-fetch.ts'
import { type EndedSession, nameOf, type Strays, tooLateText, withoutSessionText } from './strays.ts'

/** A request that this process sends. */
interface SentRequest {
  readonly method: string
  readonly url: string
  /** The headers, as text. */
  readonly headers: string
}

/**
 * Watches what this process sends to a mock that others may use too: its sessions and its journal tell nothing of who
 * sent a request. Node tells of each request of `node:http`, of `fetch` and of undici, with which all clients send.
 */
export function straysOfProcess(url: string): Strays {
  const ended = new Map<string, EndedSession>()
  const lines = new Lines()
  let running = 0
  const onRequest = ({ method, url: target, headers }: SentRequest) => {
    const path = pathBelow(url, target)
    if (path === undefined || method === 'OPTIONS') return
    const id = sessionIn(path, headers)
    const late = id === undefined ? undefined : ended.get(id)
    const name = nameOf(method, path.replace(/^\/s\/[^/]*/, ''))
    if (id === undefined) lines.withoutSession.push(name)
    else if (late && running > 0) lines.addLate(late, name)
  }
  const stop = onRequests(onRequest)
  return {
    begin: async () => {
      running += 1
    },
    end: (session) => {
      running -= 1
      ended.set(session.id, session)
    },
    take: async () => lines.take(),
    close: async () => {
      stop()
      return lines.take()
    },
  }
}

/** The requests that were found. */
class Lines {
  readonly withoutSession: string[] = []
  readonly #late = new Map<EndedSession, string[]>()

  addLate(session: EndedSession, name: string): void {
    this.#late.set(session, [...(this.#late.get(session) ?? []), name])
  }

  take(): string[] {
    const names = this.withoutSession.splice(0)
    const late = [...this.#late].map(([{ title }, sent]) => tooLateText(sent, title))
    this.#late.clear()
    return [...(names.length > 0 ? [withoutSessionText(names)] : []), ...late].map((line) => printable(line))
  }
}

/** The path of a request to an operation of the mock's API; undefined for any other request. */
function pathBelow(url: string, target: string): string | undefined {
  if (!isFor(url, target)) return undefined
  const [{ pathname: base }, { pathname }] = [new URL(url), new URL(target)]
  return pathname.replace(/^\/s\/[^/]*/, '').startsWith(`${base}/`) ? pathname : undefined
}

/** Calls a function for each request of this process. Returns a function that ends this. */
function onRequests(onRequest: (request: SentRequest) => void): () => void {
  const onHttp = (message: unknown) => onRequest(fromHttp((message as { request: ClientRequest }).request))
  const onUndici = (message: unknown) => onRequest(fromUndici((message as { request: UndiciRequest }).request))
  subscribe('http.client.request.start', onHttp)
  subscribe('undici:request:create', onUndici)
  return () => {
    unsubscribe('http.client.request.start', onHttp)
    unsubscribe('undici:request:create', onUndici)
  }
}

function fromHttp(request: ClientRequest): SentRequest {
  const { method, protocol, host, path } = request
  const headers = Object.entries(request.getHeaders()).map(([name, value]) => `${name}: ${value}`)
  const url = `${protocol}//${request.getHeader('host') ?? host}${path}`
  return { method, url, headers: headers.join('\n') }
}

/** The members that undici documents of a request on its channels. */
interface UndiciRequest {
  readonly origin: string | URL
  readonly method: string
  readonly path: string
  /** Lines in older versions, names and values by turns in newer ones. */
  readonly headers: string | readonly string[]
}

function fromUndici({ origin, method, path, headers }: UndiciRequest): SentRequest {
  const url = `${String(origin).replace(/\/$/, '')}${path}`
  return { method, url, headers: typeof headers === 'string' ? headers : headers.map(lineOf).join('') }
}

const lineOf = (text: string, index: number) => (index % 2 === 0 ? `${text}: ` : `${text}\n`)
