import type { MockRequest } from './exchange/request.ts'
import type { Send } from './exchange/response.ts'

/** Answers a request on the session of this id: the API's, or the control plane's below `/__admin`. */
export type Serve = (request: MockRequest, sessionId: string, send: Send) => Promise<void>

/**
 * Answers as `fetch` of a mock that listens would, without a socket. The origin of the URL does not matter; a path alone
 * will do. Rejects with a TypeError for the faults that break a connection and for a request whose body was used, and
 * with the signal's reason if the request is aborted; that request has then changed nothing.
 */
export type MockFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** The parts of a mock that its doors need. */
export interface Doors {
  readonly serve: Serve
  /** Adds a defect of the mock to its list, and warns of it. */
  readonly reportDefect: (text: string) => void
}
