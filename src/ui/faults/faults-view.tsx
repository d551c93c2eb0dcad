import { useApp } from '../app/app-context.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { Empty } from '../parts/empty.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { FaultForm } from './fault-form.tsx'
import { FaultItem } from './fault-item.tsx'

/** The faults of the session, and a form to add one. */
export function FaultsView() {
  const { control, changes, session } = useApp()
  const id = useCell(session)
  const changed = useCell(changes).fault
  const {
    value = [],
    problem,
    pending,
    reload,
  } = useAnswer(
    async (signal) => {
      const [faults, unmet] = await Promise.all([
        control.call('get', '/faults', { signal }),
        control.call('get', '/faults/unmet', { signal }),
      ])
      const ids = new Set(unmet.map((fault) => fault.id))
      return faults.map((fault) => ({ fault, isUnmet: ids.has(fault.id) }))
    },
    [changed, id],
  )
  const { run, problem: refusal } = useAction()
  const act = async (work: () => Promise<unknown>, done: string) => {
    if (await run(work, done)) reload()
  }
  const shown = refusal ?? problem
  return (
    <div class="columns">
      <section class="stack" aria-label="Faults of the session">
        {shown && <ProblemBox problem={shown} />}
        {value.length === 0 && !pending && (
          <Empty title="No fault yet.">
            <p>Add one here, or open a request and let the next one like it fail.</p>
          </Empty>
        )}
        <ul class="cards">
          {value.map(({ fault, isUnmet }) => (
            <FaultItem
              key={fault.id}
              fault={fault}
              isUnmet={isUnmet}
              onRemove={() =>
                void act(
                  () => control.call('delete', '/faults/{id}', { path: { id: fault.id } }),
                  `Removed ${fault.id}.`,
                )
              }
            />
          ))}
        </ul>
        {value.length > 1 && (
          <ConfirmButton
            label="Remove all"
            confirm={`Remove ${value.length} faults`}
            onConfirm={() => void act(() => control.call('delete', '/faults'), 'Removed all faults.')}
          />
        )}
      </section>
      <section class="card" aria-labelledby="add-fault">
        <h2 id="add-fault">Add a fault</h2>
        <FaultForm onAdded={reload} />
      </section>
    </div>
  )
}
