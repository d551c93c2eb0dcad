import type { Operation } from '../../openapi/operation.ts'
import type { Invalid } from './kind.ts'

/** The refusals that an operation documents, with a body. `default` stands for its success. */
export function documentedRefusals({ responses }: Operation): number[] {
  return Object.keys(responses)
    .map(Number)
    .filter((status) => status >= 400)
}

/** The status of an operation that succeeds. */
export const SUCCESS = 200

const hasBody = ({ responses }: Operation) => Object.keys(responses[SUCCESS]?.content ?? {}).length > 0

/** Refuses a step that changes a body if no operation replies with one. */
export function requireBody(_step: unknown, operations: readonly Operation[], invalid: Invalid): void {
  if (operations.some(hasBody)) return
  const ids = operations.map(({ id }) => id).join(', ')
  throw invalid('kind', `a kind that needs no body: the 200 of ${ids} has none`)
}
