import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import type { Collection, StateDiff } from '../control/types.ts'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { COLLECTIONS, ONE } from './collections.ts'
import { RecordDiff } from './record-diff.tsx'

/** Changed records that are compared member by member; each takes two questions. */
const COMPARED = 50
/** Keys that are listed. */
const LISTED = 200

/** The changes since a snapshot, by collection. */
export function SnapshotDiff({ name }: { readonly name: string }) {
  const { control, changes } = useApp()
  const changed = useCell(changes).state
  const { value, problem } = useAnswer(
    async (signal) => ({
      diff: await control.call('get', '/snapshots/{name}/diff', { path: { name }, signal }),
      before: await control.call('get', '/snapshots/{name}', { path: { name }, signal }),
    }),
    [name, changed],
  )
  return (
    <section aria-label={`Changes since ${name}`} class="diff">
      <h2>
        Changes since <bdi>{name}</bdi>
      </h2>
      {problem && <ProblemBox problem={problem} />}
      {value && COLLECTIONS.every((one) => isEmpty(value.diff[one])) && <p>Nothing has changed.</p>}
      {value &&
        COLLECTIONS.filter((one) => !isEmpty(value.diff[one])).map((one) => (
          <CollectionDiff key={one} collection={one} diff={value.diff} before={value.before[one] ?? []} />
        ))}
    </section>
  )
}

const isEmpty = ({ added, removed, changed }: StateDiff[Collection]) =>
  added.length + removed.length + changed.length === 0

interface CollectionDiffProps {
  readonly collection: Collection
  readonly diff: StateDiff
  readonly before: readonly object[]
}

function CollectionDiff({ collection, diff, before }: CollectionDiffProps) {
  const { added, removed, changed } = diff[collection]
  return (
    <div class="card">
      <h3>{collection}</h3>
      <Keys sign="+" word="added" collection={collection} keys={added} linked />
      <Keys sign="−" word="removed" collection={collection} keys={removed} />
      {changed.slice(0, COMPARED).map((key) => (
        <RecordDiff key={key} collection={collection} recordKey={String(key)} before={before} />
      ))}
      {changed.length > COMPARED && <p>{changed.length - COMPARED} more have changed.</p>}
    </div>
  )
}

interface KeysProps {
  readonly sign: string
  readonly word: string
  readonly collection: Collection
  readonly keys: readonly (string | number)[]
  readonly linked?: boolean
}

function Keys({ sign, word, collection, keys, linked = false }: KeysProps) {
  if (keys.length === 0) return null
  return (
    <p class={`keys ${word}`}>
      <strong>
        <span aria-hidden="true">{sign} </span>
        {keys.length} {word}
      </strong>{' '}
      {keys.slice(0, LISTED).map((key) => (
        <bdi key={key}>
          {linked ? (
            <a href={linkTo('state', collection, key)}>{`${ONE[collection]} ${key}`}</a>
          ) : (
            `${ONE[collection]} ${key}`
          )}{' '}
        </bdi>
      ))}
    </p>
  )
}
