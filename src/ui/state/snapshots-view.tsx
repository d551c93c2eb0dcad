import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { Empty } from '../parts/empty.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { SnapshotDiff } from './snapshot-diff.tsx'

/** The snapshots of the session: take, compare, restore, forget. */
export function SnapshotsView({ selected }: { readonly selected: string | undefined }) {
  const { control } = useApp()
  const { value = [], pending, reload } = useAnswer((signal) => control.call('get', '/snapshots', { signal }), [])
  const { run, problem } = useAction()
  const [name, setName] = useState('')
  const act = async (work: () => Promise<unknown>, done: string) => {
    if (await run(work, done)) reload()
  }
  const take = () =>
    act(
      () => control.call('post', '/snapshots/{name}', { path: { name: name.trim() } }),
      `Took the snapshot ${name.trim()}.`,
    )
  return (
    <>
      <form
        class="filters"
        aria-label="Take a snapshot"
        onSubmit={(event) => {
          event.preventDefault()
          void take()
        }}
      >
        <label class="grow">
          <span class="hidden">Name of the snapshot</span>
          <input
            placeholder="Name, such as before-test"
            required
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button primary">
          Take snapshot
        </button>
      </form>
      {problem && <ProblemBox problem={problem} />}
      {value.length === 0 && !pending && (
        <Empty title="No snapshot yet.">
          <p>Take one above. Then change the state, and compare or restore it.</p>
        </Empty>
      )}
      <ul class="cards">
        {value.map((snapshot) => (
          <li key={snapshot.name} class="card row">
            <bdi class="grow">{snapshot.name}</bdi>
            <a class="button" href={linkTo('state', 'snapshots', snapshot.name)}>
              Compare<span class="hidden"> {snapshot.name}</span>
            </a>
            <ConfirmButton
              label="Restore"
              confirm={`Restore ${snapshot.name}`}
              onConfirm={() =>
                void act(
                  () => control.call('post', '/snapshots/{name}/restore', { path: snapshot }),
                  `Restored ${snapshot.name}.`,
                )
              }
            />
            <ConfirmButton
              label="Forget"
              confirm={`Forget ${snapshot.name}`}
              onConfirm={() =>
                void act(
                  () => control.call('delete', '/snapshots/{name}', { path: snapshot }),
                  `Forgot ${snapshot.name}.`,
                )
              }
            />
          </li>
        ))}
      </ul>
      {selected !== undefined && <SnapshotDiff key={selected} name={selected} />}
    </>
  )
}
