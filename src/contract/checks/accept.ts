import { isPublishedSuccess, mediaTypesOf } from '../../http/answers/published.ts'
import { type Interaction, isValid, mediaTypeOf } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'
import { contentPointer } from './documented-body.ts'

/** If Accept names one documented media type, the answer must have it. */
export const accept = defineCheck({
  id: 'accept',
  title: 'Accept is honoured',

  /** Of two media types the one must come that Accept leaves, or prefers. */
  asWanted: (interaction: Interaction, wanted: string, isOnly: boolean): Observation | undefined => {
    const type = mediaTypeOf(interaction.answer)
    if (type === wanted) return undefined
    const accept = interaction.request.headers.Accept
    return {
      place: `${type} for ${accept}`,
      pointer: contentPointer(interaction),
      expected: `${wanted}, which Accept: ${accept} ${isOnly ? 'leaves alone' : 'prefers'}`,
      actual: type || 'no Content-Type',
    }
  },

  inspect: (interaction) => {
    const { operation, request, answer, expectation } = interaction
    const wanted = request.headers.Accept ?? '*/*'
    if (!operation || !isValid(expectation) || !answer || mediaTypesOf(operation).length < 2) return undefined
    const pointer = contentPointer(interaction)
    if (answer.status === 406)
      return [{ place: `406 for ${wanted}`, pointer, expected: 'a documented media type', actual: '406' }]
    if (!isPublishedSuccess(operation, answer.status) || !mediaTypesOf(operation).includes(wanted)) return undefined
    const type = mediaTypeOf(answer)
    return type === wanted
      ? []
      : [{ place: `${answer.status} for ${wanted}`, pointer, expected: wanted, actual: type || 'no Content-Type' }]
  },
})
