import { freezeDeep } from './freeze.ts'
import type { Source } from './seed-data.ts'

/** The records of a source, each made and frozen when it is first read, and the same object from then on. */
export class Fixtures<K, T> {
  readonly #source: Source<K, T>
  readonly #made = new Map<K, T>()

  constructor(source: Source<K, T>) {
    this.#source = source
  }

  get(key: K): T {
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const record = freezeDeep(this.#source.make(key))
    this.#made.set(key, record)
    return record
  }
}
