import { useMemo, useState } from 'preact/hooks'
import type { Violation } from '../control/types.ts'
import { type JsonLine, jsonLines } from './json-lines.ts'
import { LongText } from './long-text.tsx'
import { Mark } from './mark.tsx'
import { marksByLine } from './marks.ts'

interface BodyViewProps {
  readonly title: string
  /** The name of the body for screen readers, where the page has two. */
  readonly label?: string
  readonly value: unknown
  readonly violations?: readonly Violation[]
}

/** Lines that are drawn at first. More come by a button, so that a body of megabytes does not stop the page. */
const LINES = 400

/** A JSON value over several lines, each violation under the line that it points to. */
export function BodyView({ title, label = title, value, violations = [] }: BodyViewProps) {
  const lines = useMemo(() => (value === undefined ? [] : jsonLines(value)), [value])
  const pointers = useMemo(() => new Set(lines.map(({ pointer }) => pointer)), [lines])
  const marks = marksByLine(violations, pointers)
  const [most, setMost] = useState(LINES)
  const shown = linesToShow(lines, most, marks)
  return (
    <details class="list" open>
      <summary>{title}</summary>
      {value === undefined && violations.map((one) => <Mark key={one.pointer + one.expected} violation={one} named />)}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard. */}
      <section class="json" aria-label={label} tabIndex={0}>
        {shown.map((line) => (
          <Line key={`${line.pointer}${line.kind}`} line={line} marks={marks.get(line.pointer)} />
        ))}
      </section>
      {lines.length > shown.length && (
        <button type="button" class="button small" onClick={() => setMost(most * 5)}>
          Show more: {shown.length} of {lines.length} lines
        </button>
      )}
    </details>
  )
}

/** The first lines, and every line with a mark. */
const linesToShow = (lines: readonly JsonLine[], most: number, marks: ReadonlyMap<string, unknown>) =>
  lines.length <= most ? lines : lines.filter(({ pointer }, index) => index < most || marks.has(pointer))

interface LineProps {
  readonly line: JsonLine
  readonly marks: readonly Violation[] | undefined
}

function Line({ line: { depth, name, text, kind, comma }, marks = [] }: LineProps) {
  return (
    <div
      class={marks.length > 0 ? 'json-line marked' : 'json-line'}
      style={{ paddingInlineStart: `${depth * 1.25}em` }}
    >
      {name !== undefined && (
        <>
          <bdi class="json-name">{JSON.stringify(name)}</bdi>:{' '}
        </>
      )}
      <LongText text={text} class={`json-${kind}`} />
      {comma && ','}
      {marks.map((one) => (
        <Mark key={one.pointer + one.expected} violation={one} />
      ))}
    </div>
  )
}
