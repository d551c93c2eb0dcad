import { printableLines } from './printable.ts'

/** A remark that GitHub shows beside a run and, if it has a file, at a line of it. */
export interface Annotation {
  readonly kind: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  /** A file of the repository, by its path from the root; without one, the remark stands beside the run alone. */
  readonly file?: string
  readonly line?: number
}

/** GitHub shows so many annotations of each kind for one step, and drops the rest without a word. */
export const MOST_ANNOTATIONS = 10

/** The annotation as a workflow command of GitHub Actions: one line, without a line break, whatever its texts hold. */
export function annotationLine({ kind, title, message, file, line }: Annotation): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${escapeProperty(file)}`]),
    ...(file === undefined || line === undefined ? [] : [`line=${line}`]),
    `title=${escapeProperty(title)}`,
  ]
  return `::${kind} ${properties.join(',')}::${escapeText(message)}`
}

/** As many annotations as GitHub shows of each kind; the last of a kind then says how many more there are, and where. */
export function annotationLines(annotations: readonly Annotation[], elsewhere: string): string[] {
  const kinds = [...new Set(annotations.map(({ kind }) => kind))]
  return kinds.flatMap((kind) => {
    const some = annotations.filter((annotation) => annotation.kind === kind)
    if (some.length <= MOST_ANNOTATIONS) return some.map(annotationLine)
    const shown = some.slice(0, MOST_ANNOTATIONS - 1)
    const title = `${some.length - shown.length} more`
    const rest = { kind, title, message: `GitHub shows ${MOST_ANNOTATIONS} of a step. ${elsewhere}` }
    return [...shown, rest].map(annotationLine)
  })
}

const escapeText = (text: string) =>
  printableLines(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string) => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
