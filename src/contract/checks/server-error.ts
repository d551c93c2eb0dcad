import { type Interaction, is5xx, isDocumentedMethod, statusOf } from '../interaction.ts'
import { defineCheck } from './check.ts'

/** No request may make the server fail. */
export const serverError = defineCheck({
  id: 'server-error',
  title: 'Nothing that is sent gives a 5XX',
  anyMethod: true,
  inspect: (interaction) => {
    const code = statusOf(interaction)
    if (!interaction.answer) return undefined
    const isUnknownMethod = code === 501 && mayBeUnknown(interaction)
    return is5xx(code) && !isUnknownMethod
      ? [{ place: interaction.about, expected: 'no 5XX', actual: String(code) }]
      : []
  },
})

/** A server need not know a method that the document does not name for the path (RFC 9110, section 15.6.2). */
const mayBeUnknown = (interaction: Interaction) =>
  interaction.expectation === 'wrong-method' || !isDocumentedMethod(interaction)
