import type { JournalEntry } from '../control/types.ts'
import { reasonOf, sourceOf } from './filter.ts'

/** The part that answered, and why it was not the live server. */
export function Source({ entry }: { readonly entry: JournalEntry }) {
  const source = sourceOf(entry)
  const reason = reasonOf(entry)
  return (
    <>
      {source === 'live server' ? <span class="badge">{source}</span> : source}
      {reason !== undefined && (
        <>
          {' '}
          <span class="badge">{reason}</span>
        </>
      )}
    </>
  )
}
