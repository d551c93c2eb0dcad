import type { Answer } from '../http/answers/answer.ts'
import type { Reading } from '../http/answers/read-answer.ts'
import type { Operation } from '../openapi/operation.ts'

export { type Answer, isSuccess, mediaTypeOf } from '../http/answers/answer.ts'

/** A request as it is sent. `path` begins after the base path and includes the query. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
  /** Writes the body in chunks in another way. */
  readonly chunks?: (body: Uint8Array) => Uint8Array
  /** The key as a shell would write it, if the header holds another value than the key. */
  readonly shownKey?: string
  /** Names of headers that the client adds to every request. No output shows their values. */
  readonly hidden?: readonly string[]
}

/**
 * The expected outcome of a request. `documented`: a success, or a documented status that depends on the server's data.
 * `closed`: anything but a success, since it has no right key. `any`: whatever is no failure of the server.
 */
export type Expectation =
  | 'success'
  | 'documented'
  | 'refused'
  | 'missing'
  | 'missing-or-invalid'
  | 'unauthorised'
  | 'closed'
  | 'wrong-method'
  | 'any'

/** True if the request is valid by the document. */
export const isValid = (expectation: Expectation): boolean => ['success', 'documented'].includes(expectation)

/** One request, its answer, and the expected result. */
export interface Interaction extends Reading {
  readonly request: Request
  /** Undefined if no complete answer came; `failure` says why. */
  readonly answer: Answer | undefined
  readonly failure: string
  /** Milliseconds from the request to the end of the answer; 0 if they were not measured. */
  readonly ms: number
  readonly operation: Operation | undefined
  readonly expectation: Expectation
  /** Describes the request for people: `without a key`, `with text for /id`. */
  readonly about: string
  /** The parameters and fields that the request gives, as coverage names them. */
  readonly gives: readonly string[]
  /** The number of requests up to the first attempt at this one; repetitions that wait for another answer do not count. */
  readonly at?: number
}

const NO_BYTES = Buffer.alloc(0)

/** The interaction without what only its own checks need: bodies of long lists take most of the memory of a run. */
export const withoutBody = (interaction: Interaction): Interaction => ({
  ...interaction,
  answer: interaction.answer && { ...interaction.answer, bytes: NO_BYTES },
  value: undefined,
  problems: [],
  bodyBreaches: undefined,
})

/** True if the request has the method of its operation: HEAD and OPTIONS are other exchanges than the documented one. */
export const isDocumentedMethod = ({ operation, request }: Pick<Interaction, 'operation' | 'request'>): boolean =>
  operation === undefined || request.method === operation.method

/** Statuses of a server that does not know a method, or does not allow it (RFC 9110, sections 15.5.6 and 15.6.2). */
export const isMethodRefusal = (status: number): boolean => status === 405 || status === 501

/** True if the server refuses a method that is not the operation's, such as HEAD. */
export const isRefusedMethod = (interaction: Interaction): boolean =>
  !isDocumentedMethod(interaction) && isMethodRefusal(statusOf(interaction))

/** The status, or 0 without an answer. */
export const statusOf = ({ answer }: { readonly answer: Answer | undefined }): number => answer?.status ?? 0

/** True for a failure of the server (RFC 9110, section 15.6). */
export const is5xx = (status: number): boolean => status >= 500

/** True if the server asks for a key, or for another one. */
export const isDenied = (status: number): boolean => status === 401 || status === 403
