import type { JournalEntry } from '../control/types.ts'
import { isRefused } from './filter.ts'

/** The status with a sign, so that colour is not all that tells a refusal. */
export function Status({ entry }: { readonly entry: JournalEntry }) {
  const { status } = entry
  const look = status >= 500 ? 'bad' : isRefused(entry) ? 'warn' : 'good'
  return (
    <span class={`status ${look}`}>
      <span aria-hidden="true">{look === 'good' ? '✓' : '✕'} </span>
      {status}
      {look !== 'good' && <span class="hidden"> refused</span>}
    </span>
  )
}
