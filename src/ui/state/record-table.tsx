import { linkTo } from '../app/route.ts'
import type { Collection, StoredRecord } from '../control/types.ts'
import { WindowTable } from '../parts/window-table.tsx'
import { KEY } from './collections.ts'
import { cellText, keyOf, picturesOf } from './records.ts'

interface RecordTableProps {
  readonly collection: Collection
  readonly records: readonly StoredRecord[]
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

export function RecordTable({ collection, records, selected }: RecordTableProps) {
  const columns = COLUMNS[collection]
  return (
    <WindowTable
      label={`Records of ${collection}`}
      class={`records ${collection}`}
      count={records.length}
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
      row={(index) => <Row key={index} {...{ collection, columns, index, selected }} record={records[index] ?? {}} />}
    />
  )
}

interface RowProps {
  readonly collection: Collection
  readonly columns: readonly string[]
  readonly record: StoredRecord
  readonly index: number
  readonly selected: string | undefined
}

function Row({ collection, columns, record, index, selected }: RowProps) {
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
