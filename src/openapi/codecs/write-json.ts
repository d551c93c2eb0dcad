import { writtenOnce } from './text-cache.ts'

/** Writes a record of the store as JSON, once and for all; another value each time. */
export const writeRecord = writtenOnce((value) => JSON.stringify(value))
const writeList = writtenOnce((list) =>
  isOfRecords(list as unknown[]) ? `[${(list as unknown[]).map(writeRecord).join(',')}]` : JSON.stringify(list),
)

/** Writes a value as JSON. A record of the store is written once and for all, and so is a list that the store remembers. */
export function writeJson(value: unknown): string {
  return Array.isArray(value) ? writeList(value) : writeRecord(value)
}

const isOfRecords = (list: readonly unknown[]) => list.every((item) => typeof item === 'object' && item !== null)
