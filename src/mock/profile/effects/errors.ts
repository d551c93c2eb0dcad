import { reasonPhrase } from '../../../http/reason-phrase.ts'
import type { MockResponse } from '../../exchange/response.ts'
import type { MakeEffect } from '../effect.ts'

/** The body of a refusal in a media type: a text, or JSON. */
function bodyFor(mediaType: string, status: number, value: unknown): unknown {
  const { title = reasonPhrase(status), detail = title } = Object(value)
  if (mediaType.endsWith('json')) return { code: status, error: title, message: detail }
  return mediaType === 'text/html'
    ? `<!doctype html><title>${status} ${title}</title><h1>${status} ${title}</h1>`
    : String(detail)
}

/** The schema that fits such a body. */
const schemaFor = (mediaType: string) => (mediaType.endsWith('json') ? { type: 'object' } : { type: 'string' })

/** Another kind of body for every refusal. */
export const errors: MakeEffect = ({ errors: observed }) => {
  if (!observed) return undefined
  const { mediaType } = observed
  return {
    document: ({ operations, statuses, setContent }) => {
      for (const operation of operations)
        for (const status of statuses(operation).filter((name) => /^[45]/.test(name)))
          setContent(operation, status, mediaType, schemaFor(mediaType))
    },
    reply: (fitted) => {
      const { status, value, ...rest } = fitted.reply
      if (status < 400) return fitted
      if (mediaType === '') return { reply: { status, ...rest }, mediaType: '' }
      return { reply: { status, ...rest, value: bodyFor(mediaType, status, value) }, mediaType }
    },
    unmatched: (response) => (response.status < 400 ? response : withBody(response, mediaType)),
  }
}

function withBody({ headers, body: _body, ...rest }: MockResponse, mediaType: string): MockResponse {
  const { 'Content-Type': _type, ...others } = headers
  if (mediaType === '') return { ...rest, headers: others }
  const body = bodyFor(mediaType, rest.status, undefined)
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { ...rest, headers: { ...others, 'Content-Type': mediaType }, body: text }
}
