import { isPublishedSuccess, mayAskForLogin, successOf } from '../../http/answers/published.ts'
import { type Operation, responseFor } from '../../openapi/operation.ts'
import { isRefusedUnverified } from '../house-rules.ts'
import { type Interaction, is5xx, isDenied, isSuccess, isValid, statusOf } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** A valid request must get the documented success. */
export const status = defineCheck({
  id: 'status',
  title: 'A valid request gets the documented success',
  inspect: (interaction) => {
    const { operation, expectation, about } = interaction
    const code = statusOf(interaction)
    if (!isValid(expectation) || !operation || !interaction.answer || is5xx(code) || isDenied(code)) return undefined
    if (isRefusedUnverified(interaction)) return undefined
    if (expectation === 'documented' && isDocumentedRefusal(operation, code)) return []
    const published = successOf(operation)
    if (published)
      return isPublishedSuccess(operation, code)
        ? []
        : [{ place: about, pointer: published.pointer, expected: published.status, actual: String(code) }]
    if (!isSuccess(interaction)) return [{ place: about, expected: 'a 2XX', actual: String(code) }]
    return responseFor(operation, code)?.inferred === false ? [] : [undocumentedSuccess()]
  },

  /** A long request may be too long for the server (RFC 9110, sections 15.5.14 and 15.5.15); nothing else may stop it. */
  fits: (about: string, long: Interaction): Observation | undefined =>
    isSuccess(long) || !long.answer || mayStopLong(long)
      ? undefined
      : { place: about, expected: `a 2XX, or one of ${TOO_LONG.join(', ')}`, actual: String(statusOf(long)) },

  /** The request differs from one that succeeded by a text alone, which the document does not tell from the other. */
  asTheOther: (about: string, other: string, refused: Interaction): Observation | undefined =>
    isSuccess(refused) || !refused.answer
      ? undefined
      : { place: about, expected: `a 2XX, as with ${other}`, actual: String(statusOf(refused)) },

  /** A rule of the server's own is noted, and the suite goes around it. */
  houseRule: (rule: string, what: string, refused: Interaction): Observation => ({
    level: 'note',
    place: rule,
    expected: `a 2XX to ${what}`,
    actual: `${statusOf(refused)}: ${rule} here`,
  }),
})

const mayStopLong = (long: Interaction): boolean =>
  TOO_LONG.includes(statusOf(long)) || is5xx(statusOf(long)) || mayAskForLogin(long.operation, statusOf(long))

/** Statuses of content, a path or a header that is too long. */
const TOO_LONG = [413, 414, 431]

/** Statuses that say that the request itself is wrong. */
const INVALID = [400, 405, 406, 415, 422]

/** A 404 may always come of a path that names no record, and a 400 of an id that no record can have. */
function isDocumentedRefusal({ parameters, responses }: Operation, code: number): boolean {
  const isOfRecord = parameters.some((parameter) => parameter.in === 'path')
  if (code === 404 && isOfRecord) return true
  return responses[code]?.inferred === false && code >= 400 && (isOfRecord || !INVALID.includes(code))
}

const undocumentedSuccess = (): Observation => ({
  level: 'note',
  place: 'undocumented success',
  expected: 'a documented success',
  actual: 'the document names none; a 2XX came',
})
