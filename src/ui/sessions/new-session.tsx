import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import type { Pack } from '../control/types.ts'
import { NameForm } from '../parts/name-form.tsx'
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
    <NameForm
      label="Start a session"
      field="Id of the session"
      placeholder="Id of a new session"
      name={id}
      onName={setId}
      onSubmit={start}
      button="Start session"
    >
      <PackSelect pack={pack} onChoose={choose} />
    </NameForm>
  )
}
