import type { LineIndex } from './line-index.ts'

/** The document cannot be used; the message says where and why, in one line. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
  /** Where in the document, if the place is known. */
  readonly pointer: string | undefined

  constructor(message: string, pointer?: string) {
    super(message)
    this.pointer = pointer
  }
}

/** The error with the file and the line in front: that of the place, or else of the nearest node around it. */
export function located(error: DocumentError, source: string, lines: LineIndex): DocumentError {
  const line = error.pointer === undefined ? undefined : lineAt(lines, error.pointer)
  return new DocumentError(`${source}${line === undefined ? '' : `, line ${line}`}: ${error.message}`, error.pointer)
}

/** Does work on a document; a DocumentError of it names the file and the line. */
export function locating<T>(source: string, lines: LineIndex, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof DocumentError ? located(error, source, lines) : error
  }
}

function lineAt(lines: LineIndex, pointer: string): number | undefined {
  return lines.get(pointer) ?? (pointer === '' ? undefined : lineAt(lines, pointer.slice(0, pointer.lastIndexOf('/'))))
}
