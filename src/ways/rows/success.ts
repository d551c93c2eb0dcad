import { habitsOf } from '../habits-of.ts'
import { listed } from '../operations.ts'
import { isDone } from '../seen.ts'
import type { Way } from '../way.ts'

/** The status and body of a success whose status or body the reference does not publish. */
export const success: Way = {
  id: 'success',
  question: 'Operations 2, 6, 7, 12, 18, 19 document no success',
  mock: ['200'],
  part: 'status',
  read: habitsOf({
    isMeant: (seen) => isDone(seen) && seen.success !== '200' && !['HEAD', 'OPTIONS'].includes(seen.method),
    place: ({ operation }) => operation,
    does: ({ status, offers, mediaType, hasBody }) => {
      const isExpected = !hasBody || offers.includes(mediaType)
      return isExpected ? String(status) : `${status} and ${mediaType || 'an unnamed body'}`
    },
  }),
  group: (_place, live) => live,
  say: ({ live, mock, places }, server) =>
    `${server} answers a success of ${places.length > 6 ? `${places.length} operations` : listed(places)} with ${live}, the mock with ${mock}`,
  setting: (place) => place,
  adopt: ({ live, places }) => {
    const [, status, mediaType] = /^(\d+)(?: and ([\w.+-]+\/[\w.+-]+))?$/.exec(live) ?? []
    if (status === undefined) return 'the server gives one answer here and another there'
    const found = { status: Number(status), ...(mediaType !== undefined && { mediaType }) }
    return { successes: Object.fromEntries(places.map((id) => [id, found])) }
  },
}
