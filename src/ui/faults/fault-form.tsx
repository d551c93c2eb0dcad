import schemas from 'control-schemas'
import { useState } from 'preact/hooks'
import { operationsOf } from '../app/api-document.ts'
import { useApp } from '../app/app-context.ts'
import { bodyOfDraft, type Draft, draftOf } from '../form/draft.ts'
import { SchemaForm } from '../form/schema-form.tsx'
import { useAction } from '../parts/use-action.ts'
import { useCell } from '../parts/use-cell.ts'

const SCHEMA = schemas.FaultInput ?? {}

/** One step is there at first: a fault needs one. */
const START = draftOf({ steps: [{ kind: 'status', status: 500 }] }, SCHEMA, schemas)

/** The form of a fault, made of the control document's schema. It is kept as it is while the mock refuses it. */
export function FaultForm({ onAdded }: { readonly onAdded: () => void }) {
  const { control, document } = useApp()
  const api = useCell(document)
  const [draft, setDraft] = useState<Draft | undefined>(START)
  const { run, problem, pending } = useAction()
  const add = async () => {
    const body = bodyOfDraft(draft, SCHEMA, schemas) ?? {}
    if (!(await run(() => control.call('post', '/faults', { body }), 'Added the fault.'))) return
    setDraft(START)
    onAdded()
  }
  return (
    <SchemaForm
      label="Fault"
      schema={SCHEMA}
      {...{ schemas, draft }}
      {...(problem && { problem })}
      operationIds={api ? operationsOf(api).map(({ id }) => id) : []}
      onChange={setDraft}
      onSubmit={() => void add()}
    >
      <button type="submit" class="button primary" disabled={pending}>
        Add fault
      </button>
    </SchemaForm>
  )
}
