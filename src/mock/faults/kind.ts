import type { ApiError } from '../../openapi/api-error.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { Clock } from '../clock.ts'
import type { Effect } from './effect.ts'

/** Sources that a step may draw on: the fault's own stream of numbers from 0 to 1, and the session's clock. */
export interface Tools {
  readonly stream: Stream
  readonly clock: () => Clock
}

/** A seeded stream. */
export interface Stream {
  next(): number
}

/** Makes the refusal of a step: `field` must be `expected`. */
export type Invalid = (field: string, expected: string, suggestion?: string) => ApiError

/** One kind of fault, as data. `Step` is the JSON that asks for it. */
export interface FaultKind<Step> {
  readonly required: readonly Exclude<keyof Step, 'kind'>[]
  readonly optional: readonly Exclude<keyof Step, 'kind'>[]
  /** True if the step applies to every request that follows. */
  readonly lasting?: boolean
  /** Throws `invalid` if the step is possible on none of these operations, which are all that the fault matches. */
  readonly check?: (step: Step, operations: readonly Operation[], invalid: Invalid) => void
  /** Starts the step for one fault; the result is called for each request that it applies to. */
  readonly start: (step: Step, tools: Tools) => (operation: Operation) => Effect
}
