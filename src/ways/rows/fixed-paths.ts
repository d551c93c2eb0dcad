import { grouped } from '../habits-of.ts'
import type { Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

/** Paths of their own that a template matches too. */
const FIXED = /\/(pet\/findBy\w+|user\/(login|logout|createWithList))$/
/** Methods that the templates have and the fixed paths do not. */
const OF_TEMPLATES = ['POST', 'PUT', 'DELETE']

const isTaken = ({ headers, path }: Seen) =>
  (headers.allow ?? '')
    .split(',')
    .map((name) => name.trim())
    .some((method) => OF_TEMPLATES.includes(method) && !(method === 'POST' && path.endsWith('createWithList')))

/** The answers to OPTIONS of a fixed path say whose methods it has; the refusals of those methods go with them. */
function read(all: readonly Seen[]): Habit[] {
  const some = all.filter(({ path, method }) => FIXED.test(path) && ['OPTIONS', ...OF_TEMPLATES].includes(method))
  const said = some.filter(({ method, headers }) => method === 'OPTIONS' && headers.allow !== undefined)
  const habits = said.flatMap(({ path }) => {
    const does = said.some((seen) => seen.path === path && isTaken(seen))
      ? 'values of a template'
      : 'paths of their own'
    return some
      .filter((seen) => seen.path === path && (seen.method === 'OPTIONS' || seen.status === 405))
      .map((seen) => ({ place: FIXED.exec(path)?.[0] ?? path, does, seen: [seen] }))
  })
  return grouped(habits)
}

/** Whether a fixed path is a path of its own, or one more value of a template. */
export const fixedPaths: Way = {
  id: 'fixed-paths',
  question: 'Fixed paths win over templates for every method',
  mock: ['paths of their own'],
  part: 'status',
  read,
  say: ({ live, mock, places }, server) => `${server} takes ${places.join(' and ')} for ${live}, the mock for ${mock}`,
}
