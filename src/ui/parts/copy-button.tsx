import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import { TextDialog } from './text-dialog.tsx'

interface Copied {
  readonly label: string
  readonly title: string
  /** The text, which may have to be asked for. */
  readonly text: () => Promise<string>
  readonly class?: string
}

/** Copies a text. Where the browser does not let the page, as without TLS, it shows the text to copy. */
export function CopyButton({ label, title, text, class: look = 'button' }: Copied) {
  const { say } = useApp()
  const [shown, show] = useState<string | undefined>(undefined)
  const copy = async () => {
    const value = await text().catch((error: unknown) => `# ${error instanceof Error ? error.message : String(error)}`)
    const copied = await navigator.clipboard?.writeText(value).then(
      () => true,
      () => false,
    )
    if (copied) say(`Copied: ${title}.`)
    else show(value)
  }
  return (
    <>
      <button type="button" class={look} onClick={() => void copy()}>
        {label}
      </button>
      {shown !== undefined && <TextDialog title={title} text={shown} onClose={() => show(undefined)} />}
    </>
  )
}
