import BTreeModule from 'sorted-btree'

/** A sorted map whose copies share what they do not change: `clone` takes the same time at any size. */
export interface SortedMap<K, V> {
  readonly size: number
  get(key: K): V | undefined
  has(key: K): boolean
  set(key: K, value: V): boolean
  delete(key: K): boolean
  keys(): IterableIterator<K>
  entries(): IterableIterator<[K, V]>
  clone(): SortedMap<K, V>
}

// The package is CommonJS: its class is the `default` of what an ES module imports.
const BTree = BTreeModule.default

/** An empty sorted map. */
export function sortedMap<K extends string | number, V>(): SortedMap<K, V> {
  return new BTree<K, V>(undefined, (a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
