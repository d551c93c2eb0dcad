import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { NewSession } from './new-session.tsx'
import { SessionItem } from './session-item.tsx'

/** Rows that are shown; a test run may have thousands of sessions. */
const SHOWN = 200

/** The sessions that live: switch, reset, delete, and start one. */
export function SessionsView() {
  const { control, changes } = useApp()
  const changed = useCell(changes).session
  const { value = [], reload, problem } = useAnswer((signal) => control.call('get', '/sessions', { signal }), [changed])
  const [text, setText] = useState('')
  const { run, problem: refusal } = useAction()
  const act = async (work: () => Promise<unknown>, done: string) => {
    if (await run(work, done)) reload()
  }
  const shown = value.filter(({ id }) => id.toLowerCase().includes(text.toLowerCase())).toReversed()
  const refused = refusal ?? problem
  return (
    <>
      <NewSession act={act} />
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
          <SessionItem key={id} id={id} act={act} />
        ))}
      </ul>
    </>
  )
}
