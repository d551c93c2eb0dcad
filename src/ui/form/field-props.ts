import type { FunctionComponent } from 'preact'
import type { Draft } from './draft.ts'
import type { FieldErrors } from './field-errors.ts'
import type { Schema, Schemas } from './schema.ts'

/** The properties of a field of a form that is made from a schema. */
export interface FieldProps {
  readonly label: string
  /** The JSON Pointer of the field in the body of the form. */
  readonly pointer: string
  readonly schema: Schema
  readonly schemas: Schemas
  readonly required: boolean
  readonly draft: Draft | undefined
  readonly onChange: (draft: Draft | undefined) => void
  readonly errors: FieldErrors
  /** Values to choose from, for fields with `x-operation-id`. */
  readonly operationIds: readonly string[]
  /** The component for fields inside of this one. */
  readonly render: FunctionComponent<FieldProps>
}

/** The id of the control of a field. It may have any character but blanks. */
export const idOf = (pointer: string) => `field${pointer.replaceAll(' ', '_')}`
