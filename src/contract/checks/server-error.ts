import { is5xx, statusOf } from '../interaction.ts'
import { defineCheck } from './check.ts'

/** No request may make the server fail. */
export const serverError = defineCheck({
  id: 'server-error',
  title: 'Nothing that is sent gives a 5XX',
  inspect: (interaction) => {
    const code = statusOf(interaction)
    if (!interaction.answer) return undefined
    return is5xx(code) ? [{ place: interaction.about, expected: 'no 5XX', actual: String(code) }] : []
  },
})
