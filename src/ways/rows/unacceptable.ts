import { mediaTypeOr } from '../adopt.ts'
import { habitsOf } from '../habits-of.ts'
import { isDone } from '../seen.ts'
import type { Way } from '../way.ts'

/** True for one media type without parameters; other headers may be read in several ways. */
const isPlain = (accept: string) => /^[a-z\d.+-]+\/[a-z\d.+-]+$/.test(accept)

/** The answer if nothing that is accepted can be had. */
export const unacceptable: Way = {
  id: 'unacceptable',
  question: 'No 406, 413, 415, 429, 503',
  mock: ['406'],
  part: 'status',
  read: habitsOf({
    isMeant: ({ accept, offers, status }) =>
      offers.length > 0 &&
      isPlain(accept) &&
      !offers.includes(accept) &&
      status < 500 &&
      ![400, 401, 403, 404].includes(status),
    place: () => 'Accept',
    does: (seen) => (isDone(seen) ? seen.mediaType || 'no body' : String(seen.status)),
  }),
  say: ({ live, mock }, server) =>
    `${server} answers an Accept that it cannot meet with ${live}, the mock with ${mock}`,
  adopt: mediaTypeOr((mediaType) => ({ unacceptable: { mediaType } })),
}
