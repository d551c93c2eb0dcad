import { escapePattern } from '../escape-pattern.ts'
import { isSecretName } from './secret-names.ts'
import { HIDDEN, type Hide } from './secret-values.ts'

/** Hides the secret fields of a multipart body; `redactContent` gives the content of other fields without secrets. */
export function redactMultipart(text: string, boundary: string, redactContent: Hide): string {
  const delimiter = new RegExp(`((?:^|\\r?\\n)--${escapePattern(boundary)})`)
  return text
    .split(delimiter)
    .map((part, index) => (index % 2 === 1 ? part : redactPart(part, redactContent)))
    .join('')
}

/** The boundary that a content type names, or else the one in the first line of the body. */
export function boundaryOf(contentType: string, text: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(contentType) ?? []
  return quoted ?? plain ?? /^--([^\r\n]*)/.exec(text)?.[1]?.trimEnd() ?? ''
}

const END_OF_HEAD = /\r?\n\r?\n/

function redactPart(part: string, redactContent: Hide): string {
  const end = END_OF_HEAD.exec(part)
  if (!end) return redactContent(part)
  const start = end.index + end[0].length
  const content = part.slice(start)
  const isSecret = namesIn(part.slice(0, end.index)).some(isSecretName)
  return part.slice(0, start) + (isSecret ? HIDDEN : redactContent(content))
}

const FIELD_NAME = /;\s*name\*?\d?\*?\s*=\s*("(?:[^"\\]|\\.)*"|[^;\r\n]*)/gi

/** The names that the head of a part gives its field. A line may be folded (RFC 822, section 3.1.1). */
const namesIn = (head: string): string[] =>
  [...head.replace(/\r?\n[ \t]/g, ' ').matchAll(FIELD_NAME)].map(([, name = '']) => name.replaceAll('\\', ''))
