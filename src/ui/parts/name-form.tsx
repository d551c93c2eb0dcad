import type { ComponentChildren } from 'preact'

/** A form of one line that starts something under a name. */
interface NameFormProps {
  /** Names the form to screen readers. */
  readonly label: string
  /** Names the field to screen readers. */
  readonly field: string
  readonly placeholder: string
  readonly name: string
  readonly onName: (name: string) => void
  readonly onSubmit: () => Promise<unknown>
  /** The text of its button. */
  readonly button: string
  /** Further fields. */
  readonly children?: ComponentChildren
}

export const NameForm = ({ label, field, placeholder, name, onName, onSubmit, button, children }: NameFormProps) => (
  <form
    class="filters"
    aria-label={label}
    onSubmit={(event) => {
      event.preventDefault()
      void onSubmit()
    }}
  >
    <label class="grow">
      <span class="hidden">{field}</span>
      <input placeholder={placeholder} required value={name} onInput={(event) => onName(event.currentTarget.value)} />
    </label>
    {children}
    <button type="submit" class="button primary">
      {button}
    </button>
  </form>
)
