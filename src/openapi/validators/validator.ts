import type { Operation } from '../operation.ts'

/** A decoded request, as express-openapi-validator reads it. `mediaType` is the body's, absent without a body. */
export interface RequestValues {
  readonly path: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly mediaType?: string | undefined
}

/** A violation as the validator words it: where, by which keyword of the schema, and why. */
export interface RawViolation {
  /** `/params/petId`, `/query/status/0`, `/body/name` or, for replies, `/response/name`. */
  readonly path: string
  readonly keyword: string
  readonly message: string
}

/** Validates values by a document: a violation is a result, not a response. */
export interface Validator {
  validateRequest(operation: Operation, values: RequestValues): Promise<readonly RawViolation[]>
  validateReply(
    operation: Operation,
    status: number,
    mediaType: string,
    value: unknown,
  ): Promise<readonly RawViolation[]>
}
