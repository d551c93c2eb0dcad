import { FaultForm } from './fault-form.tsx'
import { FaultList } from './fault-list.tsx'
import { useFaults } from './use-faults.ts'

/** The faults of the session, and a form to add one. */
export function FaultsView() {
  const faults = useFaults()
  return (
    <div class="columns">
      <FaultList faults={faults} />
      <section class="card" aria-labelledby="add-fault">
        <h2 id="add-fault">Add a fault</h2>
        <FaultForm onAdded={faults.reload} />
      </section>
    </div>
  )
}
