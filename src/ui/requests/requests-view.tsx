import { useMemo, useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import { useCell } from '../parts/use-cell.ts'
import { filtered, NO_FILTER, operationsIn, sessionsIn } from './filter.ts'
import { Filters } from './filters.tsx'
import { keyOf, lastIdOf } from './journal.ts'
import { RequestDetail } from './request-detail.tsx'
import { RequestTable } from './request-table.tsx'

/** The requests as they come, and one of them in full. */
export function RequestsView() {
  const { requests, route } = useApp()
  const all = useCell(requests)
  const { entries, forgotten } = all
  const [filter, setFilter] = useState(NO_FILTER)
  const shown = useMemo(() => filtered(entries, filter).toReversed(), [entries, filter])
  const [id, session = 'default'] = useCell(route).rest
  const selected = id === undefined ? undefined : { id: Number(id), session }
  const entry = entries.find((one) => one.id === selected?.id && one.session === session)
  return (
    <>
      <Filters
        filter={filter}
        onFilter={setFilter}
        operationIds={operationsIn(entries)}
        sessions={sessionsIn(entries)}
      />
      <p class="count" aria-live="off">
        {shown.length} of {entries.length + forgotten} requests
        {forgotten > 0 && `; the oldest ${forgotten} are not kept`}
      </p>
      <div class={selected === undefined ? 'split' : 'split open'}>
        <RequestTable entries={shown} total={entries.length} selected={selected} />
        {selected && id !== undefined && (
          <RequestDetail key={keyOf(selected)} id={id} entry={entry} last={lastIdOf(all, session)} />
        )}
      </div>
    </>
  )
}
