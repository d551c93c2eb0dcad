/** A reader of bytes that anybody may send. */
export interface Reader {
  /** Reads the bytes, and holds the result to the reader's promises. Throws whatever is wrong. */
  readonly read: (bytes: Buffer) => void | Promise<void>
  /** Tokens of the language, which mutations put in. */
  readonly words: readonly string[]
  /** Inputs to begin with. */
  readonly seeds: readonly string[]
  /** The longest input, in bytes. */
  readonly longest: number
}

/** Names that every object inherits. No reader may find a value under them that nobody sent, or put one there. */
export const INHERITED = Object.getOwnPropertyNames(Object.prototype)
const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype]
const sizeOf = (prototype: object) => Reflect.ownKeys(prototype).length
const SIZES = PROTOTYPES.map(sizeOf)

/** Throws if a prototype has more or fewer members than before. */
export function requireCleanPrototypes(): void {
  for (const [index, prototype] of PROTOTYPES.entries())
    if (sizeOf(prototype) !== SIZES[index]) throw new Error('a prototype was changed')
}

/** Throws if a value has an object in it whose prototype was sent along. */
export function requirePlain(value: unknown): void {
  if (value === null || typeof value !== 'object') return
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype)
    throw new Error('an object has a foreign prototype')
  for (const child of Object.values(value)) requirePlain(child)
}

/** Throws if the values differ. */
export function requireEqual(what: string, actual: unknown, expected: unknown): void {
  const [one, other] = [canonical(actual), canonical(expected)]
  if (one !== other) throw new Error(`${what}: ${one.slice(0, 200)} in place of ${other.slice(0, 200)}`)
}

/** JSON with sorted names; -0 is 0, as JSON.stringify has it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined'
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(Reflect.get(value, name))}`)}}`
}
