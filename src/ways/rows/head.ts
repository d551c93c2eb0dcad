import { statusOr } from '../adopt.ts'
import { grouped } from '../habits-of.ts'
import type { Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

const isWrongMethod = ({ expectation }: Seen) => expectation === 'wrong-method'

/** HEAD of a path without GET is a wrong method, unless it is refused otherwise than those. */
function read(all: readonly Seen[]): Habit[] {
  const usual = new Set(all.filter((seen) => isWrongMethod(seen) && seen.method !== 'HEAD').map(({ status }) => status))
  return grouped(
    all
      .filter(({ method, status }) => method === 'HEAD' && [200, 405, 501].includes(status))
      .filter((seen) => !isWrongMethod(seen) || !usual.has(seen.status))
      .map((seen) => ({ place: 'HEAD', does: habitOf(seen), seen: [seen] })),
  )
}

const habitOf = ({ status, mediaType }: Seen) =>
  status === 200 && mediaType === '' ? '200 without Content-Type' : String(status)

/** The answer to HEAD. */
export const head: Way = {
  id: 'head',
  question: 'Methods that a server does not know',
  mock: ['200'],
  part: 'status',
  read,
  say: ({ live, mock }, server) => `${server} answers HEAD with ${live}, the mock with ${mock}`,
  adopt: statusOr((status) => ({ head: { status } })),
}
