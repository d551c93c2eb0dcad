import { isObject } from '../openapi/json-object.ts'
/** The observed ways of a server, for a mock to do in its place. Every member but the version may be absent. */
export interface Profile {
  readonly version: 1
  /** The status that refuses a missing or wrong key. */
  readonly key?: OfStatus
  /** The kind of the body of every refusal; '' for none. */
  readonly errors?: { readonly mediaType: string }
  /** Statuses of refusals by operation, and by what of the request is wrong. */
  readonly refusals?: ByOperation<Readonly<Partial<Record<RefusedPlace, number>>>>
  /** Successes whose status or body the reference does not publish. */
  readonly successes?: ByOperation<{ readonly status: number; readonly mediaType?: string }>
  /** Operations that ask for a login, with the status that they refuse with. */
  readonly logins?: ByOperation<number>
  /** A method that a path does not have; `isEmpty` if the refusal has no body. */
  readonly wrongMethod?: OfStatus & { readonly isEmpty?: boolean }
  readonly unknownPath?: OfStatus
  readonly options?: { readonly status: number; readonly allow: boolean; readonly body: boolean }
  readonly head?: OfStatus
  readonly unknownQuery?: OfStatus
  readonly unknownProperties?: OfStatus
  /** A query parameter that comes several times: refused, or one of its values counts. */
  readonly repeatedKeys?: OfStatus | { readonly counts: 'first' | 'last' }
  readonly takenUsername?: OfStatus
  readonly uniqueEmails?: OfStatus
  readonly takenDomain?: OfStatus
  /** The media type if nothing that is accepted can be had. */
  readonly unacceptable?: { readonly mediaType: string }
  /** The media type for clients that accept everything. */
  readonly defaultMediaType?: { readonly mediaType: string }
  readonly tokens?: 'differ'
  readonly listOrder?: 'newest first' | 'in no fixed order'
  /** Properties that are not shown, by the kind of record. */
  readonly leftOut?: Readonly<Record<string, readonly string[]>>
  /** How properties are filled in that a write leaves out, by the kind of record. */
  readonly filledIn?: Readonly<Record<string, Readonly<Record<string, 'keeps' | 'fills in'>>>>
  /** Properties that the server sets, whatever is sent, by the kind of record. */
  readonly ownFields?: Readonly<Partial<Record<'users' | 'orders', readonly string[]>>>
  readonly emptyLists?: Readonly<Partial<Record<'absent' | 'empty', string>>>
  readonly inventory?: { readonly leavesOutZero?: boolean; readonly besides?: readonly string[] }
  readonly newDomains?: { readonly status: string; readonly active: boolean }
  /** Properties that the document does not name, with the types of their values. */
  readonly extraProperties?: ByOperation<Readonly<Record<string, ExtraType>>>
  /** Milliseconds of an answer by operation; used with latency alone. */
  readonly latency?: ByOperation<{ readonly median: number; readonly sigma: number }>
}

export type ByOperation<T> = Readonly<Record<string, T>>

interface OfStatus {
  readonly status: number
}

export const REFUSED_PLACES = ['parameter', 'body', 'media type', 'password', 'missing record'] as const
export type RefusedPlace = (typeof REFUSED_PLACES)[number]

export const EXTRA_TYPES = ['string', 'number', 'boolean', 'object', 'array', 'null'] as const
export type ExtraType = (typeof EXTRA_TYPES)[number]

/** The members of a profile without its version. */
export type ProfilePart = Omit<Profile, 'version'>

/** The profiles as one; of two values for the same thing the later one counts. */
export const merged = (parts: readonly ProfilePart[]): Profile => ({
  ...parts.reduce<ProfilePart>((all, part) => mergedValues(all, part), {}),
  version: 1,
})

function mergedValues<T>(one: T, other: T): T {
  if (!isObject(one) || !isObject(other)) return other
  const entries = Object.entries(other).map(([name, value]) => [
    name,
    Object.hasOwn(one, name) ? mergedValues(one[name], value) : value,
  ])
  return { ...one, ...Object.fromEntries(entries) }
}
