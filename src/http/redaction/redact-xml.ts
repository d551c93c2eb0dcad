import { isSecretName } from './secret-names.ts'
import { HIDDEN, type Hide } from './secret-values.ts'

/** Hides the content of secret elements and attributes in XML, and what `hide` finds in its other texts. */
export function redactXml(text: string, hide: Hide): string {
  const parts: string[] = []
  let from = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', from)) {
    parts.push(redactText(text.slice(from, at), hide))
    const { end, name } = markupAt(text, at)
    const markup = text.slice(at, end)
    parts.push(name === undefined ? redactMarkup(markup, hide) : redactAttributes(markup, hide))
    from = end
    if (name === undefined || !isSecretName(name) || markup.endsWith('/>')) continue
    const close = endOfContent(text, end, name)
    if (close > end) parts.push(HIDDEN)
    from = close
  }
  parts.push(redactText(text.slice(from), hide))
  return parts.join('')
}

/** A tag, comment, section or declaration, and the name of a start tag. */
interface Markup {
  readonly end: number
  readonly name?: string
}

/** Markup that is no tag, by its begin and end. */
const OTHERS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['</', '>'],
  ['<!', '>'],
] as const

function markupAt(text: string, at: number): Markup {
  for (const [begin, close] of OTHERS) if (text.startsWith(begin, at)) return { end: after(text, close, at) }
  const name = nameAt(text, at + 1)
  return { end: endOfTag(text, at), name }
}

/** Looks into comments and sections, without the signs that begin them. */
function redactMarkup(markup: string, hide: Hide): string {
  if (markup.startsWith('</')) return markup
  const [begin = ''] = /^<[!?](?:--|\[CDATA\[)?/.exec(markup) ?? []
  return begin + hide(markup.slice(begin.length))
}

/** The place after a text; the end if it does not come. */
function after(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from)
  return found < 0 ? text.length : found + what.length
}

const NAME = /[^\s<>/=]*/y

function nameAt(text: string, at: number): string {
  NAME.lastIndex = at
  return NAME.exec(text)?.[0] ?? ''
}

/** Of a tag without an end, all that follows is the rest. A sign between quotes ends no tag. */
function endOfTag(text: string, start: number): number {
  let quote = ''
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '>') return at + 1
    else if (character === '"' || character === "'") quote = character
  }
  return text.length
}

/** The place of the end tag that belongs to a start tag that ends at `start`; the end of the text if there is none. */
function endOfContent(text: string, start: number, name: string): number {
  let depth = 1
  for (let at = text.indexOf('<', start); at >= 0; ) {
    const { end, name: inner } = markupAt(text, at)
    const isClosing = text.startsWith('</', at) && nameAt(text, at + 2) === name
    if (inner === name && !text.startsWith('/>', end - 2)) depth += 1
    if (isClosing) depth -= 1
    if (depth === 0) return at
    at = text.indexOf('<', end)
  }
  return text.length
}

const ATTRIBUTE = /(?<![^\s"'])([^\s"'=<>/]+)(\s*=\s*)("[^"]*"|'[^']*')/g

const redactAttributes = (tag: string, hide: Hide) =>
  tag.replace(ATTRIBUTE, (all, name: string, equals: string, quoted: string) => {
    if (isSecretName(name)) return `${name}${equals}"${HIDDEN}"`
    const value = quoted.slice(1, -1)
    const shown = redactText(value, hide)
    return shown === value ? all : `${name}${equals}"${shown}"`
  })

/** The text with what `hide` finds in it after its entities are decoded; the same text if that is nothing. */
function redactText(text: string, hide: Hide): string {
  const decoded = text.replace(ENTITY, decodeEntity)
  const shown = hide(decoded)
  return shown === decoded ? text : shown.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decodeEntity(entity: string, decimal?: string, hex?: string, name = ''): string {
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  if (Number.isNaN(code)) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? entity) : entity
  return code <= 0x10ffff ? String.fromCodePoint(code) : entity
}
