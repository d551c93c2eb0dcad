import type { Answer } from '../../http/answers/answer.ts'
import { headersOf } from '../../http/answers/published.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { Store } from '../store/store.ts'
import type { CheckedAnswer } from './check-answer.ts'

/**
 * Remembers the readings of answers. Most answers are the same bytes as the one before, and reading, validating and keeping them
 * takes longer than all the rest: a list of 100 pets takes several times the CPU of a plain proxy without this.
 */
export interface Memo {
  /** The answer with the bytes of the one before, if they are the same: then their text is made, and remembered by the journal, once. */
  shared(operation: Operation, key: string, answer: Answer): Answer
  /** The reading of the same bytes, if they came last time. */
  find(operation: Operation, key: string, answer: Answer): CheckedAnswer | undefined
  note(operation: Operation, key: string, answer: Answer, checked: CheckedAnswer): void
  /** The result of `keep`, which is not called if nothing has changed since it was called with the same answer. */
  keep<T>(stores: readonly Store[], checked: CheckedAnswer, keep: () => T): T
}

/** Bytes of one answer, and of all. */
const LARGEST = 1024 * 1024
const MOST = 16 * 1024 * 1024

interface Read {
  readonly answer: Answer
  readonly checked: CheckedAnswer
}

interface Kept {
  readonly stores: readonly Store[]
  readonly version: readonly number[]
  readonly result: unknown
}

export function createMemo(): Memo {
  const known = new Map<string, Read>()
  const kept = new WeakMap<CheckedAnswer, Kept>()
  let size = 0
  return {
    shared: ({ id }, key, answer) => {
      const read = known.get(`${id} ${key}`)
      return read && isSame(read.answer, answer) ? { ...answer, bytes: read.answer.bytes } : answer
    },
    find: ({ id }, key, answer) => {
      const read = known.get(`${id} ${key}`)
      return read && isSame(read.answer, answer) ? read.checked : undefined
    },
    note: (operation, key, answer, checked) => {
      // Documented headers are checked too, and may be others each time.
      if (answer.bytes.length > LARGEST || headersOf(operation).length > 0) return
      const name = `${operation.id} ${key}`
      size += answer.bytes.length - (known.get(name)?.answer.bytes.length ?? 0)
      known.set(name, { answer, checked })
      if (size <= MOST) return
      known.clear()
      size = 0
    },
    keep: <T>(stores: readonly Store[], checked: CheckedAnswer, keep: () => T): T => {
      const before = kept.get(checked)
      const isLast = before?.stores.every((store, index) => store === stores[index])
      if (before && isLast && isEqual(before.version, versionOf(stores))) return before.result as T
      const result = keep()
      kept.set(checked, { stores, version: versionOf(stores), result })
      return result
    },
  }
}

const isSame = (one: Answer, other: Answer) =>
  one.status === other.status &&
  one.headers['content-type'] === other.headers['content-type'] &&
  (one.bytes === other.bytes || one.bytes.equals(other.bytes))

/** Changes with each put and each deletion. */
function versionOf(stores: readonly Store[]): number[] {
  const version: number[] = []
  for (const { written, pets, users, orders, added } of stores)
    version.push(written, pets.size, users.size, orders.size, added.size)
  return version
}

const isEqual = (one: readonly number[], other: readonly number[]) =>
  one.every((value, index) => value === other[index])
