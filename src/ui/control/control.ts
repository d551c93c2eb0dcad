import type { Cell } from '../parts/cell.ts'
import { Refused, readProblem } from './problem.ts'
import type { AnswerOf, Method, PathOf } from './types.ts'

/** The parts of a request to the control plane. */
export interface Sent {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** The session to ask; the selected one where absent. */
  readonly session?: string
  readonly signal?: AbortSignal
}

/** The control plane of the mock that serves this page. */
export interface Control {
  /** Asks an operation. Throws `Refused` with the problem that came. */
  call<M extends Method, P extends PathOf<M>>(method: M, path: P, sent?: Sent): Promise<AnswerOf<P, M>>
  /** The headers that select the session and show the token. */
  headers(session?: string): Record<string, string>
}

/** The choices that each request to the control plane carries. */
export interface ControlOptions {
  readonly session: Cell<string>
  readonly token: Cell<string>
  /** Called when the control plane asks for its token. */
  readonly onUnauthorized: () => void
}

export function createControl({ session, token, onUnauthorized }: ControlOptions): Control {
  const headers = (id = session.get()) => ({
    ...(id !== '' && { 'X-Mock-Session': id }),
    ...(token.get() !== '' && { Authorization: `Bearer ${headerText(token.get())}` }),
  })
  return {
    headers,
    call: async (method, path, sent = {}) => {
      const response = await fetch(targetOf(path, sent), initOf(method, sent, headers(sent.session)))
      if (response.status === 401) onUnauthorized()
      if (!response.ok) throw new Refused(readProblem(response.status, await response.text()))
      return read(response)
    },
  }
}

/** A header takes no other characters. A token with them is wrong in any case, and the mock must be able to say so. */
const headerText = (text: string) => text.replace(/[^\x21-\x7e]+/g, encodeURIComponent)

/** The target of an operation, its path parameters filled in. */
export function targetOf(path: string, { path: values = {}, query = {} }: Sent): string {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(values[name] ?? ''))
  const search = new URLSearchParams(query).toString()
  return `/__admin${filled}${search === '' ? '' : `?${search}`}`
}

function initOf(method: Method, { body, signal }: Sent, headers: Record<string, string>): RequestInit {
  return {
    method: method.toUpperCase(),
    headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }
}

/** The answer conforms to the control document: the mock validates it before it is sent. */
async function read(response: Response) {
  const text = await response.text()
  if (text === '') return undefined
  return response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : text
}
