import { isMethodRefusal, statusOf } from '../interaction.ts'
import { defineCheck } from './check.ts'

/** A method that a path does not document must do nothing. */
export const wrongMethod = defineCheck({
  id: 'wrong-method',
  title: 'Methods and paths that are not documented do nothing',
  anyMethod: true,
  inspect: (interaction) => {
    const code = statusOf(interaction)
    if (interaction.expectation !== 'wrong-method' || !interaction.answer) return undefined
    const isFine = (code >= 300 && code < 500) || isMethodRefusal(code)
    return isFine ? [] : [{ place: interaction.about, expected: 'no 2XX and no 5XX', actual: String(code) }]
  },
})
