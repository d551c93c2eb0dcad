import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import type { SnapshotProps } from './snapshot-item.tsx'

/** A form that takes a snapshot. */
export function TakeSnapshot({ act }: Pick<SnapshotProps, 'act'>) {
  const { control } = useApp()
  const [text, setText] = useState('')
  const name = text.trim()
  const take = () =>
    act(() => control.call('post', '/snapshots/{name}', { path: { name } }), `Took the snapshot ${name}.`)
  return (
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
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button primary">
        Take snapshot
      </button>
    </form>
  )
}
