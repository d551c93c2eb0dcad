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
export function AttemptField(props: AttemptFieldProps) {
  const { label, errors, required = false } = props
  const id = useId()
  return (
    <div class="field">
      <label for={id}>
        {label}
        {required && <span class="required"> required</span>}
      </label>
      <AttemptControl {...props} id={id} />
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

/** A choice, an area for long texts, or a line. */
function AttemptControl({ id, value, onValue, errors, long, choices }: AttemptFieldProps & { readonly id: string }) {
  const marks = errors.length > 0 && { 'aria-invalid': true, 'aria-describedby': `${id}-error` }
  const common = { id, value, ...marks }
  const typed = { autocomplete: 'off', spellcheck: false } as const
  if (choices)
    return (
      <select {...common} onChange={(event) => onValue(event.currentTarget.value)}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    )
  if (!long) return <input {...common} {...typed} onInput={(event) => onValue(event.currentTarget.value)} />
  return (
    <textarea
      {...common}
      {...typed}
      rows={6}
      class="code-area"
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  )
}
