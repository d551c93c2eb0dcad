import { writtenOnce } from './written-once.ts'

const writeRecord = writtenOnce((value) => JSON.stringify(value))
const writeList = writtenOnce((list) => `[${(list as unknown[]).map(writeRecord).join(',')}]`)

/** Writes a value as JSON. A record of the store is written once and for all, and so is a list that the store remembers. */
export function writeJson(value: unknown): string {
  const isList = Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null)
  return isList ? writeList(value) : writeRecord(value)
}
