import { is5xx, statusOf } from '../interaction.ts'
import { defineCheck } from './check.ts'

const REFUSING = [400, 405, 415, 422]

/** An invalid request must be refused. */
export const refusal = defineCheck({
  id: 'refusal',
  title: 'Invalid requests are refused',
  inspect: (interaction) => {
    const { about, answer, expectation, operation } = interaction
    const code = statusOf(interaction)
    if (expectation !== 'refused' || !answer || is5xx(code)) return undefined
    if (code < 400) return [{ place: about, expected: `one of ${REFUSING.join(', ')}`, actual: String(code) }]
    return operation?.responses[code]?.inferred === false
      ? []
      : [{ level: 'note', place: `refused with ${code}`, expected: 'a documented refusal', actual: String(code) }]
  },
})
