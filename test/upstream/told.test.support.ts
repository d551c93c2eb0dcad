import type { Received } from '../../contract-tests/mutants/client.ts'

type Fields = Readonly<Record<string, unknown>>

/** One step of a client, in the words of this test. */
export type Step =
  | { readonly kind: 'read'; readonly of: 'pet' | 'user' | 'order'; readonly key: string }
  | { readonly kind: 'list'; readonly by: 'status' | 'tags'; readonly words: readonly string[] }
  | { readonly kind: 'inventory' }
  | { readonly kind: 'replace'; readonly pet: Fields }
  | { readonly kind: 'rename'; readonly key: string; readonly name: string }
  | { readonly kind: 'delete'; readonly of: 'pet' | 'user' | 'order'; readonly key: string }
  | { readonly kind: 'user'; readonly user: Fields }

/** Remembers what a client was told, and says where a later answer contradicts it. It knows nothing of the mock's own code. */
export class Told {
  /** The record as it was told last; null for one that was told to be missing. */
  readonly #records = new Map<string, Fields | null>()
  readonly #lists = new Set<string>()
  #counts: Record<string, number> | undefined

  /** Learns from an answer before the live server is killed. */
  learn(step: Step, answer: Received): void {
    if (step.kind === 'inventory' && answer.status === 200)
      this.#counts = { ...(answer.object as Record<string, number>) }
    if (step.kind === 'read') this.#learnOne(`${step.of} ${step.key}`, answer)
    if (step.kind === 'list' && answer.status === 200) this.#learnList(step, answer)
    this.#write(step, answer)
  }

  #learnOne(name: string, { status, object }: Received): void {
    if (status === 200) this.#records.set(name, object)
    else if (status === 404 || status === 400) this.#records.set(name, null)
  }

  #learnList({ by, words }: Extract<Step, { kind: 'list' }>, { list }: Received): void {
    const ids = new Set(list.map(({ id }) => `pet ${id}`))
    for (const [name, record] of this.#records)
      if (record && name.startsWith('pet ') && matches(record, by, words) && !ids.has(name)) this.#records.delete(name)
    for (const pet of list) this.#records.set(`pet ${pet.id}`, pet)
    for (const word of words) this.#lists.add(`${by} ${word}`)
  }

  /** The client's own writes count as told, before the kill and after it. */
  #write(step: Step, { status }: Received): void {
    if (status !== 200) return
    if (step.kind === 'replace') this.#set(`pet ${step.pet.id}`, step.pet)
    if (step.kind === 'rename') {
      const known = this.#records.get(`pet ${step.key}`)
      if (known) this.#set(`pet ${step.key}`, { ...known, name: step.name })
      else this.#records.delete(`pet ${step.key}`)
    }
    if (step.kind === 'delete') this.#set(`${step.of} ${step.key}`, null)
    if (step.kind === 'user') this.#set(`user ${step.user.username}`, step.user)
  }

  #set(name: string, record: Fields | null): void {
    if (name.startsWith('pet ')) this.#count(this.#records.get(name), record)
    this.#records.set(name, record)
  }

  #count(from: Fields | null | undefined, to: Fields | null): void {
    if (from === undefined) this.#counts = undefined
    if (this.#counts === undefined) return
    if (typeof from?.status === 'string') this.#counts[from.status] = (this.#counts[from.status] ?? 0) - 1
    if (typeof to?.status === 'string') this.#counts[to.status] = (this.#counts[to.status] ?? 0) + 1
  }

  /** A sentence about an answer after the kill; undefined if it contradicts nothing. Learns its writes. */
  assess(step: Step, answer: Received): string | undefined {
    const wrong = this.#contradiction(step, answer)
    this.#write(step, answer)
    return wrong
  }

  #contradiction(step: Step, { status, object, list }: Received): string | undefined {
    if (step.kind === 'read') return this.#ofOne(`${step.of} ${step.key}`, status, object)
    if (step.kind === 'inventory' && this.#counts) return this.#ofInventory(status, object)
    return step.kind === 'list' ? this.#ofList(step, status, list) : this.#ofWrite(step, status)
  }

  #ofOne(name: string, status: number, object: Fields): string | undefined {
    const known = this.#records.get(name)
    if (known === undefined) return undefined
    if (known === null) return status === 404 || status === 400 ? undefined : `${name} was missing and is ${status}`
    if (status !== 200) return `${name} was there and is ${status}`
    return equal(known, object) ? undefined : `${name} was ${JSON.stringify(known)} and is ${JSON.stringify(object)}`
  }

  #ofInventory(status: number, object: Fields): string | undefined {
    if (status !== 200) return `the inventory was told and is ${status}`
    const wrong = Object.entries(this.#counts ?? {}).filter(([name, count]) => (object[name] ?? 0) !== count)
    return wrong.length === 0
      ? undefined
      : `the inventory was ${JSON.stringify(this.#counts)} and is ${JSON.stringify(object)}`
  }

  #ofList({ by, words }: Extract<Step, { kind: 'list' }>, status: number, list: readonly Fields[]): string | undefined {
    const isTold = words.every((word) => this.#lists.has(`${by} ${word}`))
    if (status === 502 && !isTold) return undefined
    if (status !== 200) return `the list ${words} was told and is ${status}`
    const shown = new Map(list.map((pet) => [`pet ${pet.id}`, pet]))
    for (const [name, record] of this.#records) {
      const found = shown.get(name)
      const isIn = record !== null && matches(record, by, words)
      if (isIn && name.startsWith('pet ') && !found) return `${name} is not in the list ${words}`
      if (found && !isIn) return `${name} is in the list ${words}`
      if (found && record && !equal(record, found)) return `${name} is another one in the list ${words}`
    }
    return undefined
  }

  #ofWrite(step: Step, status: number): string | undefined {
    if (step.kind === 'inventory' || step.kind === 'user') return undefined
    const name =
      step.kind === 'replace'
        ? `pet ${step.pet.id}`
        : step.kind === 'delete'
          ? `${step.of} ${step.key}`
          : `pet ${'key' in step ? step.key : ''}`
    const known = this.#records.get(name)
    if (known === undefined) return undefined
    if (known === null) return status === 200 ? `${name} was missing and can be written` : undefined
    return status === 200 ? undefined : `${name} was there and cannot be written (${status})`
  }
}

function matches(record: Fields, by: 'status' | 'tags', words: readonly string[]): boolean {
  if (by === 'status') return words.includes(String(record.status))
  const tags = (record.tags ?? []) as readonly { readonly name?: string }[]
  return tags.some(({ name }) => name !== undefined && words.includes(name))
}

const equal = (one: Fields, other: Fields) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, child]) => [name, sorted(child)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}
