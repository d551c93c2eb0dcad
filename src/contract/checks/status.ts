import { responseFor } from '../../openapi/operation.ts'
import { is5xx, isDenied, isSuccess, statusOf } from '../interaction.ts'
import { successOf } from '../published.ts'
import { defineCheck, type Observation } from './check.ts'

/** A valid request must get the documented success. */
export const status = defineCheck({
  id: 'status',
  title: 'A valid request gets the documented success',
  inspect: (interaction) => {
    const { operation, expectation, about } = interaction
    const code = statusOf(interaction)
    if (expectation !== 'success' || !operation || !interaction.answer || is5xx(code) || isDenied(code))
      return undefined
    const published = successOf(operation)
    if (published)
      return code === 200 ? [] : [{ place: about, pointer: published.pointer, expected: '200', actual: String(code) }]
    if (!isSuccess(interaction)) return [{ place: about, expected: 'a 2XX', actual: String(code) }]
    return responseFor(operation, code)?.inferred === false ? [] : [undocumentedSuccess()]
  },
})

const undocumentedSuccess = (): Observation => ({
  level: 'note',
  place: 'undocumented success',
  expected: 'a documented success',
  actual: 'the document names none; a 2XX came',
})
