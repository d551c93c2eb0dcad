import type { KnownRecords } from '../known-records.ts'
import type { Mode } from '../report.ts'
import type { Run } from '../run.ts'

/** A sequence of requests to some operations, with checks. */
export interface Scenario {
  readonly name: string
  /** The operations that it covers; `--only` chooses scenarios by them. */
  readonly operations: readonly string[]
  /** The operations without which it cannot run; by default all that it covers. */
  readonly needs?: readonly string[]
  /** True if it adds to what other scenarios cover: an operation that it alone names is covered from the document besides. */
  readonly isAddition?: true
  /** True if a quick run leaves it out. */
  readonly isThorough?: boolean
  /** The modes in which it may run. */
  readonly modes: readonly Mode[]
  readonly run: (run: Run, known: KnownRecords) => Promise<void>
}

/** True if the document has all of the operations: a scenario that can do without them leaves a part out. */
export const hasOperations = ({ document }: Run, ...ids: readonly string[]): boolean =>
  ids.every((id) => document.operations.some((operation) => operation.id === id))

export const EVERY_MODE: readonly Mode[] = ['safe', 'owned', 'full']
export const WRITING: readonly Mode[] = ['owned', 'full']
export const FULL: readonly Mode[] = ['full']
