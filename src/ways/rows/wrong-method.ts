import { statusOr } from '../adopt.ts'
import { grouped } from '../habits-of.ts'
import type { Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

const REFUSALS = [400, 403, 404, 405, 501]

/** True for a method that the path does not have. Without a key, that may be what is refused. */
const isMeant = ({ expectation, about, method, status }: Seen) =>
  expectation === 'wrong-method'
    ? about !== 'a path that nobody has' && REFUSALS.includes(status)
    : expectation === 'closed' && about === `${method} without a key` && REFUSALS.includes(status) && status !== 403

/** HEAD counts if it is refused as the other methods are. */
function read(all: readonly Seen[]): Habit[] {
  const some = all.filter(isMeant)
  const usual = new Set(some.filter(({ method }) => method !== 'HEAD').map(({ status }) => status))
  return grouped(
    some
      .filter(({ method, status }) => method !== 'HEAD' || usual.has(status))
      .map((seen) => ({ place: 'methods', does: String(seen.status), seen: [seen] })),
  )
}

/** The status of a method that a path does not have. */
export const wrongMethod: Way = {
  id: 'wrong-method',
  question: '405 also means a wrong method',
  mock: ['405'],
  part: 'status',
  read,
  say: ({ live, mock }, server) =>
    `${server} refuses a method that a path does not have with ${live}, the mock with ${mock}`,
  adopt: (change) =>
    statusOr((status) => ({
      wrongMethod: { status, ...(change.seen.every(({ hasBody }) => !hasBody) && { isEmpty: true }) },
    }))(change),
}
