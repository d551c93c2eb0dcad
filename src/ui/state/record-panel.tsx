import { useEffect, useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import type { Collection, StoredRecord } from '../control/types.ts'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useCell } from '../parts/use-cell.ts'
import { ONE } from './collections.ts'
import { RecordForm } from './record-form.tsx'
import { StaleNote } from './stale-note.tsx'
import { useRecord } from './use-record.ts'

interface PanelProps {
  readonly collection: Collection
  readonly recordKey: string
  readonly isNew: boolean
  readonly onChanged: () => void
}

/** The record that the form was filled with. */
interface Filled {
  readonly record?: StoredRecord | undefined
  /** The one that was stored before it. */
  readonly instead?: StoredRecord | undefined
  /** How often others' changes were taken over. */
  readonly times: number
}

/** The record that is open, to be edited, or a new one. */
export function RecordPanel({ collection, recordKey, isNew, onChanged }: PanelProps) {
  const { document } = useApp()
  const api = useCell(document)
  const { value, problem, reload } = useRecord(collection, recordKey, isNew)
  const [filled, fill] = useState<Filled>({ times: 0 })
  useEffect(() => {
    if (value) fill((before) => (before.record ? before : { ...before, record: value }))
  }, [value])
  // The form keeps what it began with: others may change the record while it is edited.
  const record = filled.record ?? value
  const isGone = problem?.status === 404 && record !== undefined
  const isStale = isGone || (value !== filled.instead && JSON.stringify(value) !== JSON.stringify(record))
  const title = isNew ? `New ${ONE[collection]}` : `${ONE[collection]} ${recordKey}`
  const onSaved = (stored: StoredRecord | undefined) => {
    if (stored) fill((before) => ({ ...before, record: stored, instead: value }))
    reload()
    onChanged()
  }
  return (
    <article class="detail" aria-label={title}>
      <a class="back" href={linkTo('state', collection)}>
        ← All {collection}
      </a>
      <h2>
        <bdi>{title}</bdi>
      </h2>
      {problem && !isGone && <ProblemBox problem={problem} />}
      {isStale && <StaleNote isGone={isGone} onReload={() => fill({ record: value, times: filled.times + 1 })} />}
      {record && api && (
        <RecordForm key={filled.times} {...{ api, collection, recordKey, isNew, record }} onChanged={onSaved} />
      )}
    </article>
  )
}
