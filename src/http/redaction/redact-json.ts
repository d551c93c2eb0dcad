import { isSecretName, mentionsSecret } from './secret-names.ts'
import { HIDDEN, type Hide } from './secret-values.ts'

/** Hides the values of secret names in JSON, and what `hide` finds in its other strings. All else stays, byte for byte. */
export function redactJson(text: string, hide: Hide): string {
  const parts: string[] = []
  let from = 0
  let at = text.indexOf('"')
  while (at >= 0) {
    const end = endOfString(text, at)
    const word = text.slice(at, end)
    const decoded = decodeString(word)
    const value = startOfValue(text, end)
    if (value !== undefined && isSecretName(decoded)) {
      parts.push(text.slice(from, value), `"${HIDDEN}"`)
      from = endOfValue(text, value)
      at = text.indexOf('"', from)
      continue
    }
    const shown = hide(decoded, value !== undefined)
    if (shown !== decoded) {
      parts.push(text.slice(from, at), JSON.stringify(shown))
      from = end
    }
    at = text.indexOf('"', end)
  }
  return parts.join('') + text.slice(from)
}

/** True for a text that is no JSON, if a secret is mentioned where JSON has only numbers and signs. */
export function hasLooseSecret(text: string): boolean {
  const parts: string[] = []
  let from = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', from)) {
    parts.push(text.slice(from, at))
    from = endOfString(text, at)
  }
  parts.push(text.slice(from))
  return parts.some(mentionsSecret)
}

/** The place after the closing quote of the string that starts here, or the end of the text if it has none. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return Math.min(at + 1, text.length)
}

/** The text of a string with its escapes undone; as it is if they are broken. */
function decodeString(word: string): string {
  if (!word.includes('\\') && word.length > 1 && word.endsWith('"')) return word.slice(1, -1)
  try {
    return JSON.parse(word)
  } catch {
    return word.slice(1)
  }
}

const COLON = /\s*:\s*/y

/** The place of the value of a name that ends here; undefined if it is no name. */
function startOfValue(text: string, end: number): number | undefined {
  COLON.lastIndex = end
  return COLON.test(text) ? COLON.lastIndex : undefined
}

/** The place after the value that starts here, of whatever type; of what is no value, nobody knows the end. */
function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start)
  if (text[start] === '[' || text[start] === '{') return endOfNested(text, start)
  if (!/[-\dtfn]/.test(text[start] ?? '')) return text.length
  let at = start
  while (at < text.length && !' \t\r\n,}]'.includes(text[at] ?? '')) at += 1
  return at
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
