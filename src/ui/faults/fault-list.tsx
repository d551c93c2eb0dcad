import { useApp } from '../app/app-context.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { Empty } from '../parts/empty.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'
import type { Answer } from '../parts/use-answer.ts'
import { FaultItem } from './fault-item.tsx'
import type { ListedFault } from './use-faults.ts'

/** The faults, in the order in which they were added. */
export function FaultList({ faults }: { readonly faults: Answer<readonly ListedFault[]> }) {
  const { control } = useApp()
  const { value = [], problem, pending, reload } = faults
  const { run, problem: refusal } = useAction()
  const act = async (work: () => Promise<unknown>, done: string) => {
    if (await run(work, done)) reload()
  }
  const remove = (id: string) => act(() => control.call('delete', '/faults/{id}', { path: { id } }), `Removed ${id}.`)
  const clear = () => act(() => control.call('delete', '/faults'), 'Removed all faults.')
  const shown = refusal ?? problem
  return (
    <section class="stack" aria-label="Faults of the session">
      {shown && <ProblemBox problem={shown} />}
      {value.length === 0 && !pending && (
        <Empty title="No fault yet.">
          <p>Add one here, or open a request and let the next one like it fail.</p>
        </Empty>
      )}
      <ul class="cards">
        {value.map(({ fault, isUnmet }) => (
          <FaultItem key={fault.id} fault={fault} isUnmet={isUnmet} onRemove={() => void remove(fault.id)} />
        ))}
      </ul>
      {value.length > 1 && (
        <ConfirmButton label="Remove all" confirm={`Remove ${value.length} faults`} onConfirm={() => void clear()} />
      )}
    </section>
  )
}
