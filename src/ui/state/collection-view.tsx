import { useMemo, useState } from 'preact/hooks'
import { linkTo } from '../app/route.ts'
import type { Collection } from '../control/types.ts'
import { Empty } from '../parts/empty.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { ONE } from './collections.ts'
import { RecordPanel } from './record-panel.tsx'
import { RecordTable } from './record-table.tsx'
import { search } from './records.ts'
import { useRecords } from './use-records.ts'

interface CollectionProps {
  readonly collection: Collection
  /** The key of the record that is open. */
  readonly recordKey: string | undefined
  /** True if a record is being added, whose key is not known yet. */
  readonly isNew: boolean
}

/** A collection as a table, and one of its records. */
export function CollectionView({ collection, recordKey, isNew }: CollectionProps) {
  const { value: records, problem, pending, reload, isStale } = useRecords(collection)
  const [text, setText] = useState('')
  const shown = useMemo(() => search(records ?? [], text), [records, text])
  return (
    <>
      <search class="filters">
        <label class="grow">
          <span class="hidden">Text in a record</span>
          <input
            type="search"
            placeholder={`Text in ${collection}`}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <button type="button" class="button" onClick={reload}>
          {isStale ? 'Changed: load again' : 'Reload'}
        </button>
        <a class="button primary" href={linkTo('state', collection, 'new', 'record')}>
          Add {ONE[collection]}
        </a>
      </search>
      {problem && <ProblemBox problem={problem} />}
      <p class="count">
        {records === undefined && pending ? 'Loading…' : `${shown.length} of ${records?.length ?? 0} ${collection}`}
      </p>
      <div class={recordKey === undefined ? 'split' : 'split open'}>
        {shown.length > 0 ? (
          <RecordTable collection={collection} records={shown} selected={recordKey} />
        ) : (
          records && <NoRecords collection={collection} hidden={records.length} />
        )}
        {recordKey !== undefined && (
          <RecordPanel key={`${isNew} ${recordKey}`} {...{ collection, recordKey, isNew }} onChanged={reload} />
        )}
      </div>
    </>
  )
}

const NoRecords = ({ collection, hidden }: { readonly collection: Collection; readonly hidden: number }) => (
  <Empty title={hidden > 0 ? 'No record matches.' : `No ${collection}.`}>
    <p>
      {hidden > 0
        ? `Change the text above: ${hidden} ${collection} are hidden.`
        : `Add one above, send a request, choose a pack, or drop a state file.`}
    </p>
  </Empty>
)
