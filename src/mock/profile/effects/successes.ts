import { DocumentError } from '../../../openapi/document-error.ts'
import { pointerTo } from '../../../openapi/json-pointer.ts'
import type { MakeEffect } from '../effect.ts'

/** A body in a media type where the document has none. */
const bodyFor = (mediaType: string) => (mediaType.endsWith('json') ? {} : 'OK')
const schemaFor = (mediaType: string) => (mediaType.endsWith('json') ? { type: 'object' } : { type: 'string' })

/** Other statuses and bodies of successes that the reference does not publish. */
export const successes: MakeEffect = ({ successes: observed }) =>
  observed && {
    document: ({ operation: find, addSuccess, setContent, dropStatus }) => {
      for (const [id, { status, mediaType }] of Object.entries(observed)) {
        const at = pointerTo('/successes', id)
        const operation = find(id, at)
        if (operation.responses['200']?.inferred === false)
          throw new DocumentError(`the reference publishes 200 for it, not ${status}.`, at)
        addSuccess(operation, status)
        if (mediaType) setContent(operation, String(status), mediaType, schemaFor(mediaType))
        if (status !== 200) dropStatus(operation, 200)
      }
    },
    // A body that nobody documented is sent whatever is accepted.
    negotiate: ({ id }) => observed[id]?.mediaType,
    reply: (fitted, { id }) => {
      const found = observed[id]
      const { reply } = fitted
      if (!found || reply.status >= 300) return fitted
      const { status, mediaType } = found
      if (!mediaType) return { ...fitted, reply: { ...reply, status } }
      return { reply: { ...reply, status, value: bodyFor(mediaType) }, mediaType }
    },
  }
