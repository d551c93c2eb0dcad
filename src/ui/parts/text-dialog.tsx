import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { download } from './download.ts'

interface TextDialogProps {
  readonly title: string
  readonly text: string
  /** Offers the text as a file of this name. */
  readonly file?: string
  readonly children?: ComponentChildren
  readonly onClose: () => void
}

/** A text over the page, to be read, copied or saved. Escape closes it. */
export function TextDialog({ title, text, file, children, onClose }: TextDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="dialog" aria-label={title} onClose={onClose}>
      <header class="dialog-head">
        <h2>{title}</h2>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      {children}
      <textarea
        class="code-area"
        readOnly
        rows={16}
        aria-label={title}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <footer class="actions">
        <button type="button" class="button" onClick={() => void navigator.clipboard?.writeText(text)}>
          Copy
        </button>
        {file !== undefined && (
          <button type="button" class="button" onClick={() => download(file, text)}>
            Save {file}
          </button>
        )}
      </footer>
    </dialog>
  )
}
