import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import { NameForm } from '../parts/name-form.tsx'
import type { SnapshotProps } from './snapshot-item.tsx'

/** A form that takes a snapshot. */
export function TakeSnapshot({ act }: Pick<SnapshotProps, 'act'>) {
  const { control } = useApp()
  const [text, setText] = useState('')
  const name = text.trim()
  const take = () =>
    act(() => control.call('post', '/snapshots/{name}', { path: { name } }), `Took the snapshot ${name}.`)
  return (
    <NameForm
      label="Take a snapshot"
      field="Name of the snapshot"
      placeholder="Name, such as before-test"
      name={text}
      onName={setText}
      onSubmit={take}
      button="Take snapshot"
    />
  )
}
