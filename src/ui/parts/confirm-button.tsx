import { useState } from 'preact/hooks'

interface ConfirmProps {
  readonly label: string
  /** The label of the second press, such as "Delete pet 7". */
  readonly confirm: string
  readonly onConfirm: () => void
}

/** A button for what cannot be undone: it acts at the second press. */
export function ConfirmButton({ label, confirm, onConfirm }: ConfirmProps) {
  const [asked, ask] = useState(false)
  const press = () => {
    ask(!asked)
    if (asked) onConfirm()
  }
  return (
    <button type="button" class={asked ? 'button danger' : 'button'} onClick={press} onBlur={() => ask(false)}>
      {asked ? `${confirm}?` : label}
    </button>
  )
}
