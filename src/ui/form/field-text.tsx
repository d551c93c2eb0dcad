import { ViolationText } from '../parts/violation-text.tsx'
import { type FieldProps, idOf } from './field-props.ts'

type Texts = Pick<FieldProps, 'pointer' | 'schema' | 'errors'>

/** The description of a field, and the violations at it; both are announced with the field. */
export const FieldText = ({ pointer, schema, errors }: Texts) => (
  <>
    {schema.description !== undefined && (
      <small class="hint" id={`${idOf(pointer)}-hint`}>
        {schema.description}
      </small>
    )}
    {errors.has(pointer) && (
      <span class="field-error" id={`${idOf(pointer)}-error`} role="alert">
        {errors.get(pointer)?.map((violation) => (
          <span key={violation.expected}>
            <span aria-hidden="true">⚠ </span>
            <ViolationText violation={violation} />
          </span>
        ))}
      </span>
    )}
  </>
)

/** The attributes that tie the texts to the control. */
export function describedBy({ pointer, schema, errors }: Texts) {
  const ids = [
    ...(schema.description === undefined ? [] : [`${idOf(pointer)}-hint`]),
    ...(errors.has(pointer) ? [`${idOf(pointer)}-error`] : []),
  ]
  return {
    ...(ids.length > 0 && { 'aria-describedby': ids.join(' ') }),
    ...(errors.has(pointer) && { 'aria-invalid': true }),
  }
}
