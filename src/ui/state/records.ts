import type { Collection, StoredRecord } from '../control/types.ts'
import { KEY } from './collections.ts'

export const keyOf = (collection: Collection, record: StoredRecord): string => String(record[KEY[collection]] ?? '')

/** A text of a value for one cell of a table. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map(cellText).join(', ')
  return Object.values(value).map(cellText).join(' ')
}

/** The addresses of pictures that the page may show: those that are data. Others would ask another host. */
export const picturesOf = (record: StoredRecord): readonly string[] => {
  const urls = record.photoUrls
  return Array.isArray(urls)
    ? urls.filter((url): url is string => typeof url === 'string' && /^data:image\//.test(url))
    : []
}
