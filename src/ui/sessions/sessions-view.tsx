import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { NewSession } from './new-session.tsx'

/** Rows that are shown; a test run may have thousands of sessions. */
const SHOWN = 200

/** The sessions that live: switch, reset, delete, and start one. */
export function SessionsView() {
  const { control, changes, session } = useApp()
  const selected = useCell(session)
  const changed = useCell(changes).session
  const { value = [], reload, problem } = useAnswer((signal) => control.call('get', '/sessions', { signal }), [changed])
  const [text, setText] = useState('')
  const { run, problem: refusal } = useAction()
  const act = async (work: () => Promise<unknown>, done: string) => {
    if (await run(work, done)) reload()
    return undefined
  }
  const shown = value.filter(({ id }) => id.toLowerCase().includes(text.toLowerCase())).toReversed()
  const refused = refusal ?? problem
  const remove = async (id: string) => {
    await act(() => control.call('delete', '/sessions/{id}', { path: { id } }), `Deleted ${id}.`)
    if (id === selected) session.set('default')
  }
  return (
    <>
      <NewSession
        onStart={(id, body) =>
          act(() => control.call('put', '/sessions/{id}', { path: { id }, body }), `Started ${id}.`)
        }
      />
      {refused && <ProblemBox problem={refused} />}
      <search class="filters">
        <label class="grow">
          <span class="hidden">Text in a session's id</span>
          <input
            type="search"
            placeholder="Text in the id"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
      </search>
      <p class="count">
        {Math.min(shown.length, SHOWN)} of {value.length} sessions, the one used last first
      </p>
      <ul class="cards">
        {shown.slice(0, SHOWN).map(({ id }) => (
          <li key={id} class={id === selected ? 'card row selected' : 'card row'}>
            <bdi class="grow">{id}</bdi>
            {id === selected ? (
              <span class="badge good">shown</span>
            ) : (
              <button type="button" class="button" onClick={() => session.set(id)}>
                Show<span class="hidden"> {id}</span>
              </button>
            )}
            <ConfirmButton
              label="Reset"
              confirm={`Reset ${id}`}
              onConfirm={() =>
                void act(() => control.call('put', '/sessions/{id}', { path: { id }, body: {} }), `Reset ${id}.`)
              }
            />
            {/* The default session can only start anew. */}
            {id !== 'default' && (
              <ConfirmButton label="Delete" confirm={`Delete ${id}`} onConfirm={() => void remove(id)} />
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
