import { isDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

const LONG = 3

/** Lists that were read twice in a row, with nothing written between. */
function readTwice(all: readonly Seen[]): [Seen, Seen][] {
  const last = new Map<string, Seen>()
  return all.flatMap((seen) => {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(seen.method)) last.clear()
    if (!isDone(seen) || !seen.list) return []
    const key = `${seen.operation} ${seen.query}`
    const before = last.get(key)
    last.set(key, seen)
    return before ? [[before, seen] as [Seen, Seen]] : []
  })
}

/** The order of lists: by id and by insertion look the same where nothing is added. */
function read(all: readonly Seen[]): Habit[] {
  const lists = all.filter(
    (seen) => isDone(seen) && seen.method === 'GET' && seen.list?.hasIds && seen.list.length >= LONG,
  )
  if (lists.length === 0) return []
  const twice = readTwice(lists).filter(([one, other]) => one.list?.members === other.list?.members)
  const turned = twice.filter(([one, other]) => one.list?.order !== other.list?.order)
  // A write that is done later may turn one list.
  if (turned.length * 2 > twice.length)
    return [{ place: 'lists', does: 'in no fixed order', seen: turned.map(([, seen]) => seen) }]
  const does = lists.every(({ list }) => list?.isFalling) ? 'newest first' : 'in the order of their ids'
  return [{ place: 'lists', does, seen: lists }]
}

export const listOrder: Way = {
  id: 'list-order',
  question: '',
  mock: ['in the order of their ids'],
  part: 'shape',
  read,
  say: ({ live, mock }, server) => `${server} lists pets ${live}, the mock ${mock}`,
  adopt: ({ live }) =>
    live === 'newest first' || live === 'in no fixed order' ? { listOrder: live } : 'the mock does so',
}
