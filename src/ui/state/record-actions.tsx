import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import type { Collection } from '../control/types.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import type { Action } from '../parts/use-action.ts'
import { ONE } from './collections.ts'

interface RecordActionsProps {
  readonly collection: Collection
  readonly recordKey: string
  readonly onChanged: () => void
  /** The action of the form, which shows a refusal. */
  readonly run: Action['run']
}

/** The things to do with a record that is stored. */
export function RecordActions({ collection, recordKey, onChanged, run }: RecordActionsProps) {
  const { control } = useApp()
  const act = async (work: () => Promise<unknown>, done: string) => {
    if (!(await run(work, done))) return
    onChanged()
    location.hash = linkTo('state', collection)
  }
  const path = { collection, key: recordKey }
  const validate = () =>
    act(() => control.call('post', '/domains/{id}/validate', { path: { id: recordKey } }), 'The domain is validated.')
  const remove = () => act(() => control.call('delete', '/state/{collection}/{key}', { path }), 'Deleted.')
  return (
    <>
      {collection === 'domains' && (
        <button type="button" class="button" onClick={() => void validate()}>
          Validate
        </button>
      )}
      <ConfirmButton
        label="Delete"
        confirm={`Delete ${ONE[collection]} ${recordKey}`}
        onConfirm={() => void remove()}
      />
    </>
  )
}
