/** In bytes, as V8 keeps values on 64 bits: the head of an object or a list, one place in it, a number, the head of a text. */
const HEAD = 56
const PLACE = 16
const NUMBER = 8
const TEXT = 24

/** Objects with more members than this are tables, which keep the names as well. */
const MOST_SHARED = 64

/** About how many bytes a decoded value takes in memory. That can be thirty times its bytes in a body. */
export function sizeOf(value: unknown): number {
  if (!isHolder(value)) return sizeOfLeaf(value)
  let size = 0
  const rest = [value]
  for (let holder = rest.pop(); holder !== undefined; holder = rest.pop()) size += HEAD + takeApart(holder, rest)
  return size
}

const isHolder = (value: unknown): value is object => typeof value === 'object' && value !== null

const sizeOfLeaf = (value: unknown) => (typeof value === 'string' ? TEXT + value.length : NUMBER)

/** Gives the size of what is in an object or a list, and adds the objects and lists in it to the rest. */
function takeApart(holder: object, rest: object[]): number {
  if (ArrayBuffer.isView(holder)) return holder.byteLength
  const values: readonly unknown[] = Array.isArray(holder) ? holder : Object.values(holder)
  let size = PLACE * values.length
  for (const value of values)
    if (isHolder(value)) rest.push(value)
    else size += sizeOfLeaf(value)
  const isTable = values !== holder && values.length > MOST_SHARED
  return isTable ? size + namesOf(holder) : size
}

const namesOf = (table: object) => Object.keys(table).reduce((size, name) => size + 2 * PLACE + TEXT + name.length, 0)
