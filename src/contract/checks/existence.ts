import { mayAskForLogin } from '../../http/answers/published.ts'
import { type Interaction, is5xx, isRefusedMethod, statusOf } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** An invalid id is refused as any invalid request is. */
const MISSING_OR_INVALID = [400, 404, 405, 415, 422]

/** A record that does not exist must not be found. */
export const existence = defineCheck({
  id: 'existence',
  title: 'What is not there is not found',
  anyMethod: true,
  inspect: (interaction) => {
    const { expectation, about, operation } = interaction
    const code = statusOf(interaction)
    const allowed = expectation === 'missing' ? [404] : MISSING_OR_INVALID
    if (!expectation.startsWith('missing') || !interaction.answer || is5xx(code)) return undefined
    if (mayAskForLogin(operation, code) || isRefusedMethod(interaction)) return undefined
    const pointer = operation?.responses['404']?.pointer
    if (allowed.includes(code)) return []
    return [
      {
        place: about,
        ...(pointer && { pointer }),
        expected: expectation === 'missing' ? '404' : '400 or 404',
        actual: String(code),
      },
    ]
  },

  /** The names that every object has are no users. */
  ofProperties: (read: Interaction): Observation => ({
    place: read.about,
    expected: '404 for names that every object of the language has',
    actual: `${statusOf(read)} for several of them`,
  }),
})
