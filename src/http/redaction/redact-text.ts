import { bytesOfLatin1, latin1Of } from '../bytes.ts'
import { HIDDEN, redactQuery, SECRET } from './secret.ts'

/** The text of a body, JSON, XML or a form, with the secrets in it hidden. The time it takes is linear in the length. */
export function redactText(text: string): string {
  if (text.startsWith('--')) return redactMultipart(text)
  const start = text.trimStart()
  if (start.startsWith('<')) return redactXml(text)
  return /^[[{]/.test(start) ? redactJson(text) : redactQuery(text)
}

/** The same for bytes: everything but the secrets stays as it is. */
export function redactBytes(bytes: Uint8Array): Uint8Array {
  return bytesOfLatin1(redactText(latin1Of(bytes)))
}

function redactJson(text: string): string {
  const parts: string[] = []
  let from = 0
  for (let at = text.indexOf('"'); at >= 0; ) {
    const end = endOfString(text, at)
    const value = endOf(/\s*:\s*/y, text, end)
    if (value === end || !SECRET.test(text.slice(at, end))) at = text.indexOf('"', end)
    else {
      parts.push(text.slice(from, value), `"${HIDDEN}"`)
      from = endOfValue(text, value)
      at = text.indexOf('"', from)
    }
  }
  return parts.join('') + text.slice(from)
}

/** The place after the closing quote of the string that starts here, or the end of the text if it has none. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return Math.min(at + 1, text.length)
}

/** The place after the value that starts here, of whatever type. */
function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start)
  return /[[{]/.test(text[start] ?? '') ? endOfNested(text, start) : endOf(/[^\s,}\]]+/y, text, start)
}

function endOfNested(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; ) {
    const character = text[at] ?? ''
    depth += '[{'.includes(character) ? 1 : '}]'.includes(character) ? -1 : 0
    at = character === '"' ? endOfString(text, at) : at + 1
    if (depth === 0) return at
  }
  return text.length
}

/** The place where a match that starts here ends; here if there is no match. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}

function redactXml(text: string): string {
  return text.replace(/<([^<>/][^<>]*)>([^<]*)/g, (element, tag: string) =>
    SECRET.test(tag) ? `<${tag}>${HIDDEN}` : element,
  )
}

/** A field's name, at most 20 lines of its head, and its value. */
const FIELD = /name="([^"\r\n]*)"((?:[^\r\n]*\r\n){1,20}?\r\n)([\s\S]*?)(?=\r\n--|$)/g

function redactMultipart(text: string): string {
  return text.replace(FIELD, (field, name: string, head: string) =>
    SECRET.test(name) ? `name="${name}"${head}${HIDDEN}` : field,
  )
}
