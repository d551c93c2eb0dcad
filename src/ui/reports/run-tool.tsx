import schemas from 'control-schemas'
import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import { bodyOfDraft, type Draft, draftOf, textOfField, withField } from '../form/draft.ts'
import { SchemaForm } from '../form/schema-form.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { useAction } from '../parts/use-action.ts'
import { commandFor } from './command.ts'

const SCHEMA = schemas.RunInput ?? {}

const START = draftOf({ kind: 'contract' }, SCHEMA, schemas)

/** A form that begins a report on a server. The key is forgotten as soon as the run has begun. */
export function RunTool({ onBegun }: { readonly onBegun: () => void }) {
  const { control } = useApp()
  const [draft, setDraft] = useState<Draft | undefined>(START)
  const { run, problem, pending } = useAction()
  const begin = () =>
    run(async () => {
      const { id } = await control.call('post', '/runs', { body: bodyOfDraft(draft, SCHEMA, schemas) ?? {} })
      setDraft(withField(draft, 'apiKey', undefined))
      location.hash = linkTo('reports', id)
      onBegun()
    }, 'The run has begun.')
  const command = commandFor(
    textOfField(draft, 'kind') === 'drift' ? 'drift' : 'contract',
    textOfField(draft, 'baseUrl'),
  )
  return (
    <section class="card" aria-labelledby="run-report">
      <h2 id="run-report">Check a server</h2>
      <p>Safe mode reads and changes nothing. The mock asks the server, not this page.</p>
      <SchemaForm
        label="Run"
        schema={SCHEMA}
        {...{ schemas, draft }}
        {...(problem && { problem })}
        onChange={setDraft}
        onSubmit={() => void begin()}
      >
        <button type="submit" class="button primary" disabled={pending}>
          Run in safe mode
        </button>
      </SchemaForm>
      <details class="list">
        <summary>The same in a shell</summary>
        <pre class="command">{command}</pre>
        <CopyButton label="Copy command" title="the command" text={async () => command} />
      </details>
    </section>
  )
}
