/** In bytes, as V8 keeps values on 64 bits: the head of an object or a list, one place in it, a number, the head of a text. */
const HEAD = 56
const PLACE = 16
const NUMBER = 8
const TEXT = 24

/** Objects with more members than this are tables, which keep the names as well. */
const MOST_SHARED = 64

/** About how many bytes a decoded value takes in memory. That can be thirty times its bytes in a body. */
export function sizeOf(value: unknown): number {
  let size = 0
  const rest: unknown[] = [value]
  while (rest.length > 0) {
    const next = rest.pop()
    if (typeof next === 'string') size += TEXT + next.length
    else if (typeof next === 'object' && next !== null) size += HEAD + takeApart(next, rest)
    else size += NUMBER
  }
  return size
}

/** Adds what is in an object or a list to the rest; gives the size of the places. */
function takeApart(holder: object, rest: unknown[]): number {
  if (ArrayBuffer.isView(holder)) return holder.byteLength
  const values: readonly unknown[] = Array.isArray(holder) ? holder : Object.values(holder)
  for (const value of values) rest.push(value)
  const isTable = values !== holder && values.length > MOST_SHARED
  return PLACE * values.length + (isTable ? namesOf(holder) : 0)
}

const namesOf = (table: object) => Object.keys(table).reduce((size, name) => size + 2 * PLACE + TEXT + name.length, 0)
