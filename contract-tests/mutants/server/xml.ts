import { SaxesParser } from 'saxes'
import { isRecord } from './check.ts'
import type { Schema } from './schemas.ts'

interface Element {
  readonly name: string
  readonly children: Element[]
  text: string
}

/** Reads well-formed XML of the root by the schema; throws on anything else. Text of no integer stays text. */
export function readXml(text: string, root: string, schema: Schema): unknown {
  const element = parse(text)
  if (element?.name !== root) throw new SyntaxError(`The root element must be ${root}.`)
  return decode(element, schema)
}

function parse(text: string): Element | undefined {
  const parser = new SaxesParser({ xmlns: true })
  const top: Element = { name: '', children: [], text: '' }
  const open = [top]
  const addText = (more: string) => {
    const last = open.at(-1)
    if (last) last.text += more
  }
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new SyntaxError('A DOCTYPE is not accepted.')
  })
  parser.on('opentag', ({ name }) => {
    const element = { name, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(text).close()
  return top.children[0]
}

function decode({ children, text }: Element, schema: Schema): unknown {
  if (schema.type === 'array') return children.map((child) => decode(child, schema.items))
  if (schema.type !== 'object') return children.length > 0 ? null : decodeScalar(text, schema.type)
  if (text.trim() !== '') return text
  const entries = Object.entries(schema.properties).flatMap(([name, property]): [string, unknown][] => {
    const found = children.filter((child) => child.name === name)
    if (property.type === 'array') {
      const items = found.map((child) => decode(child, property.items))
      return found.length > 0 || schema.required.includes(name) ? [[name, items]] : []
    }
    const [first, second] = found
    return first ? [[name, second ? null : decode(first, property)]] : []
  })
  return Object.fromEntries(entries)
}

function decodeScalar(text: string, type: 'string' | 'integer' | 'boolean'): unknown {
  const token = text.trim()
  if (type === 'integer' && /^-?(0|[1-9][0-9]*)$/.test(token)) return Number(token)
  if (type === 'boolean' && (token === 'true' || token === 'false')) return token === 'true'
  return text
}

/** Writes the value under the root's name; lists repeat their element, unwrapped. */
export const writeXml = (root: string, value: unknown): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${element(root, value)}`

function element(name: string, value: unknown): string {
  const content = contentOf(value)
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`
}

function contentOf(value: unknown): string {
  if (!isRecord(value)) return escapeText(String(value ?? ''))
  return Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .flatMap(([name, child]) =>
      Array.isArray(child) ? child.map((item) => element(name, item)) : element(name, child),
    )
    .join('')
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

const escapeText = (text: string) =>
  text.replace(/[&<>\r]/g, (sign) => ESCAPES[sign] ?? sign).replace(NOT_XML, '\uFFFD')

/** Characters that XML 1.0 cannot carry, and halves of surrogate pairs. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
