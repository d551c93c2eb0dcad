import type { FieldErrors } from '../form/field-errors.ts'
import { idOf } from '../form/field-props.ts'
import { describedBy, FieldText } from '../form/field-text.tsx'

interface ClockFieldProps {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly errors: FieldErrors
  readonly button: string
  readonly onSubmit: () => void
}

/** One value of the clock, with the button that sends it. */
export function ClockField({ name, label, hint, value, onValue, errors, button, onSubmit }: ClockFieldProps) {
  const pointer = `/${name}`
  const texts = { pointer, schema: { description: hint }, errors }
  return (
    <form
      class="field"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <label for={idOf(pointer)}>{label}</label>
      <span class="joined">
        <input
          id={idOf(pointer)}
          {...describedBy(texts)}
          required
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        <button type="submit" class="button">
          {button}
        </button>
      </span>
      <FieldText {...texts} />
    </form>
  )
}
