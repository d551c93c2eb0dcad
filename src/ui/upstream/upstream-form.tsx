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

/**
 * The settings of the live server, by the control document's schema. A list that is emptied is empty, not left as it was. The form follows
 * changes by others until something is typed.
 */
export function UpstreamForm({ state: { url: _url, ...settings }, onChanged }: UpstreamProps) {
  const { control, document } = useApp()
  const api = useCell(document)
  const [typed, type] = useState<{ readonly draft: Draft | undefined; readonly over: string } | undefined>(undefined)
  const { run, problem, pending } = useAction()
  const stored = JSON.stringify(settings)
  const draft = typed ? typed.draft : draftOf(settings, SCHEMA, schemas)
  const save = async () => {
    const body = { pass: [], mock: [], ...Object(bodyOfDraft(draft, SCHEMA, schemas)) }
    if (await run(() => control.call('put', '/upstream', { body }), 'The settings are saved.')) {
      type(undefined)
      onChanged()
    }
  }
  return (
    <SchemaForm
      label="Settings of the live server"
      schema={SCHEMA}
      {...{ schemas, draft }}
      {...(problem && { problem })}
      operationIds={api ? operationsOf(api).map(({ id }) => id) : []}
      onChange={(next) => type({ draft: next, over: typed?.over ?? stored })}
      onSubmit={() => void save()}
    >
      {typed && typed.over !== stored && (
        <p class="notes" role="status">
          The settings were changed meanwhile. Saving replaces them.
        </p>
      )}
      <button type="submit" class="button primary" disabled={pending}>
        Save settings
      </button>
    </SchemaForm>
  )
}
