import type { ApiError } from '../../openapi/api-error.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { Clock } from '../clock.ts'
import type { Interference } from './interference.ts'

/** What a step does to one request. */
export type Effect = Omit<Interference, 'name'>

/** What a step may draw on: the fault's own stream of numbers from 0 to 1, and the session's clock. */
export interface Tools {
  readonly stream: Stream
  readonly clock: () => Clock
}

/** A seeded stream. */
export interface Stream {
  next(): number
}

/** Words the refusal of a step: `field` must be `expected`. */
export type Invalid = (field: string, expected: string, suggestion?: string) => ApiError

/** One kind of fault, as data. `Step` is the JSON that asks for it. */
export interface FaultKind<Step> {
  readonly required: readonly Exclude<keyof Step, 'kind'>[]
  readonly optional: readonly Exclude<keyof Step, 'kind'>[]
  /** True where the step goes on for every request that follows. */
  readonly lasting?: boolean
  /** Throws `invalid` where none of these operations, which are all that the fault may meet, can be treated so. */
  readonly check?: (step: Step, operations: readonly Operation[], invalid: Invalid) => void
  /** Starts the step for one fault; what it gives is called for each request that is met. */
  readonly begin: (step: Step, tools: Tools) => (operation: Operation) => Effect
}
