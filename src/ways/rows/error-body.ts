import { mediaTypeOr } from '../adopt.ts'
import { habitsOf } from '../habits-of.ts'
import type { Way } from '../way.ts'

/** The kind of the body of a refusal. */
export const errorBody: Way = {
  id: 'error-body',
  question: 'No error has a body',
  mock: ['application/problem+json'],
  part: 'body',
  read: habitsOf({
    isMeant: ({ status, method }) => status >= 400 && status < 500 && method !== 'HEAD',
    place: () => 'errors',
    does: ({ hasBody, mediaType }) => (hasBody ? mediaType || 'no media type' : 'empty'),
  }),
  say: ({ live, mock }, server) => `${server}'s refusals are ${live}, the mock's ${mock}`,
  adopt: (change) =>
    change.live === 'empty'
      ? { errors: { mediaType: '' } }
      : mediaTypeOr((mediaType) => ({ errors: { mediaType } }))(change),
}
