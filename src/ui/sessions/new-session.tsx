import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import type { Pack } from '../control/types.ts'
import { PackSelect } from '../state/pack-select.tsx'
import type { SessionProps } from './session-item.tsx'

/** Starts a session from a pack. */
export function NewSession({ act }: Pick<SessionProps, 'act'>) {
  const { control } = useApp()
  const [id, setId] = useState('')
  const [pack, choose] = useState<Pack>('default')
  const start = () =>
    act(() => control.call('put', '/sessions/{id}', { path: { id }, body: { pack } }), `Started ${id}.`)
  return (
    <form
      class="filters"
      aria-label="Start a session"
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <label class="grow">
        <span class="hidden">Id of the session</span>
        <input
          placeholder="Id of a new session"
          required
          value={id}
          onInput={(event) => setId(event.currentTarget.value)}
        />
      </label>
      <PackSelect pack={pack} onChoose={choose} />
      <button type="submit" class="button primary">
        Start session
      </button>
    </form>
  )
}
