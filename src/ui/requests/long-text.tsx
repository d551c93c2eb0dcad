import { useState } from 'preact/hooks'

/** Characters of a value that are shown at first. */
const LONGEST = 500

/** A text of any length; a long one is cut until it is asked for. */
export function LongText({ text, class: look }: { readonly text: string; readonly class: string }) {
  const [whole, show] = useState(false)
  if (whole || text.length <= LONGEST) return <bdi class={look}>{text}</bdi>
  return (
    <>
      <bdi class={look}>{text.slice(0, LONGEST)}…</bdi>{' '}
      <button type="button" class="button small" onClick={() => show(true)}>
        Show all {text.length.toLocaleString('en')} characters
      </button>
    </>
  )
}
