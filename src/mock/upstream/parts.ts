import type { Violation } from '../../openapi/api-error.ts'
import type { ValidInput } from '../operations/index.ts'
import type { Body } from '../validation/body.ts'
import type { Parameters } from '../validation/parameters.ts'

/** The request as the document reads it. */
export interface ReadParts {
  readonly input: ValidInput
  readonly body: Body
  readonly parameters: Parameters
  readonly violations: readonly Violation[]
}
