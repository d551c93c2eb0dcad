import { reasonPhrase } from '../../http/reason-phrase.ts'
import type { Fitted } from '../next-version/adapt-reply.ts'

/** The same reply with another status, also in its problem details. */
export function restated({ reply, mediaType }: Fitted, status: number): Fitted {
  const { value } = reply
  const isProblem = typeof value === 'object' && value !== null && 'title' in value && 'status' in value
  return {
    reply: { ...reply, status, ...(isProblem && { value: { ...value, title: reasonPhrase(status), status } }) },
    mediaType,
  }
}
