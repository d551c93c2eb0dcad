import type { Operation } from '../spec/operation.ts'

/** The refusals that an operation documents, with a body. `default` stands for its success. */
export function documentedRefusals({ responses }: Operation): number[] {
  return Object.keys(responses)
    .map(Number)
    .filter((status) => status >= 400)
}

/** The status of what an operation does when all is well. */
export const SUCCESS = 200

/** Whether a success has a body that can be spoilt. */
export function hasBody({ responses }: Operation): boolean {
  return Object.keys(responses[SUCCESS]?.content ?? {}).length > 0
}
