import { isDeepStrictEqual } from 'node:util'
import type { SortedMap } from './sorted.ts'

/** The keys by which two states of one collection differ, ascending. */
export interface KeyDiff<K> {
  readonly added: readonly K[]
  readonly removed: readonly K[]
  readonly changed: readonly K[]
}

/** What has to be added, removed and changed to come from one to the other. Records that are the same object are not read. */
export function diffSorted<K extends string | number, V>(
  from: SortedMap<K, V>,
  to: SortedMap<K, V>,
  read: (value: V | undefined, key: K) => unknown = (value) => value,
): KeyDiff<K> {
  const isSame = (key: K) => {
    const [a, b] = [from.get(key), to.get(key)]
    return a === b || isDeepStrictEqual(read(a, key), read(b, key))
  }
  const added = [...to.keys()].filter((key) => !from.has(key))
  const removed = [...from.keys()].filter((key) => !to.has(key))
  const changed = [...from.keys()].filter((key) => to.has(key) && !isSame(key))
  return { added, removed, changed }
}
