import { createHash } from 'node:crypto'
import { plainText } from '../openapi/plain-text.ts'

/** All that ways need of a long list; its records would take too much memory. */
export interface Listing {
  readonly length: number
  /** False if an item has no number as its id. */
  readonly hasIds: boolean
  /** The same for the same ids in the same order. */
  readonly order: string
  /** The same for the same ids in any order. */
  readonly members: string
  /** True if the ids fall, and were counted up. Other ids may fall by chance. */
  readonly isFalling: boolean
  /** The statuses of the items, each once. */
  readonly statuses: readonly string[]
}

/** Ids that were counted up leave out so many at most. */
const WIDE = 4

export function listingOf(items: readonly unknown[]): Listing {
  const texts = items.map((item) => plainText(Object(item).id))
  const ids = texts.map(Number)
  return {
    length: items.length,
    hasIds: !ids.some(Number.isNaN),
    order: digestOf(texts),
    members: digestOf(texts.toSorted()),
    isFalling:
      ids.every((id, index) => index === 0 || id < (ids[index - 1] ?? id)) &&
      (ids[0] ?? 0) - (ids.at(-1) ?? 0) < WIDE * ids.length,
    statuses: [...new Set(items.map((item) => plainText(Object(item).status)))],
  }
}

const digestOf = (ids: readonly string[]) => createHash('sha1').update(ids.join()).digest('base64')
