import { mayAskForLogin } from '../../http/answers/published.ts'
import type { Operation } from '../../openapi/operation.ts'
import { mayBeHouseRule } from '../house-rules.ts'
import {
  type Answer,
  type Interaction,
  isDenied,
  isRefusedMethod,
  isSuccess,
  isValid,
  mediaTypeOf,
  statusOf,
} from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** The right key must be accepted, and no other. */
export const authentication = defineCheck({
  id: 'authentication',
  title: 'The key opens what it should, and nothing else does',
  anyMethod: true,
  inspect: (interaction) => {
    const { expectation, operation, about, answer } = interaction
    const code = statusOf(interaction)
    if (!operation || !answer) return undefined
    const pointer = `${operation.pointer}/security`
    if (isValid(expectation)) return checkAccepted(interaction, operation, pointer)
    if (expectation === 'closed') return checkClosed(interaction, pointer)
    if (expectation !== 'unauthorised' || isRefusedMethod(interaction)) return undefined
    if (code === 400 && hasKeyInQuery(interaction)) return []
    return isDenied(code)
      ? checkChallenge(answer, pointer)
      : [{ place: about, pointer, expected: '401 or 403', actual: String(code) }]
  },

  /** An operation that needs no key was denied without one, and not with the right one. */
  needsKey: (denied: Interaction): Observation => ({
    place: denied.about,
    expected: 'no key needed',
    actual: `${statusOf(denied)}, and a success with the key`,
  }),
})

/** A page is no way in: many sites have one at every path. */
function checkClosed(interaction: Interaction, pointer: string): Observation[] {
  const isOpened = isSuccess(interaction) && mediaTypeOf(interaction.answer) !== 'text/html'
  if (!isOpened) return []
  const actual = String(statusOf(interaction))
  return [{ place: interaction.about, pointer, expected: 'no success without the right key', actual }]
}

/** A server may refuse query parameters that the document does not name, before it looks at keys. */
const hasKeyInQuery = ({ request }: Interaction) => /[?&]api_key=/.test(request.path)

/** A 401 must say how to authenticate (RFC 9110, section 11.6.1). Advice only: the document does not name the header. */
function checkChallenge({ status, headers }: Answer, pointer: string): Observation[] {
  if (status !== 401 || headers['www-authenticate'] !== undefined) return []
  return [
    {
      level: 'advice',
      place: 'no challenge',
      pointer,
      expected: 'WWW-Authenticate with a 401 (RFC 9110, section 11.6.1)',
      actual: 'no such header',
    },
  ]
}

function checkAccepted(interaction: Interaction, operation: Operation, pointer: string): Observation[] {
  const code = statusOf(interaction)
  const isDocumented = interaction.expectation === 'documented' && operation.responses['403']?.inferred === false
  if (!isDenied(code) || (code === 403 && isDocumented)) return []
  const actual = String(code)
  // The run decides at its end.
  if (mayBeHouseRule(interaction)) return []
  if (mayAskForLogin(operation, code))
    return [{ level: 'note', place: 'a login is asked for', pointer, expected: 'no key needed', actual }]
  const expected = operation.secured ? 'the key to be accepted' : 'no key needed'
  return [{ place: interaction.about, pointer, expected, actual }]
}
