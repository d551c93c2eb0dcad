import type { Seams } from './server/seams.ts'
import type { Records } from './server/store.ts'

/** A server that looks different and is correct. */
export interface Variant {
  readonly id: string
  readonly summary: string
  readonly seams?: () => Seams
  /** Replaces the records that a seed gives. */
  readonly records?: (records: Records) => Records
}

/** Every correct but unusual server. */
export const VARIANTS: readonly Variant[] = []
