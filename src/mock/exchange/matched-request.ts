import type { Operation } from '../../openapi/operation.ts'
import type { Body } from '../validation/body.ts'
import type { MockRequest } from './request.ts'
import type { Target } from './request-target.ts'

/** A request after the `match` step. */
export interface MatchedRequest {
  readonly request: MockRequest
  readonly operation: Operation
  readonly target: Target
  /** The segments of the path below the base path, still percent-encoded. */
  readonly segments: readonly string[]
  /** The methods that the path takes. */
  readonly allow: readonly string[]
  /** Reads and decodes the body, once. Rejects with an ApiError if that cannot be done, each time it is called. */
  readonly body: () => Promise<Body>
}
