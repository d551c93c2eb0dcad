import { useState } from 'preact/hooks'
import type { ApiDocument } from '../app/api-document.ts'
import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import type { Collection, StoredRecord } from '../control/types.ts'
import { bodyOfDraft, draftOf } from '../form/draft.ts'
import type { Schemas } from '../form/schema.ts'
import { SchemaForm } from '../form/schema-form.tsx'
import { useAction } from '../parts/use-action.ts'
import { ONE, SCHEMA } from './collections.ts'
import { Pictures } from './pictures.tsx'
import { RecordActions } from './record-actions.tsx'
import { keyOf } from './records.ts'

interface RecordFormProps {
  readonly api: ApiDocument
  readonly collection: Collection
  readonly recordKey: string
  readonly isNew: boolean
  readonly record: StoredRecord
  /** Called with what is stored now; without it where the record is not open any more. */
  readonly onChanged: (stored?: StoredRecord) => void
}

/** The form of a record, from its schema in the API's document. The mock validates what is sent. */
export function RecordForm({ api, collection, recordKey, isNew, record, onChanged }: RecordFormProps) {
  const { control } = useApp()
  const schemas: Schemas = api.components.schemas ?? {}
  const schema = schemas[SCHEMA[collection]] ?? {}
  const [draft, setDraft] = useState(() => draftOf(record, schema, schemas))
  const { run, problem, pending } = useAction()
  const path = { collection, key: recordKey }
  const save = async () => {
    const body = bodyOfDraft(draft, schema, schemas) ?? {}
    let stored: StoredRecord = {}
    const send = async () => {
      stored = isNew
        ? await control.call('post', '/state/{collection}', { path, body })
        : await control.call('put', '/state/{collection}/{key}', { path, body })
      location.hash = linkTo('state', collection, keyOf(collection, stored))
    }
    if (await run(send, `Saved the ${ONE[collection]}.`)) onChanged(stored)
  }
  return (
    <>
      <Pictures record={record} />
      <SchemaForm
        label={`Values of the ${ONE[collection]}`}
        {...{ schema, schemas, draft }}
        {...(problem && { problem })}
        onChange={setDraft}
        onSubmit={() => void save()}
      >
        <button type="submit" class="button primary" disabled={pending}>
          Save
        </button>
        {!isNew && <RecordActions {...{ collection, recordKey, onChanged, run }} />}
      </SchemaForm>
    </>
  )
}
