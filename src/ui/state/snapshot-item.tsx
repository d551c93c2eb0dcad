import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'

export interface SnapshotProps {
  readonly name: string
  /** Does something, says the text, and loads the list again. */
  readonly act: (work: () => Promise<unknown>, done: string) => Promise<void>
}

/** A snapshot, with the things to do with it. */
export function SnapshotItem({ name, act }: SnapshotProps) {
  const { control } = useApp()
  const path = { name }
  const restore = () => act(() => control.call('post', '/snapshots/{name}/restore', { path }), `Restored ${name}.`)
  const forget = () => act(() => control.call('delete', '/snapshots/{name}', { path }), `Forgot ${name}.`)
  return (
    <li class="card row">
      <bdi class="grow">{name}</bdi>
      <a class="button" href={linkTo('state', 'snapshots', name)}>
        Compare<span class="hidden"> {name}</span>
      </a>
      <ConfirmButton label="Restore" confirm={`Restore ${name}`} onConfirm={() => void restore()} />
      <ConfirmButton label="Forget" confirm={`Forget ${name}`} onConfirm={() => void forget()} />
    </li>
  )
}
