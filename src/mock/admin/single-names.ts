import { ApiError } from '../../openapi/api-error.ts'
import { doubledName } from '../../openapi/codecs/json-names.ts'
import type { Body } from '../validation/body.ts'
import type { Validation } from '../validation/validation.ts'

/** The API takes the last of two equal names, as JSON.parse does; here they are a mistake, as they are in a state file. */
export const withSingleNames = (validation: Validation): Validation => ({
  ...validation,
  request: async (operation, parameters, body) => {
    requireSingleNames(body)
    await validation.request(operation, parameters, body)
  },
})

function requireSingleNames({ mediaType, bytes, value, violations }: Body): void {
  if (mediaType !== 'application/json' || violations.length > 0) return
  const doubled = doubledName(new TextDecoder().decode(bytes), value)
  if (!doubled) return
  const violation = { pointer: `/body${doubled.pointer}`, expected: 'there once' }
  throw new ApiError(400, `${violation.pointer} must be ${violation.expected}.`, [violation])
}
