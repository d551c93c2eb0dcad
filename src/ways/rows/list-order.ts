import { plainText } from '../../openapi/plain-text.ts'
import { isDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

const idsIn = ({ raw }: Seen): number[] =>
  Array.isArray(raw) ? raw.map((item) => Number(plainText(Object(item).id))) : []

const LONG = 3
const WIDE = 4

/** Ids that were counted up, from the last one down. Other ids may fall by chance. */
const isFalling = (ids: readonly number[]) =>
  ids.every((id, index) => index === 0 || id < (ids[index - 1] ?? id)) &&
  (ids[0] ?? 0) - (ids.at(-1) ?? 0) < WIDE * ids.length

/** Lists that were read twice in a row, with nothing written between. */
function readTwice(all: readonly Seen[]): [Seen, Seen][] {
  const last = new Map<string, Seen>()
  return all.flatMap((seen) => {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(seen.method)) last.clear()
    if (!isDone(seen) || !Array.isArray(seen.raw)) return []
    const key = `${seen.operation} ${seen.query}`
    const before = last.get(key)
    last.set(key, seen)
    return before ? [[before, seen] as [Seen, Seen]] : []
  })
}

const sorted = (ids: readonly number[]) => ids.toSorted((a, b) => a - b).join()

/** The order of lists: by id and by insertion look the same where nothing is added. */
function read(all: readonly Seen[]): Habit[] {
  const lists = all.filter(
    (seen) => isDone(seen) && seen.method === 'GET' && idsIn(seen).length >= LONG && !idsIn(seen).some(Number.isNaN),
  )
  if (lists.length === 0) return []
  const twice = readTwice(lists).filter(([one, other]) => sorted(idsIn(one)) === sorted(idsIn(other)))
  const turned = twice.filter(([one, other]) => idsIn(one).join() !== idsIn(other).join())
  // A write that is done later may turn one list.
  if (turned.length * 2 > twice.length)
    return [{ place: 'lists', does: 'in no fixed order', seen: turned.map(([, seen]) => seen) }]
  const does = lists.every((seen) => isFalling(idsIn(seen))) ? 'newest first' : 'in the order of their ids'
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
