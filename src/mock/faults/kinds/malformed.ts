import type { MockResponse } from '../../exchange/response.ts'
import { requireBody } from '../documented.ts'
import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** Does what the operation does, and spoils the body so that it is no JSON or XML, under the right Content-Type. */
export const malformed: FaultKind<PlainStep<'malformed'>> = {
  required: [],
  optional: [],
  check: requireBody,
  start: () => () => ({ change: spoil }),
}

/** JSON ends in a comma, XML inside its last tag. */
function spoil(response: MockResponse): MockResponse {
  const { body, headers } = response
  if (body === undefined) return response
  const start = body.slice(0, -1)
  return { ...response, body: headers['Content-Type'] === 'application/xml' ? start : `${start},` }
}
