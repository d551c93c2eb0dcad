import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { DocumentError } from './document-error.ts'

/** Bytes and lines of a document that are read: reading YAML takes 10 µs a value. Inboxes' own has 36 kB. */
export const MOST_BYTES = 1_000_000
export const MOST_LINES = 50_000

/** Reads the text of a document. Throws a DocumentError if the file cannot be read, or is no text in UTF-8. */
export function readDocumentText(path: string): string {
  return decode(readBytes(path), path)
}

function readBytes(path: string): Uint8Array {
  try {
    return readFirst(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EISDIR') throw new DocumentError(`${path} is a folder. Name the file of an OpenAPI document.`)
    throw new DocumentError(`${path} cannot be read (${code}). Name a readable file.`)
  }
}

/** Reads one byte more than a document may have. */
function readFirst(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const expected = fstatSync(file).size
    const bytes = Buffer.alloc(Math.min(expected > 0 ? expected + 1 : MOST_BYTES + 1, MOST_BYTES + 1))
    let length = 0
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(file, bytes, length, bytes.length - length, null)
    return bytes.subarray(0, length)
  } finally {
    closeSync(file)
  }
}

function decode(bytes: Uint8Array, path: string): string {
  if (bytes.length > MOST_BYTES) throw tooLong(path, `${MOST_BYTES / 1e6} MB`)
  if (isUtf16(bytes)) throw new DocumentError(`${path} is UTF-16. Save it as UTF-8.`)
  if (bytes.includes(0)) throw new DocumentError(`${path} is a binary file. Name the file of an OpenAPI document.`)
  const text = textOf(bytes, path)
  if (text.split('\n', MOST_LINES + 1).length > MOST_LINES) throw tooLong(path, `${MOST_LINES} lines`)
  if (text.trim() === '') throw new DocumentError(`${path} is empty. Write an OpenAPI 3.0 document into it.`)
  return text
}

const tooLong = (path: string, limit: string) =>
  new DocumentError(`${path} has more than ${limit}, the most that is read. Shorten it, or name another file.`)

/** Bytes of a byte order mark, or of a first letter in ASCII. */
function isUtf16([first, second]: Uint8Array): boolean {
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  return isMarked || (second !== undefined && (first === 0) !== (second === 0))
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new DocumentError(`${path}, line ${brokenLine(bytes)}: the text is not UTF-8. Save it as UTF-8.`)
  }
}

/** The first line with a replacement character that was not in the file. */
function brokenLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let [line, start] = [1, 0]
  for (;;) {
    const end = bytes.indexOf(NEWLINE, start)
    try {
      decoder.decode(bytes.subarray(start, end < 0 ? bytes.length : end))
    } catch {
      return line
    }
    if (end < 0) return line
    ;[line, start] = [line + 1, end + 1]
  }
}

const NEWLINE = 10
