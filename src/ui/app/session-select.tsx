import { useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { useApp } from './app-context.ts'

/** The session that the views show. */
export function SessionSelect() {
  const { control, session, changes } = useApp()
  const selected = useCell(session)
  const changed = useCell(changes).session
  const { value = [] } = useAnswer((signal) => control.call('get', '/sessions', { signal }), [changed, control])
  const ids = value.map(({ id }) => id)
  const shown = ids.includes(selected) ? ids : [selected, ...ids]
  return (
    <label class="choice">
      <span>Session</span>
      <select value={selected} onChange={(event) => session.set(event.currentTarget.value)}>
        {shown.map((id) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
      </select>
    </label>
  )
}
