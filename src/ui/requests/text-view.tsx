import { LongText } from './long-text.tsx'

interface TextViewProps {
  readonly title: string
  /** The name of the text for screen readers, where the page has two. */
  readonly label?: string
  readonly text: string
}

/** A body as text. */
export const TextView = ({ title, label = title, text }: TextViewProps) => (
  <details class="list" open>
    <summary>{title}</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard. */}
    <section class="json text" aria-label={label} tabIndex={0}>
      <LongText text={text} class="json-string" />
    </section>
  </details>
)
