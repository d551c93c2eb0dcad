import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import type { Collection } from '../control/types.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { KEY, ONE } from './collections.ts'
import { type Difference, differences } from './diff.ts'

interface RecordDiffProps {
  readonly collection: Collection
  readonly recordKey: string
  /** The records of the snapshot. */
  readonly before: readonly object[]
}

/** The members of a record that have changed. */
export function RecordDiff({ collection, recordKey, before }: RecordDiffProps) {
  const { control } = useApp()
  const path = { collection, key: recordKey }
  const { value } = useAnswer((signal) => control.call('get', '/state/{collection}/{key}', { path, signal }), [before])
  const old = before.find((record) => String(Reflect.get(record, KEY[collection])) === recordKey)
  return (
    <div class="changed">
      <strong>
        <span aria-hidden="true">± </span>
        <a href={linkTo('state', collection, recordKey)}>
          {ONE[collection]} <bdi>{recordKey}</bdi>
        </a>{' '}
        changed
      </strong>
      {value && (
        <ul>
          {differences(old, value).map((difference) => (
            <Line key={difference.pointer} {...difference} />
          ))}
        </ul>
      )}
    </div>
  )
}

const Line = ({ pointer, before, after }: Difference) => (
  <li>
    <code>
      <bdi>{pointer}</bdi>
    </code>
    : <del>{textOf(before)}</del> <span aria-hidden="true">→</span> <ins>{textOf(after)}</ins>
  </li>
)

const textOf = (value: unknown) => (value === undefined ? 'absent' : JSON.stringify(value).slice(0, 300))
