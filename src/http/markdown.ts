import { printable, printableLines } from './printable.ts'

/** Characters that are markup of CommonMark, of GitHub's additions or of HTML, and the beginnings of links. */
const MARKUP = /[\\`*_[\]|~<>&@#]|:(?=\/\/)|(?<=^|\W)www\.|^[-+=]|(?<=^\d+)[.)]/gi

/** A text on one line of Markdown, in which nothing is markup, a link or a mention. */
export const markdownText = (text: string): string =>
  printable(text, Number.POSITIVE_INFINITY).replace(MARKUP, (found) => `&#${found.charCodeAt(0)};${found.slice(1)}`)

/** A text as code within a line. It is fenced by more backticks than it has itself. */
export function markdownCode(text: string): string {
  const shown = printable(text, Number.POSITIVE_INFINITY)
  const fence = fenceFor(shown, 1)
  return shown === '' ? '' : `${fence} ${shown} ${fence}`
}

/** Lines of code as a block. */
export function markdownBlock(text: string, language = ''): string {
  const shown = printableLines(text)
  const fence = fenceFor(shown, 3)
  return `${fence}${language}\n${shown}\n${fence}`
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  return '`'.repeat(Math.max(least, longest + 1))
}

/** A table of texts. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map((cells) => line(cells.map(markdownText)))].join('\n')
}

/** A job summary of GitHub may have 1 MiB; a longer one is dropped whole. */
export const MOST_SUMMARY_BYTES = 1_000_000

/** The parts, one paragraph each, as long as they fit; then a last one that says that there are more. */
export function markdownWithin(parts: readonly string[], most: number, more: string): string {
  const fitting: string[] = []
  let bytes = Buffer.byteLength(more) + 2
  for (const part of parts) {
    bytes += Buffer.byteLength(part) + 2
    if (bytes > most) return `${[...fitting, more].join('\n\n')}\n`
    fitting.push(part)
  }
  return `${fitting.join('\n\n')}\n`
}
