import BTreeModule from 'sorted-btree'
import diffModule from 'sorted-btree/extended/diffAgainst.js'

/** A sorted map whose copies share what they do not change: `clone` takes the same time at any size. */
export type SortedMap<K, V> = BTreeModule.default<K, V>

/** The keys by which two states of one collection differ, ascending. */
export interface KeyDiff<K> {
  readonly added: readonly K[]
  readonly removed: readonly K[]
  readonly changed: readonly K[]
}

// The package is CommonJS: what it exports is the `default` of what an ES module imports.
const BTree = BTreeModule.default
const diff = diffModule.default

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0)

/** An empty sorted map. */
export function sortedMap<K extends string | number, V>(): SortedMap<K, V> {
  return new BTree<K, V>(undefined, compare)
}

/** How one map differs from another. What they share is not looked at, so copies are compared by what they changed. */
export function differences<K extends string | number, V>(from: SortedMap<K, V>, to: SortedMap<K, V>): KeyDiff<K> {
  const [added, removed, changed]: [K[], K[], K[]] = [[], [], []]
  const into = (keys: K[]) => (key: K) => {
    keys.push(key)
  }
  diff(from, to, into(removed), into(added), into(changed))
  return { added: added.sort(compare), removed: removed.sort(compare), changed: changed.sort(compare) }
}
