import { useState } from 'preact/hooks'
import { linkTo } from '../app/route.ts'
import type { Collection } from '../control/types.ts'
import { Empty } from '../parts/empty.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { ONE } from './collections.ts'
import { RecordPanel } from './record-panel.tsx'
import { RecordTable } from './record-table.tsx'
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
  const [text, setText] = useState('')
  const { value: found, problem, pending, reload, see } = useRecords(collection, text)
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
          Reload
        </button>
        <a class="button primary" href={linkTo('state', collection, 'new', 'record')}>
          Add {ONE[collection]}
        </a>
      </search>
      {problem && <ProblemBox problem={problem} />}
      <p class="count">
        {found === undefined && pending ? 'Loading…' : `${found?.matching ?? 0} of ${found?.total ?? 0} ${collection}`}
      </p>
      <div class={recordKey === undefined ? 'split' : 'split open'}>
        {found && found.matching > 0 && <RecordTable {...{ collection, found, see }} selected={recordKey} />}
        {found?.matching === 0 && <NoRecords collection={collection} hidden={found.total} />}
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
