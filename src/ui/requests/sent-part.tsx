import type { JournalEntry } from '../control/types.ts'
import { BodyView } from './body-view.tsx'
import type { HarEntry } from './exchange.ts'
import { MarkedList } from './marked-list.tsx'
import { marksOf } from './marks.ts'
import { TextView } from './text-view.tsx'

interface PartProps {
  readonly entry: JournalEntry
  readonly har: HarEntry | undefined
}

/** The request, with each violation at its place. */
export function SentPart({ entry, har }: PartProps) {
  const { target, headers, body, violations } = entry
  const marks = marksOf(violations)
  const raw = har?.request.postData?.text
  return (
    <section class="part">
      <h3>Sent</h3>
      <MarkedList
        title="Path and method"
        items={pathOf(target, entry.method)}
        marks={[...marks.path, ...marks.request]}
        whole
      />
      <MarkedList title="Query" items={queryOf(target)} marks={marks.query} />
      <MarkedList title="Headers" items={Object.entries(headers)} marks={marks.headers} folded />
      {(body !== undefined || marks.body.length > 0) && (
        <BodyView title="Body" label="Body that was sent" value={body} violations={marks.body} />
      )}
      {raw !== undefined && !isShownByValue(entry) && <TextView title="Body as it was sent" text={raw} />}
    </section>
  )
}

/** JSON that was decoded is shown once. XML, forms and what could not be decoded are shown as text too. */
const isShownByValue = ({ body, headers }: JournalEntry) =>
  body !== undefined && (headers['content-type'] ?? '').includes('json')

/** The path is shown where something points into it. */
const pathOf = (target: string, method: string) => [[method, target.split('?')[0] ?? target]] as const

function queryOf(target: string): readonly (readonly [string, string])[] {
  const start = target.indexOf('?')
  return start < 0 ? [] : [...new URLSearchParams(target.slice(start + 1))]
}
