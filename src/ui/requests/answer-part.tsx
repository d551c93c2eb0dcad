import type { JournalEntry } from '../control/types.ts'
import { AnswerViolationText } from '../parts/answer-violation-text.tsx'
import { BodyView } from './body-view.tsx'
import type { HarEntry } from './exchange.ts'
import { Mark } from './mark.tsx'
import { MarkedList } from './marked-list.tsx'
import { TextView } from './text-view.tsx'

interface AnswerProps {
  readonly entry: JournalEntry
  readonly har: HarEntry | undefined
  readonly pending: boolean
}

/** The answer. With a live server behind the mock, the ways in which its answer broke the document come first. */
export function AnswerPart({ entry, har, pending }: AnswerProps) {
  if (!har) return <p class="muted">{pending ? 'Asking for the answer…' : 'The answer is not kept any more.'}</p>
  const { response } = har
  return (
    <section class="part">
      <h3>
        Answered {response.status} {response.statusText}
      </h3>
      {entry.upstream?.violations.map((one) => (
        <Mark key={one.pointer + one.expected} violation={one} named>
          <AnswerViolationText violation={one} />
        </Mark>
      ))}
      <MarkedList title="Headers" items={response.headers.map(({ name, value }) => [name, value])} marks={[]} folded />
      <AnswerBody text={response.content.text ?? ''} type={response.content.mimeType} />
    </section>
  )
}

const LABEL = 'Body that was answered'

function AnswerBody({ text, type }: { readonly text: string; readonly type: string }) {
  if (text === '') return <p class="muted">No body.</p>
  const value = type.includes('json') ? parse(text) : undefined
  return value === undefined ? (
    <TextView title={`Body, ${type || 'no type'}`} label={LABEL} text={text} />
  ) : (
    <BodyView title="Body" label={LABEL} value={value} />
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
