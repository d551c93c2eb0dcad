import type { Violation } from '../../openapi/api-error.ts'

/** Header names are in lower case; a header that came several times is one text, but for those that Node keeps apart. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>

/** The bytes of a body after its Content-Encoding was undone, or why there are none. */
export type BodyBytes = Uint8Array | 'too-large' | 'incomplete' | 'unknown-coding'

/** The largest body, in bytes, as it came and after its Content-Encoding was undone, unless the document says otherwise. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024

/** A request as a value, whichever way it came. */
export interface MockRequest {
  readonly method: string
  /** Path and query as they were sent, without the part that selects a session. */
  readonly target: string
  readonly headers: RequestHeaders
  /** The id of its session cannot be used, so it is refused, and belongs to no session. */
  readonly sessionProblem?: Violation | undefined
  /** Reads a body of at most so many bytes. It is called once at most. */
  readonly body: (most: number) => Promise<BodyBytes>
  /** IP address of the client; absent for a request that never left the process. */
  readonly remoteAddress?: string | undefined
  /** Aborted when the client no longer waits. */
  readonly signal?: AbortSignal
}
