import { linkTo } from '../app/route.ts'
import { WindowTable } from '../parts/window-table.tsx'
import { keyOf, type SeenRequest } from './journal.ts'
import { NoRequests } from './no-requests.tsx'
import { Source } from './source.tsx'
import { Status } from './status.tsx'

interface RequestTableProps {
  readonly entries: readonly SeenRequest[]
  /** The number of requests before they were filtered. */
  readonly total: number
  readonly selected: Selected
}

/** The request that is shown in full. */
type Selected = Pick<SeenRequest, 'id' | 'session'> | undefined

/** The requests, the newest first. */
export function RequestTable({ entries, total, selected }: RequestTableProps) {
  if (entries.length === 0) return <NoRequests total={total} />
  return (
    <WindowTable
      label="Requests, the newest first"
      class="requests-table"
      count={entries.length}
      growsAtTop
      head={
        <>
          <th scope="col">Request</th>
          <th scope="col" class="narrow">
            Status
          </th>
          <th scope="col" class="time">
            Time
          </th>
          <th scope="col" class="wide">
            Operation
          </th>
          <th scope="col" class="wide session">
            Session
          </th>
          <th scope="col" class="wide source">
            Source
          </th>
        </>
      }
      row={(index) => <Row key={keyAt(entries, index)} entry={entries[index]} index={index} selected={selected} />}
    />
  )
}

const keyAt = (entries: readonly SeenRequest[], index: number) => {
  const entry = entries[index]
  return entry && keyOf(entry)
}

interface RowProps {
  readonly entry: SeenRequest | undefined
  readonly index: number
  readonly selected: Selected
}

function Row({ entry, index, selected }: RowProps) {
  if (!entry) return null
  const { session, method, target, at, operationId } = entry
  const isSelected = selected !== undefined && keyOf(entry) === keyOf(selected)
  return (
    <tr aria-rowindex={index + 2} class={isSelected ? 'selected' : ''}>
      <td>
        <a class="row-link" href={linkToRequest(entry)} {...(isSelected && { 'aria-current': 'true' as const })}>
          <span class={`method ${method.toLowerCase()}`}>{method}</span> <bdi>{shorten(target)}</bdi>
        </a>
      </td>
      <td class="narrow">
        <Status entry={entry} />
      </td>
      <td class="time">
        <time dateTime={at}>{at.slice(11, 19)}</time>
      </td>
      <td class="wide">{operationId ?? '—'}</td>
      <td class="wide session">
        <bdi>{session}</bdi>
      </td>
      <td class="wide source">
        <Source entry={entry} />
      </td>
    </tr>
  )
}

/** The default session goes without saying. */
const linkToRequest = ({ id, session }: SeenRequest) =>
  session === 'default' ? linkTo('requests', id) : linkTo('requests', id, session)

/** A cell shows no more than a line; a target may have megabytes. */
const shorten = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text)
