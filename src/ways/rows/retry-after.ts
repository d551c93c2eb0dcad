import { habitsOf } from '../habits-of.ts'
import { listed } from '../operations.ts'
import type { Way } from '../way.ts'

/** Answers with these statuses are waited out, and sent again. */
const WAITED_OUT = [429, 503]

/** Whether other answers say when to come again (RFC 9110, section 10.2.3). */
export const retryAfter: Way = {
  id: 'retry-after',
  question: 'No 406, 413, 415, 429, 503',
  mock: ['without'],
  part: 'shape',
  read: habitsOf({
    isMeant: ({ status }) => !WAITED_OUT.includes(status),
    place: ({ status }) => String(status),
    does: ({ headers }) => (headers['retry-after'] === undefined ? 'without' : 'with'),
  }),
  group: (_place, live) => live,
  isAssumed: true,
  say: ({ live, mock, places }, server) =>
    `${server} answers ${listed(places)} ${live} Retry-After, the mock ${mock} it`,
}
