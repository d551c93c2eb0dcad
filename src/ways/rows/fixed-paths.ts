import { habitsOf } from '../habits-of.ts'
import type { Way } from '../way.ts'

/** Paths of their own that a template matches too. */
const FIXED = /\/pet\/findBy|\/user\/(login|logout|createWithList)$/
/** Methods that the templates have and the fixed paths do not. */
const OF_TEMPLATES = ['POST', 'PUT', 'DELETE']

/** Whether a fixed path is a path of its own, or one more value of a template. */
export const fixedPaths: Way = {
  id: 'fixed-paths',
  question: 'Fixed paths win over templates for every method',
  part: 'status',
  read: habitsOf({
    isMeant: ({ method, path, headers }) => FIXED.test(path) && method === 'OPTIONS' && headers.allow !== undefined,
    place: ({ path }) => path.replace(/.*(\/[^/]+\/[^/]+)$/, '$1'),
    does: ({ headers, path }) => {
      const allowed = (headers.allow ?? '').split(/\s*,\s*/)
      const own = path.endsWith('createWithList') ? 'POST' : ''
      return allowed.some((method) => OF_TEMPLATES.includes(method) && method !== own)
        ? 'values of a template'
        : 'paths of their own'
    },
  }),
  say: ({ live, mock, places }, server) => `${server} takes ${places.join(' and ')} for ${live}, the mock for ${mock}`,
}
