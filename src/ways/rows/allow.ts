import { habitsOf } from '../habits-of.ts'
import { listed } from '../operations.ts'
import type { Way } from '../way.ts'

/** Methods that frameworks add and leave out as they like. */
const FREE = ['HEAD', 'OPTIONS', '']

/** Which methods a 405 names. */
export const allow: Way = {
  id: 'allow',
  question: '405 also means a wrong method',
  mock: ['POST, PUT', 'GET', 'DELETE, GET, POST', 'POST', 'DELETE, GET', 'DELETE, GET, PUT'],
  part: 'header',
  group: (_place, live) => (live === 'none' ? live : 'other methods'),
  read: habitsOf({
    isMeant: ({ status, expectation }) => status === 405 && expectation === 'wrong-method',
    place: ({ about }) => about.replace(/^\S+ /, ''),
    does: ({ headers }) => {
      const methods = (headers.allow ?? '')
        .toUpperCase()
        .split(',')
        .map((name) => name.trim())
      return headers.allow === undefined
        ? 'none'
        : methods
            .filter((name) => !FREE.includes(name))
            .toSorted()
            .join(', ')
    },
  }),
  say: ({ live, places }, server) =>
    live === 'none'
      ? `${server} sends no Allow with a 405, the mock does`
      : `${server} names other methods in Allow of ${listed(places)} than the mock`,
}
