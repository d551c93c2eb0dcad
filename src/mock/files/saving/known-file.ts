import type { Store } from '../../store/store.ts'
import type { Base } from './log.ts'
import type { Mark } from './place.ts'

/** A version of the state file, and the store that it has. */
export interface KnownFile {
  readonly hash: Base
  readonly mark: Mark | undefined
  /** In bytes. */
  readonly size: number
  readonly store: Store
}
