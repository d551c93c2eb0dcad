import { type SortedMap, sortedMap } from './sorted.ts'

type Ids = SortedMap<number, true>

/** Ids by a word, such as a status or a tag. What it costs to ask is what it gives. */
export class IdIndex {
  readonly #byWord: Map<string, Ids>

  constructor(byWord: Map<string, Ids> = new Map()) {
    this.#byWord = byWord
  }

  add(word: string, id: number): void {
    const ids = this.#byWord.get(word) ?? sortedMap<number, true>()
    ids.set(id, true)
    this.#byWord.set(word, ids)
  }

  remove(word: string, id: number): void {
    this.#byWord.get(word)?.delete(id)
  }

  count(word: string): number {
    return this.#byWord.get(word)?.size ?? 0
  }

  /** The ids that have any of the words, ascending, each once. */
  any(words: readonly string[]): number[] {
    const [first, ...more] = [...new Set(words)].flatMap((word) => this.#byWord.get(word) ?? [])
    if (first === undefined) return []
    if (more.length === 0) return [...first.keys()]
    const ids = new Set([first, ...more].flatMap((found) => [...found.keys()]))
    return [...ids].sort((a, b) => a - b)
  }

  fork(): IdIndex {
    return new IdIndex(new Map([...this.#byWord].map(([word, ids]) => [word, ids.clone()])))
  }
}
