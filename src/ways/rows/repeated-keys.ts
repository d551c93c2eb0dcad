import { statusOr } from '../adopt.ts'
import type { Seen } from '../seen.ts'
import { isDone } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

/** The ids in a list of JSON. */
const idsIn = ({ raw }: Seen) =>
  Array.isArray(raw)
    ? raw
        .map((item) => String(Object(item).id))
        .toSorted()
        .join()
    : ''

/** How a server takes a query parameter that comes several times: compared with the list of all. */
function read(all: readonly Seen[]): Habit[] {
  const whole = all.find(({ about, accept }) => about === 'listing all statuses' && accept === 'application/json')
  return all
    .filter(({ about, status }) => about === 'a repeated key' && status < 500)
    .flatMap((seen) => {
      if (!isDone(seen)) return [{ place: 'query', does: `refuses with ${seen.status}`, seen: [seen] }]
      if (!whole || !Array.isArray(seen.raw) || !Array.isArray(whole.raw)) return []
      const does = idsIn(seen) === idsIn(whole) ? 'takes all values of' : 'takes one value of'
      return [{ place: 'query', does, seen: [seen] }]
    })
}

export const repeatedKeys: Way = {
  id: 'repeated-keys',
  question: 'Arrays in the query: "comma separated strings", samples repeat the key',
  mock: ['takes all values of'],
  part: 'status',
  read,
  say: ({ live, mock }, server) =>
    `${server} ${live.replace(/^(\w+)( with.*)?/, (_, verb, rest = '') => (rest ? `${verb} a repeated query parameter${rest}` : verb))}${live.endsWith('of') ? ' a repeated query parameter' : ''}, the mock ${mock}${mock.endsWith('of') ? ' it' : ''}`,
  adopt: statusOr((status) => ({ repeatedKeys: { status } })),
}
