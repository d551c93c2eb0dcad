import type { Seams } from './server/seams.ts'
import type { Records } from './server/store.ts'

/** A server that looks different and is correct. */
export interface Variant {
  readonly id: string
  readonly summary: string
  /** Fresh for each server, so that a variant may remember. */
  readonly seams?: () => Seams
  /** Replaces the records that a seed gives. */
  readonly records?: (records: Records) => Records
  /** The steps of the smoke sequence that come out otherwise, by right. */
  readonly otherwise?: readonly string[]
  /** True if time decides how they come out, so that the smoke sequence tells nothing. */
  readonly isTimed?: true
}
