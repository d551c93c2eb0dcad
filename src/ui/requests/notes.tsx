import type { JournalEntry } from '../control/types.ts'
import { ViolationText } from '../parts/violation-text.tsx'

/** All that the mock noticed about a request, in one list. The same violations are marked at their places below. */
export function Notes({ entry }: { readonly entry: JournalEntry }) {
  const { violations, ignored = [], unknownQuery, interference, defect, truncated, upstream } = entry
  const notes = [
    ...(interference === undefined ? [] : [`Answered by ${interference}.`]),
    ...(defect === undefined ? [] : [`A defect of the mock: ${defect}`]),
    ...(truncated ? ['The bodies were too large to be kept.'] : []),
    ...unknownQuery.map((name) => `The document has no query parameter ${name}.`),
    ...ignored.map(
      ({ pointer, suggestion }) =>
        `${pointer} had no effect.${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`}`,
    ),
    ...(upstream ? [`The live server answered ${upstream.status} after ${Math.round(upstream.ms)} ms.`] : []),
  ]
  if (violations.length + notes.length === 0) return null
  return (
    <section class="notes" aria-label="Why">
      <h3>Why</h3>
      <ul>
        {violations.map((violation) => (
          <li key={violation.pointer + violation.expected} class="violation">
            <code>
              <bdi>{violation.pointer}</bdi>
            </code>
            : <ViolationText violation={violation} />
          </li>
        ))}
        {notes.map((note) => (
          <li key={note}>
            <bdi>{note}</bdi>
          </li>
        ))}
      </ul>
    </section>
  )
}
