import { grouped } from '../habits-of.ts'
import { operationIn } from '../operations.ts'
import { isDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

const DENIED = [401, 403]
const INVALID = [400, 404, 405, 415, 422]

const isMeant = ({ expectation, about, method }: Seen) =>
  (expectation === 'unauthorised' || about === 'an invalid body without a key') && method !== 'HEAD'

/** An operation that never asks for the key has no order, nor has a wrong key that the server takes. */
function read(all: readonly Seen[]): Habit[] {
  const some = all.filter(isMeant)
  const asking = new Set(some.filter(({ status }) => DENIED.includes(status)).map(({ operation }) => operation))
  const taken = new Set(some.filter(isDone).map(({ about }) => about))
  return grouped(
    some
      .filter(({ operation, about }) => asking.has(operation) && !taken.has(about))
      .filter(({ status }) => [...DENIED, ...INVALID].includes(status))
      .map((seen) => ({
        place: `${seen.operation} `,
        does: DENIED.includes(seen.status) ? 'the key' : 'the body',
        seen: [seen],
      })),
  )
}

/** Whether the key or the rest of a request is looked at first. */
export const refusalOrder: Way = {
  id: 'refusal-order',
  question: 'Refusals come in this order',
  mock: ['the key'],
  part: 'status',
  group: (_place, live) => live,
  read,
  say: ({ live, mock, places }, server) =>
    `${server} looks at ${live} first at ${places.map(operationIn).join(', ')}, the mock at ${mock}`,
}
