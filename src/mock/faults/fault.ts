/** A fault as it is asked for. Every part of `match` that is given must hold; without any, every request is met. */
export interface FaultInput {
  /** Given by the mock where absent. */
  readonly id?: string
  readonly match?: FaultMatch
  /** Each request that is met takes the next step; after the last one, requests are answered as usual. */
  readonly steps: readonly FaultStep[]
  /** How often all steps are gone through, once unless told otherwise. */
  readonly times?: number
  /** How likely a request that matches is met, from 0 to 1; drawn from the seed. */
  readonly probability?: number
}

/** Which requests a fault is for. */
export interface FaultMatch {
  readonly operationId?: string
  readonly method?: string
  /** The path below the host, without the query, such as `/v2/pet/1`. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  /** Places in the decoded body, and what must stand there. */
  readonly body?: readonly { readonly pointer: string; readonly equals: unknown }[]
}

/** A fault as it stands. */
export interface Fault extends FaultInput {
  readonly id: string
  /** How many requests it was met by. */
  readonly met: number
  /** True where no step is left. */
  readonly spent: boolean
}

/** A status in place of what the operation would do: a documented one, or any where that is asked for plainly. */
export interface StatusStep {
  readonly kind: 'status'
  readonly status: number
  readonly detail?: string
  /** Seconds, where the document has a `Retry-After` for the status. */
  readonly retryAfter?: number
  /** True for a status that the document does not have. */
  readonly undocumented?: boolean
  /** The body of an undocumented status: a text, or a value that is sent as JSON. */
  readonly body?: unknown
  readonly contentType?: string
}

/** Milliseconds before the answer: `ms`, or evenly from `min` to `max`, or lognormal around `median`. */
export interface DelayStep {
  readonly kind: 'delay'
  readonly ms?: number
  readonly min?: number
  readonly max?: number
  readonly median?: number
  readonly sigma?: number
}

/** The body in so many chunks, spread over so many milliseconds. */
export interface SlowBodyStep {
  readonly kind: 'slow-body'
  readonly ms: number
  readonly chunks?: number
}

/** A body that breaks the operation's schema in a named way. */
export interface BreakSchemaStep {
  readonly kind: 'break-schema'
  readonly way: BreakWay
}

export type BreakWay = 'missing-required' | 'wrong-type' | 'null' | 'enum' | 'wrong-root'

/** So many requests in a window of so many milliseconds of the session's clock; those beyond get the documented 429. */
export interface RateLimitStep {
  readonly kind: 'rate-limit'
  readonly limit: number
  readonly window: number
}

/** Kinds that need not be told anything. */
export interface PlainStep<Kind extends string> {
  readonly kind: Kind
}

/** The steps by their kind. */
export interface StepByKind {
  readonly none: PlainStep<'none'>
  readonly status: StatusStep
  readonly delay: DelayStep
  readonly 'slow-body': SlowBodyStep
  readonly reset: PlainStep<'reset'>
  readonly 'reset-in-body': PlainStep<'reset-in-body'>
  readonly 'empty-reply': PlainStep<'empty-reply'>
  readonly malformed: PlainStep<'malformed'>
  readonly 'break-schema': BreakSchemaStep
  readonly truncated: PlainStep<'truncated'>
  readonly 'rate-limit': RateLimitStep
}

export type FaultKindName = keyof StepByKind
export type FaultStep = StepByKind[FaultKindName]
