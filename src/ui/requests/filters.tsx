import { useApp } from '../app/app-context.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { useAction } from '../parts/use-action.ts'
import type { Filter } from './filter.ts'
import { without } from './journal.ts'

interface FiltersProps {
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
  readonly operationIds: readonly string[]
  readonly sessions: readonly string[]
}

/** The choice of requests to show. */
export function Filters({ filter, onFilter, operationIds, sessions }: FiltersProps) {
  const clear = useClear(filter.session === '' ? sessions : [filter.session])
  return (
    <search class="filters">
      <label class="grow">
        <span class="hidden">Text in the request</span>
        <input
          type="search"
          placeholder="Text in path, status or body"
          value={filter.text}
          onInput={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        />
      </label>
      <Choice
        label="Operation"
        none="all operations"
        value={filter.operationId}
        choices={operationIds}
        onChoose={(operationId) => onFilter({ ...filter, operationId })}
      />
      <Choice
        label="Session of requests"
        none="all sessions"
        value={filter.session}
        choices={sessions}
        onChoose={(session) => onFilter({ ...filter, session })}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={filter.refused}
          onChange={(event) => onFilter({ ...filter, refused: event.currentTarget.checked })}
        />
        Refused only
      </label>
      <ConfirmButton label="Clear" confirm="Forget all requests" onConfirm={() => clear()} />
    </search>
  )
}

/** Forgets the requests of sessions. */
function useClear(sessions: readonly string[]): () => void {
  const { control, requests } = useApp()
  const { run } = useAction()
  const clear = (session: string) => control.call('delete', '/requests', { session })
  return () => {
    void run(() => Promise.all(sessions.map(clear)), 'The requests are forgotten.')
    requests.set(without(requests.get(), sessions))
  }
}

interface ChoiceProps {
  readonly label: string
  /** The text for no choice. */
  readonly none: string
  readonly value: string
  readonly choices: readonly string[]
  readonly onChoose: (value: string) => void
}

/** A value that no request has any more stays chosen, and is seen. */
const Choice = ({ label, none, value, choices, onChoose }: ChoiceProps) => (
  <label>
    <span class="hidden">{label}</span>
    <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
      <option value="">{none}</option>
      {(value === '' || choices.includes(value) ? choices : [value, ...choices]).map((choice) => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
    </select>
  </label>
)
