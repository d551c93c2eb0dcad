import { type Operation, responseFor } from '../../openapi/operation.ts'
import { type Answer, type Interaction, isSuccess, statusOf } from '../interaction.ts'
import { mayAskForLogin, successOf } from '../published.ts'
import type { InteractionCheck, Observation } from './check.ts'

const REFUSING = [400, 405, 415, 422]
const DENYING = [401, 403]

const is5xx = (status: number) => status >= 500

/** An answer comes, whole. */
export const answered: InteractionCheck = ({ answer, failure, about }) =>
  answer ? [] : [{ place: about, expected: 'an answer', actual: failure }]

/** Nothing that a client sends makes the server fail. */
export const serverError: InteractionCheck = (interaction) => {
  const status = statusOf(interaction)
  if (!interaction.answer) return undefined
  return is5xx(status) ? [{ place: interaction.about, expected: 'no 5XX', actual: String(status) }] : []
}

/** A valid request gets the documented success. */
export const status: InteractionCheck = (interaction) => {
  const { operation, expectation, about } = interaction
  const code = statusOf(interaction)
  if (expectation !== 'success' || !operation || !interaction.answer || is5xx(code)) return undefined
  const published = successOf(operation)
  if (DENYING.includes(code)) return undefined
  if (published)
    return code === 200 ? [] : [{ place: about, pointer: published.pointer, expected: '200', actual: String(code) }]
  if (!isSuccess(interaction)) return [{ place: about, expected: 'a 2XX', actual: String(code) }]
  return responseFor(operation, code)?.inferred === false ? [] : [undocumentedSuccess()]
}

const undocumentedSuccess = (): Observation => ({
  level: 'note',
  place: 'undocumented success',
  expected: 'a documented success',
  actual: 'the document names none; a 2XX came',
})

/** What is invalid is refused. */
export const refusal: InteractionCheck = (interaction) => {
  const code = statusOf(interaction)
  if (interaction.expectation !== 'refused' || !interaction.answer || is5xx(code)) return undefined
  const { about } = interaction
  if (code < 400) return [{ place: about, expected: `one of ${REFUSING.join(', ')}`, actual: String(code) }]
  return isDocumentedRefusal(interaction.operation?.responses ?? {}, code)
    ? []
    : [{ level: 'note', place: `refused with ${code}`, expected: 'a documented refusal', actual: String(code) }]
}

const isDocumentedRefusal = (responses: Readonly<Record<string, { readonly inferred: boolean }>>, code: number) =>
  responses[code]?.inferred === false

/** What is not there is said not to be there. */
export const existence: InteractionCheck = (interaction) => {
  const { expectation, about, operation } = interaction
  const code = statusOf(interaction)
  const allowed = expectation === 'missing' ? [404] : [400, 404]
  if (!expectation.startsWith('missing') || !interaction.answer || is5xx(code)) return undefined
  if (mayAskForLogin(operation, code)) return undefined
  const pointer = operation?.responses['404']?.pointer
  if (allowed.includes(code)) return []
  return [{ place: about, ...(pointer && { pointer }), expected: allowed.join(' or '), actual: String(code) }]
}

/** The key opens what it should, and nothing else does. */
export const authentication: InteractionCheck = (interaction) => {
  const { expectation, operation, about, answer } = interaction
  const code = statusOf(interaction)
  if (!operation || !answer) return undefined
  const pointer = `${operation.pointer}/security`
  if (expectation === 'unauthorised') {
    return DENYING.includes(code)
      ? judgeChallenge(answer, pointer)
      : [{ place: about, pointer, expected: '401 or 403', actual: String(code) }]
  }
  return expectation === 'success' ? judgeAdmission(interaction, operation, code, pointer) : undefined
}

/** A 401 must say how to authenticate (RFC 9110, section 11.6.1); the document does not name it, and clients get along. */
function judgeChallenge({ status: code, headers }: Answer, pointer: string): Observation[] {
  if (code !== 401 || headers['www-authenticate'] !== undefined) return []
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

function judgeAdmission({ about }: Interaction, operation: Operation, code: number, pointer: string): Observation[] {
  if (!DENYING.includes(code)) return []
  const actual = String(code)
  if (mayAskForLogin(operation, code))
    return [{ level: 'note', place: 'a login is asked for', pointer, expected: 'no key needed', actual }]
  return [{ place: about, pointer, expected: operation.secured ? 'the key to be accepted' : 'no key needed', actual }]
}

/** A method that a path does not have does nothing. */
export const wrongMethod: InteractionCheck = (interaction) => {
  const code = statusOf(interaction)
  if (interaction.expectation !== 'wrong-method' || !interaction.answer) return undefined
  const isFine = code >= 300 && code < 500
  return isFine ? [] : [{ place: interaction.about, expected: 'no 2XX and no 5XX', actual: String(code) }]
}
