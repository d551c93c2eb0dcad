import { useState } from 'preact/hooks'
import type { Pack } from '../control/types.ts'
import { PACKS } from '../state/pack-tool.tsx'

interface NewSessionProps {
  readonly onStart: (id: string, body: { readonly pack: Pack }) => unknown
}

/** Starts a session from a pack. */
export function NewSession({ onStart }: NewSessionProps) {
  const [id, setId] = useState('')
  const [pack, choose] = useState<Pack>('default')
  return (
    <form
      class="filters"
      aria-label="Start a session"
      onSubmit={(event) => {
        event.preventDefault()
        onStart(id, { pack })
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
      <label>
        <span class="hidden">Pack of seed data</span>
        <select
          value={pack}
          onChange={(event) => choose(PACKS.find((one) => one === event.currentTarget.value) ?? 'default')}
        >
          {PACKS.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button primary">
        Start session
      </button>
    </form>
  )
}
