import type { Listing } from './listing.ts'

/** A property that the document does not name, and the JSON type of its value. */
export interface Extra {
  readonly name: string
  readonly type: string
}

/** A request as another server is asked it too. */
export interface Case {
  /** The operationId; '' for a method or path that no operation has. */
  readonly operation: string
  readonly method: string
  /** Describes the request for people: `without a key`. */
  readonly about: string
  /** The Accept header; '' without one. */
  readonly accept: string
  /** The media type of the request's body; '' without one. */
  readonly type: string
  /** All of these in one text: the same request to another server has the same. */
  readonly key: string
}

/** One answer of a server, with what of its request ways are read from. */
export interface Seen extends Case {
  readonly isSecured: boolean
  /** The media types of the documented success. */
  readonly offers: readonly string[]
  /** The status of the published success: `200`, `default`, or '' if none is published. */
  readonly success: string
  /** The expectation of the contract suite. */
  readonly expectation: string
  /** The path as it was sent, without its query. */
  readonly path: string
  readonly query: string
  /** The JSON or the form that was sent; undefined for anything else. */
  readonly sent: unknown
  readonly status: number
  /** The media type of the answer; '' without one. */
  readonly mediaType: string
  readonly hasBody: boolean
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The body in JSON as it came: of a list the first items in outline, and undefined for other long ones. */
  readonly raw: unknown
  /** The whole list, if the body is one in JSON. */
  readonly list?: Listing
  /** The properties of it that the document does not name. */
  readonly extra: readonly Extra[]
  /** The elements of a body in XML, each name once, in the order in which they come. */
  readonly elements: readonly string[]
  /** The request as a command. */
  readonly curl: () => string
}

/** The key of a request. */
export const keyOf = ({ operation, method, about, accept, type }: Omit<Case, 'key'>): string =>
  `${operation}\n${method}\n${about}\n${accept}\n${type}`

/** True for a success of a request that the document allows; what comes of another one says nothing of a way. */
export const isRightlyDone = (seen: Seen): boolean => isDone(seen) && seen.expectation !== 'refused'

/** True for a 2XX. */
export const isDone = ({ status }: Seen): boolean => status >= 200 && status < 300
