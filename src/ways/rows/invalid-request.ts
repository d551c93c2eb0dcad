import type { ApiDocument } from '../../openapi/document.ts'
import { habitsOf } from '../habits-of.ts'
import { OPEN_REQUESTS } from '../open-requests.ts'
import { detailIn, listed, operationIn, publishedOf } from '../operations.ts'
import { merged, type RefusedPlace } from '../profile.ts'
import type { Seen } from '../seen.ts'
import type { Way } from '../way.ts'

/** The part of a request that is wrong. */
function placeIn({ operation, query, type }: Seen): RefusedPlace {
  const sent = new URLSearchParams(query)
  if (operation === 'loginUser' && sent.get('username') && sent.get('password')) return 'password'
  if (type === 'text/plain') return 'media type'
  return type === '' ? 'parameter' : 'body'
}

const WORDS: Readonly<Record<string, string>> = {
  password: 'a wrong password',
  'media type': 'a media type that it does not take',
  parameter: 'an invalid parameter',
  body: 'an invalid body',
}

/** The part of a place such as `addDomain body: text for /name`. */
const partIn = (place: string) => detailIn(place).split(':')[0] ?? ''

/** True if the reference publishes a status for the place. */
const isPublished = (document: ApiDocument, place: string) =>
  partIn(place) !== 'media type' &&
  publishedOf(document, operationIn(place)).some((status) => ['400', '405'].includes(status))

/** The status that refuses an invalid request. */
export const invalidRequest: Way = {
  id: 'invalid-request',
  question: 'Which status refuses an invalid request',
  mock: ['400', '405', '415'],
  part: 'status',
  read: habitsOf({
    isMeant: ({ expectation, status, operation, about, method, isSecured }) =>
      operation !== '' &&
      method !== 'HEAD' &&
      (expectation === 'refused' || (expectation === 'any' && OPEN_REQUESTS.includes(about))) &&
      status >= 400 &&
      status < 500 &&
      // A key that an operation does not take is said elsewhere.
      ![404, 406, 409, ...(isSecured ? [401, 403] : [])].includes(status),
    place: (seen) => `${seen.operation} ${placeIn(seen)}: ${seen.about}`,
    does: ({ status }) => String(status),
  }),
  group: (place, live, document) =>
    [live, partIn(place) === 'parameter' ? 'body' : partIn(place), isPublished(document, place)].join(' '),
  say: ({ live, mock, places }, server) =>
    `${server} refuses ${listed(places.map((place) => WORDS[partIn(place)] ?? ''))} with ${live}, the mock with ${mock}`,
  setting: (place) => `${operationIn(place)} ${partIn(place)}`,
  adopt: ({ live, places }, document) => {
    if (places.some((place) => isPublished(document, place))) return 'the reference publishes another status for it'
    const refusals = places.map((place) => ({ refusals: { [operationIn(place)]: { [partIn(place)]: Number(live) } } }))
    return merged(refusals)
  },
}
