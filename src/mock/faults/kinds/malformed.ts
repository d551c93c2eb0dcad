import type { Answer } from '../../serialize.ts'
import { requireBody } from '../documented.ts'
import type { PlainStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'

/** Does what the operation does, and spoils the body so that it is no JSON or XML, under the right Content-Type. */
export const malformed: FaultKind<PlainStep<'malformed'>> = {
  required: [],
  optional: [],
  check: requireBody,
  begin: () => () => ({ distort: spoil }),
}

/** JSON ends in a comma, XML inside its last tag. */
function spoil(answer: Answer): Answer {
  const { text, headers } = answer
  if (text === undefined) return answer
  const start = text.slice(0, -1)
  return { ...answer, text: headers['Content-Type'] === 'application/xml' ? start : `${start},` }
}
