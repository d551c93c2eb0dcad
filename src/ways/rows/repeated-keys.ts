import { statusOr } from '../adopt.ts'
import type { Listing } from '../listing.ts'
import type { Seen } from '../seen.ts'
import { isDone } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

/** Which of several values a list was filtered by. Items of several statuses came by all of them. */
function takenIn({ statuses }: Listing, { query }: Seen): string {
  const given = new URLSearchParams(query).getAll('status')
  const [status, ...more] = statuses
  if (more.length > 0) return 'all values'
  if (status === given.at(-1)) return 'the last value'
  return status === given[0] ? 'the first value' : 'one value'
}

/** How a server takes a query parameter that comes several times: compared with the list of all. */
function read(all: readonly Seen[]): Habit[] {
  const whole = all.find(({ about, accept }) => about === 'listing all statuses' && accept === 'application/json')
  return all
    .filter(({ about, status }) => about === 'a repeated key' && status < 500)
    .flatMap((seen) => {
      if (!isDone(seen)) return [{ place: 'query', does: `refuses with ${seen.status}`, seen: [seen] }]
      if (!whole?.list || !seen.list) return []
      const value = seen.list.members === whole.list.members ? 'all values' : takenIn(seen.list, seen)
      return [{ place: 'query', does: `takes ${value} of`, seen: [seen] }]
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
  adopt: (change) => {
    const [, counts] = /^takes the (first|last) value of$/.exec(change.live) ?? []
    if (counts === 'first' || counts === 'last') return { repeatedKeys: { counts } }
    return statusOr((status) => ({ repeatedKeys: { status } }))(change)
  },
}
