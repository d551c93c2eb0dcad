import { LongText } from './long-text.tsx'

/** A body as text. */
export const TextView = ({ title, text }: { readonly title: string; readonly text: string }) => (
  <details class="list" open>
    <summary>{title}</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard. */}
    <section class="json text" aria-label={title} tabIndex={0}>
      <LongText text={text} class="json-string" />
    </section>
  </details>
)
