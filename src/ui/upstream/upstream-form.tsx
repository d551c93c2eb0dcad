import schemas from 'control-schemas'
import { useState } from 'preact/hooks'
import { operationsOf } from '../app/api-document.ts'
import { useApp } from '../app/app-context.ts'
import { bodyOfDraft, type Draft, draftOf } from '../form/draft.ts'
import { SchemaForm } from '../form/schema-form.tsx'
import { useAction } from '../parts/use-action.ts'
import { useCell } from '../parts/use-cell.ts'
import type { UpstreamProps } from './upstream-tools.tsx'

const SCHEMA = schemas.UpstreamChange ?? {}

/** The settings of the live server, by the control document's schema. A list that is emptied is empty, not left as it was. */
export function UpstreamForm({ state: { url: _url, ...settings }, onChanged }: UpstreamProps) {
  const { control, document } = useApp()
  const api = useCell(document)
  const [draft, setDraft] = useState<Draft | undefined>(() => draftOf(settings, SCHEMA, schemas))
  const { run, problem, pending } = useAction()
  const save = async () => {
    const body = { pass: [], mock: [], ...Object(bodyOfDraft(draft, SCHEMA, schemas)) }
    if (await run(() => control.call('put', '/upstream', { body }), 'The settings are saved.')) onChanged()
  }
  return (
    <SchemaForm
      label="Settings of the live server"
      schema={SCHEMA}
      {...{ schemas, draft }}
      {...(problem && { problem })}
      operationIds={api ? operationsOf(api).map(({ id }) => id) : []}
      onChange={setDraft}
      onSubmit={() => void save()}
    >
      <button type="submit" class="button primary" disabled={pending}>
        Save settings
      </button>
    </SchemaForm>
  )
}
