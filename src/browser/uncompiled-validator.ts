import type { Operation } from '../openapi/operation.ts'
import { responseFor } from '../openapi/operation.ts'
import type { Validator } from '../openapi/validators/validator.ts'

/**
 * The validator of what the build did not compile. In Node that is left to express-openapi-validator, which cannot be in a
 * page. It takes every 5xx, as that package does, and every value of a response whose schemas were left out.
 */
export function createUncompiledValidator(): Validator {
  return {
    validateRequest: async ({ id }: Operation) => {
      throw new Error(`The validator of ${id} was not compiled. Build the package again.`)
    },
    validateReply: async (operation, status) => {
      if (status >= 500 || responseFor(operation, status) !== undefined) return []
      return [{ path: '/response', keyword: 'status', message: `must have a documented status, not ${status}` }]
    },
  }
}
