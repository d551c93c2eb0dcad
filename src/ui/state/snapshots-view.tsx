import { useApp } from '../app/app-context.ts'
import { Empty } from '../parts/empty.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { SnapshotDiff } from './snapshot-diff.tsx'
import { SnapshotItem } from './snapshot-item.tsx'
import { TakeSnapshot } from './take-snapshot.tsx'

/** The snapshots of the session: take, compare, restore, forget. */
export function SnapshotsView({ selected }: { readonly selected: string | undefined }) {
  const { control } = useApp()
  const { value = [], pending, reload } = useAnswer((signal) => control.call('get', '/snapshots', { signal }), [])
  const { run, problem } = useAction()
  const act = async (work: () => Promise<unknown>, done: string) => {
    if (await run(work, done)) reload()
  }
  return (
    <>
      <TakeSnapshot act={act} />
      {problem && <ProblemBox problem={problem} />}
      {value.length === 0 && !pending && (
        <Empty title="No snapshot yet.">
          <p>Take one above. Then change the state, and compare or restore it.</p>
        </Empty>
      )}
      <ul class="cards">
        {value.map(({ name }) => (
          <SnapshotItem key={name} name={name} act={act} />
        ))}
      </ul>
      {selected !== undefined && <SnapshotDiff key={selected} name={selected} />}
    </>
  )
}
