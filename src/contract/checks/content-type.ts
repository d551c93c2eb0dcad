import { mediaTypesOf } from '../../http/answers/published.ts'
import { mediaTypeOf, statusOf } from '../interaction.ts'
import { defineCheck } from './check.ts'
import { contentPointer, hasDocumentedBody } from './documented-body.ts'

/** A documented body must have one of its documented media types. */
export const contentType = defineCheck({
  id: 'content-type',
  title: 'Bodies have a documented media type',
  inspect: (interaction) => {
    if (!hasDocumentedBody(interaction) || !interaction.operation) return undefined
    const types = mediaTypesOf(interaction.operation)
    const type = mediaTypeOf(interaction.answer)
    if (types.includes(type)) return []
    const expected = `Content-Type: ${types.join(' or ')}`
    return [
      {
        place: `${statusOf(interaction)} ${type}`,
        pointer: contentPointer(interaction),
        expected,
        actual: type || 'no Content-Type',
      },
    ]
  },
})
