import type { ComponentChildren } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import type { Problem } from '../control/problem.ts'
import { ProblemBox } from '../parts/problem-box.tsx'
import type { Draft } from './draft.ts'
import { Field } from './field.tsx'
import { placeErrors } from './field-errors.ts'
import { idOf } from './field-props.ts'
import { pointersOf } from './pointers.ts'
import type { Schema, Schemas } from './schema.ts'

interface SchemaFormProps {
  /** The name of the form for screen readers. */
  readonly label: string
  readonly schema: Schema
  readonly schemas: Schemas
  readonly draft: Draft | undefined
  readonly onChange: (draft: Draft | undefined) => void
  readonly onSubmit: () => void
  readonly problem?: Problem
  readonly operationIds?: readonly string[]
  /** The buttons. */
  readonly children: ComponentChildren
}

/** A form that is made from a schema. A refusal is shown at the fields that it points to, and the first of them gets the focus. */
export function SchemaForm(props: SchemaFormProps) {
  const { label, schema, schemas, draft, onChange, onSubmit, problem, operationIds = [], children } = props
  const shown = new Set(pointersOf(schema, draft, schemas))
  const { atFields, elsewhere } = placeErrors(problem?.errors ?? [], shown)
  useLayoutEffect(() => {
    const [first] = atFields.keys()
    if (first !== undefined) document.getElementById(idOf(first))?.focus()
  }, [problem])
  return (
    <form
      class="schema-form"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {problem && <ProblemBox problem={problem} violations={elsewhere} />}
      <Field
        label={label}
        pointer=""
        {...{ schema, schemas, draft, onChange, errors: atFields, operationIds }}
        required={true}
        render={Field}
      />
      <div class="actions">{children}</div>
    </form>
  )
}
