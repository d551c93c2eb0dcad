import { linkTo } from '../app/route.ts'
import type { Collection, FoundRecords, StoredRecord } from '../control/types.ts'
import { WindowTable } from '../parts/window-table.tsx'
import { KEY } from './collections.ts'
import { cellText, keyOf, picturesOf } from './records.ts'

interface RecordTableProps {
  readonly collection: Collection
  readonly found: FoundRecords
  /** Is told the rows that are drawn. */
  readonly see: (first: number, end: number) => void
  readonly selected: string | undefined
}

/** The columns beside the key; those that a narrow window hides come last. */
const COLUMNS: Readonly<Record<Collection, readonly string[]>> = {
  pets: ['name', 'status', 'category', 'tags'],
  users: ['email', 'firstName', 'lastName', 'userStatus'],
  domains: ['name', 'status', 'active', 'validate'],
  orders: ['name', 'status', 'active', 'validate'],
}

/** Columns that a narrow window has room for. */
const NARROW = 2

export function RecordTable({ collection, found, see, selected }: RecordTableProps) {
  const columns = COLUMNS[collection]
  return (
    <WindowTable
      label={`Records of ${collection}`}
      class={`records ${collection}`}
      count={found.matching}
      onRange={see}
      head={
        <>
          <th scope="col" class="key">
            {KEY[collection]}
          </th>
          {columns.map((name, at) => (
            <th scope="col" key={name} class={at < NARROW ? '' : 'wide'}>
              {name}
            </th>
          ))}
        </>
      }
      row={(index) => (
        <Row key={index} {...{ collection, columns, index, selected }} record={found.records[index - found.offset]} />
      )}
    />
  )
}

interface RowProps {
  readonly collection: Collection
  readonly columns: readonly string[]
  /** Undefined while it is asked for. */
  readonly record: StoredRecord | undefined
  readonly index: number
  readonly selected: string | undefined
}

function Row({ collection, columns, record, index, selected }: RowProps) {
  if (record === undefined)
    return (
      <tr aria-rowindex={index + 2}>
        <td class="key">…</td>
        {columns.map((name, at) => (
          <td key={name} class={at < NARROW ? '' : 'wide'} />
        ))}
      </tr>
    )
  const key = keyOf(collection, record)
  const isSelected = key === selected
  const [picture] = picturesOf(record)
  return (
    <tr aria-rowindex={index + 2} class={isSelected ? 'selected' : ''}>
      <td class="key">
        <a
          class="row-link"
          href={linkTo('state', collection, key)}
          {...(isSelected && { 'aria-current': 'true' as const })}
        >
          {picture !== undefined && <img src={picture} alt="" loading="lazy" width={22} height={22} />}
          <bdi>{key}</bdi>
        </a>
      </td>
      {columns.map((name, at) => (
        <td key={name} class={at < NARROW ? '' : 'wide'}>
          <bdi>{cellText(record[name]).slice(0, 200)}</bdi>
        </td>
      ))}
    </tr>
  )
}
