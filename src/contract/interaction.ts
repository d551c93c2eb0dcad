import type { Operation } from '../openapi/operation.ts'
import type { DecodeProblem } from './decode-problem.ts'
import type { Breach } from './schema-breach.ts'

/** A request as it is sent. `path` begins after the base path and includes the query. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
  /** The key as a shell would write it, if the header holds another value than the key. */
  readonly shownKey?: string
  /** Names of headers that the client adds to every request. No output shows their values. */
  readonly hidden?: readonly string[]
}

/** An answer as it was received. Header names are in lower case; repeated headers are joined by commas. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
}

/**
 * The expected outcome of a request. `documented`: a success, or a documented status that depends on the server's data.
 * `any`: whatever is no failure of the server.
 */
export type Expectation =
  | 'success'
  | 'documented'
  | 'refused'
  | 'missing'
  | 'missing-or-invalid'
  | 'unauthorised'
  | 'wrong-method'
  | 'any'

/** True if the request is valid by the document. */
export const isValid = (expectation: Expectation): boolean => ['success', 'documented'].includes(expectation)

/** One request, its answer, and the expected result. */
export interface Interaction {
  readonly request: Request
  /** Undefined if no complete answer came; `failure` says why. */
  readonly answer: Answer | undefined
  readonly failure: string
  readonly operation: Operation | undefined
  readonly expectation: Expectation
  /** Describes the request for people: `without a key`, `with text for /id`. */
  readonly about: string
  /** The parameters and fields that the request gives, as coverage names them. */
  readonly gives: readonly string[]
  /** The body by its media type and the document's schema; undefined if it has none or cannot be read. */
  readonly value: unknown
  /** The problems that decoding the body found. */
  readonly problems: readonly DecodeProblem[]
  /** Where the body breaks its schema; undefined if it has none or cannot be read. */
  readonly bodyBreaches: readonly Breach[] | undefined
  /** Where the documented headers that came break their schemas, by name. */
  readonly headerBreaches: Readonly<Record<string, readonly Breach[]>>
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

/** True for a 2XX. */
export const isSuccess = ({ answer }: { readonly answer: Answer | undefined }): boolean =>
  answer !== undefined && answer.status >= 200 && answer.status < 300

/** The status, or 0 without an answer. */
export const statusOf = ({ answer }: { readonly answer: Answer | undefined }): number => answer?.status ?? 0

/** True for a failure of the server (RFC 9110, section 15.6). */
export const is5xx = (status: number): boolean => status >= 500

/** True if the server asks for a key, or for another one. */
export const isDenied = (status: number): boolean => status === 401 || status === 403

/** The media type without parameters, in lower case; '' if there is none. */
export const mediaTypeOf = (answer: Answer | undefined): string =>
  (answer?.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
