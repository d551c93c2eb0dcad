import { mediaTypeOr } from '../adopt.ts'
import { habitsOf } from '../habits-of.ts'
import { isDone } from '../seen.ts'
import type { Way } from '../way.ts'

const OPEN = ['', '*/*', 'application/*']

/** The media type of a client that takes any. */
export const defaultMediaType: Way = {
  id: 'default-media-type',
  question: 'Samples ask for XML and parse JSON',
  mock: ['application/json'],
  part: 'body',
  read: habitsOf({
    isMeant: (seen) =>
      isDone(seen) &&
      seen.offers.length > 1 &&
      seen.offers.includes(seen.mediaType) &&
      OPEN.includes(seen.accept) &&
      seen.method !== 'HEAD',
    place: () => 'Accept',
    does: ({ mediaType }) => mediaType,
  }),
  say: ({ live, mock }, server) => `without a preference ${server} answers ${live}, the mock ${mock}`,
  adopt: mediaTypeOr((mediaType) => ({ defaultMediaType: { mediaType } })),
}
