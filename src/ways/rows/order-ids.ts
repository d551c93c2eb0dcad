import { plainText } from '../../openapi/plain-text.ts'
import { isRightlyDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

/** The kind of an order's id, and whether one that is sent is kept. */
function read(all: readonly Seen[]): Habit[] {
  return all.flatMap((seen): Habit[] => {
    if (seen.operation !== 'placeOrder' || !isRightlyDone(seen) || Object(seen.raw).id === undefined) return []
    const [sent, id] = [Object(seen.sent).id, plainText(Object(seen.raw).id)]
    const does = !/^\d+$/.test(id)
      ? 'ids that no path can name'
      : sent === undefined
        ? 'numbers'
        : sent === id
          ? 'the id that is sent'
          : 'an id of its own, whatever is sent'
    return [{ place: sent === undefined ? 'new' : 'given', does, seen: [seen] }]
  })
}

export const orderIds: Way = {
  id: 'order-ids',
  question:
    'placeOrder takes and returns Domain, whose `id` is a string; getOrderById takes an int64 and returns DomainIn',
  mock: ['numbers', 'the id that is sent'],
  part: 'shape',
  read,
  say: ({ live, mock }, server) => `${server} gives orders ${live}, the mock ${mock}`,
}
