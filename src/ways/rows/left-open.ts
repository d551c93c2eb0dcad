import { habitsOf } from '../habits-of.ts'
import { OPEN_REQUESTS } from '../open-requests.ts'
import { listed } from '../operations.ts'
import { isDone } from '../seen.ts'
import type { Way } from '../way.ts'

/** Requests of which the document does not say whether they are valid, and that no other way is about. */
export const leftOpen: Way = {
  id: 'left-open',
  question: 'Which status refuses an invalid request',
  mock: ['accepts', 'answers with 400', 'answers with 405'],
  part: 'status',
  read: habitsOf({
    isMeant: ({ about, expectation, status, method }) =>
      OPEN_REQUESTS.includes(about) &&
      expectation === 'any' &&
      status < 500 &&
      status !== 404 &&
      !['OPTIONS', 'HEAD'].includes(method),
    place: ({ about }) => about,
    does: (seen) => (isDone(seen) ? 'accepts' : `answers with ${seen.status}`),
  }),
  say: ({ live, mock, places }, server) => {
    const what = listed(places)
    return live === 'accepts'
      ? `${server} accepts ${what}, the mock ${mock}`
      : `${server} ${live.replace('answers', `answers ${what}`)}, the mock ${mock}`
  },
}
