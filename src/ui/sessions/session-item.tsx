import { useApp } from '../app/app-context.ts'
import { DEFAULT_SESSION } from '../app/route.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { useCell } from '../parts/use-cell.ts'

export interface SessionProps {
  readonly id: string
  /** Does something, says the text, and loads the list again. */
  readonly act: (work: () => Promise<unknown>, done: string) => Promise<void>
}

/** A session, with the things to do with it. The default one can only start anew. */
export function SessionItem({ id, act }: SessionProps) {
  const { control, session } = useApp()
  const isShown = useCell(session) === id
  const path = { id }
  const reset = () => act(() => control.call('put', '/sessions/{id}', { path, body: {} }), `Reset ${id}.`)
  const remove = async () => {
    await act(() => control.call('delete', '/sessions/{id}', { path }), `Deleted ${id}.`)
    if (isShown) session.set(DEFAULT_SESSION)
  }
  return (
    <li class={isShown ? 'card row selected' : 'card row'}>
      <bdi class="grow">{id}</bdi>
      {isShown ? (
        <span class="badge good">shown</span>
      ) : (
        <button type="button" class="button" onClick={() => session.set(id)}>
          Show<span class="hidden"> {id}</span>
        </button>
      )}
      <ConfirmButton label="Reset" confirm={`Reset ${id}`} onConfirm={() => void reset()} />
      {id !== DEFAULT_SESSION && (
        <ConfirmButton label="Delete" confirm={`Delete ${id}`} onConfirm={() => void remove()} />
      )}
    </li>
  )
}
