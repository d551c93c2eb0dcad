import { useId } from 'preact/hooks'
import type { Violation } from '../control/types.ts'
import { ViolationText } from '../parts/violation-text.tsx'

interface AttemptFieldProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly errors: readonly Violation[]
  readonly required?: boolean
  readonly long?: boolean
  readonly choices?: readonly string[]
}

/** One value of a request to try. */
export function AttemptField({
  label,
  value,
  onValue,
  errors,
  required = false,
  long = false,
  choices,
}: AttemptFieldProps) {
  const id = useId()
  const common = {
    id,
    value,
    ...(errors.length > 0 && { 'aria-invalid': true, 'aria-describedby': `${id}-error` }),
  }
  return (
    <div class="field">
      <label for={id}>
        {label}
        {required && <span class="required"> required</span>}
      </label>
      {choices ? (
        <select {...common} onChange={(event) => onValue(event.currentTarget.value)}>
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : long ? (
        <textarea
          {...common}
          rows={6}
          spellcheck={false}
          class="code-area"
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      ) : (
        <input
          {...common}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
      {errors.length > 0 && (
        <span class="field-error" id={`${id}-error`} role="alert">
          {errors.map((one) => (
            <span key={one.pointer + one.expected}>
              <span aria-hidden="true">⚠ </span>
              <code>{one.pointer}</code> <ViolationText violation={one} />
            </span>
          ))}
        </span>
      )}
    </div>
  )
}
