import { nearest } from '../../openapi/nearest.ts'
import type { Collection } from './collection.ts'

/** How many keys are compared. */
const MOST = 100

/** The key of a record that a mistyped one most likely meant. Of a large collection the first keys are compared. */
export function nearestKey(
  key: string,
  records: Pick<Collection<string | number, unknown>, 'keys'>,
): string | undefined {
  const first: string[] = []
  for (const known of records.keys()) {
    if (first.length === MOST) break
    first.push(String(known))
  }
  return nearest(key, first)
}
