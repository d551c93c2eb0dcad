import type { JournalEntry } from '../control/types.ts'

/** A fault that meets the next request of this method and path, and answers it with a status. */
export function faultLike({ method, target }: JournalEntry, status: number) {
  return { match: { method, path: target.split('?')[0] ?? target }, steps: [{ kind: 'status', status }] }
}
