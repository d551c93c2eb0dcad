import { type SortedMap, sortedMap } from './sorted.ts'

type Ids = SortedMap<number, undefined>

/** Ids by words, such as a status or tags. What it costs to ask is what it gives; a copy is made at once, whatever is in it. */
export class IdIndex {
  readonly #byWord: SortedMap<string, Ids>
  /** The words whose ids no copy shares. The ids of other words are copied before they change. */
  #own = new Set<string>()

  constructor(byWord: SortedMap<string, Ids> = sortedMap()) {
    this.#byWord = byWord
  }

  add(words: Iterable<string>, id: number): void {
    for (const word of words) this.#ownIds(word).set(id, undefined)
  }

  /** Takes the id from the words it had, to those it has. What stays is not touched, so that copies go on sharing it. */
  move(id: number, had: readonly string[], has: readonly string[]): void {
    const [before, after] = [new Set(had), new Set(has)]
    for (const word of before) if (!after.has(word)) this.#remove(word, id)
    this.add(
      [...after].filter((word) => !before.has(word)),
      id,
    )
  }

  count(word: string): number {
    return this.#byWord.get(word)?.size ?? 0
  }

  /** The ids that have any of the words, ascending, each once. */
  any(words: readonly string[]): number[] {
    const found = [...new Set(words)].flatMap((word) => this.#byWord.get(word) ?? [])
    if (found.length <= 1) return found.flatMap((ids) => ids.keysArray())
    return [...new Set(found.flatMap((ids) => ids.keysArray()))].sort((a, b) => a - b)
  }

  fork(): IdIndex {
    this.#own = new Set()
    return new IdIndex(this.#byWord.clone())
  }

  #remove(word: string, id: number): void {
    const ids = this.#ownIds(word)
    ids.delete(id)
    if (ids.size > 0) return
    this.#byWord.delete(word)
    this.#own.delete(word)
  }

  #ownIds(word: string): Ids {
    const known = this.#byWord.get(word)
    if (known && this.#own.has(word)) return known
    const ids = known?.clone() ?? sortedMap<number, undefined>()
    this.#byWord.set(word, ids)
    this.#own.add(word)
    return ids
  }
}
