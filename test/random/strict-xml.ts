import type { ContentRules, Node } from './document-rules.ts'

interface Element {
  readonly name: string
  readonly children: Element[]
  text: string
}

const TOKEN = /<(\/?)([A-Za-z_][\w.-]*)(\/?)>|([^<]+)/y
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', '#13': '\r' }
/** Characters that XML 1.0 does not have (section 2.2), and a reference that the mock has no need of. */
const NO_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u

/** Reads XML of the few forms that a server of records needs: elements and text. Throws an Error for anything else. */
function parseXml(text: string): Element {
  if (!text.startsWith(DECLARATION)) throw new Error('no XML declaration')
  const top: Element = { name: '', children: [], text: '' }
  const open = [top]
  TOKEN.lastIndex = DECLARATION.length
  while (TOKEN.lastIndex < text.length) {
    const [, closes, name, isEmpty, characters] = requireToken(text)
    const current = open.at(-1) ?? top
    if (characters !== undefined) current.text += unescapeText(characters)
    else if (closes) closeElement(open, name)
    else openElement(open, current, name ?? '', isEmpty === '/')
  }
  const [root, ...others] = top.children
  if (open.length !== 1 || root === undefined || others.length > 0 || top.text !== '') throw new Error('not one root')
  return root
}

function requireToken(text: string): RegExpExecArray {
  const { lastIndex } = TOKEN
  const found = TOKEN.exec(text)
  if (found === null) throw new Error(`no XML at ${lastIndex}: ${text.slice(lastIndex, lastIndex + 20)}`)
  return found
}

function openElement(open: Element[], parent: Element, name: string, isEmpty: boolean): void {
  const element = { name, children: [], text: '' }
  parent.children.push(element)
  if (!isEmpty) open.push(element)
}

function closeElement(open: Element[], name: string | undefined): void {
  if (open.length < 2 || open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`)
}

function unescapeText(text: string): string {
  if (NO_CHARACTER.test(text) || text.includes('\r') || text.includes(']]>')) throw new Error('no character of XML')
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const character = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined
    if (character === undefined || !whole.endsWith(';')) throw new Error(`the entity ${whole}`)
    return character
  })
}

/** The value that XML holds, by the schema of its media type. Throws an Error if it is not of that form. */
export function readXmlValue(text: string, { schema, name, resolve }: ContentRules): unknown {
  const root = parseXml(text)
  const expected = rootName(schema, name, resolve)
  if (root.name !== expected) throw new Error(`the root ${root.name} in place of ${expected}`)
  return schema.type === 'array'
    ? root.children.map((child) => read(child, schema.items, resolve))
    : read(root, schema, resolve)
}

/** A list's root is the plural of its items' name; a value without a name has its type for one. */
function rootName(schema: Node, name: string | undefined, resolve: ContentRules['resolve']): string {
  if (schema.type !== 'array') return name ?? String(schema.type)
  const items = resolve(schema.items)
  return `${rootName(items.schema, items.name, resolve)}s`
}

function read(element: Element, declared: unknown, resolve: ContentRules['resolve']): unknown {
  const { schema } = resolve(declared)
  if (schema.type === 'object') return readObject(element, schema, resolve)
  if (element.children.length > 0) throw new Error(`elements in ${element.name}`)
  if (schema.type === 'string') return element.text
  if (schema.type === 'boolean') return readBoolean(element.text)
  if (!/^-?\d+$/.test(element.text)) throw new Error(`${element.name} is no integer`)
  return Number(element.text)
}

function readBoolean(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new Error(`${text} is no boolean`)
  return text === 'true'
}

function readObject(element: Element, schema: Node, resolve: ContentRules['resolve']): Record<string, unknown> {
  if (element.text !== '') throw new Error(`text in ${element.name}`)
  const properties = (schema.properties ?? {}) as Node
  const value: Record<string, unknown> = {}
  for (const child of element.children) {
    if (!Object.hasOwn(properties, child.name)) throw new Error(`${element.name} has no ${child.name}`)
    const property = resolve(properties[child.name]).schema
    if (property.type !== 'array') value[child.name] = readOnce(value, child, property, resolve)
    else value[child.name] = [...((value[child.name] ?? []) as unknown[]), read(child, property.items, resolve)]
  }
  return { ...emptyLists(schema, properties, resolve), ...value }
}

function readOnce(value: object, child: Element, property: Node, resolve: ContentRules['resolve']): unknown {
  if (Object.hasOwn(value, child.name)) throw new Error(`two elements ${child.name}`)
  return read(child, property, resolve)
}

/** A required list without an element is an empty one. */
function emptyLists(schema: Node, properties: Node, resolve: ContentRules['resolve']): Record<string, unknown> {
  const required = (schema.required ?? []) as string[]
  const lists = required.filter((name) => resolve(properties[name]).schema.type === 'array')
  return Object.fromEntries(lists.map((name) => [name, []]))
}
