import { SaxesParser } from 'saxes'
import { is } from './variant.mjs'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" ?>\n'
// eslint-disable-next-line no-control-regex
const UNFIT =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

export function escapeXml(text) {
  const clean = String(text).replace(UNFIT, '\ufffd')
  if (is('b46')) return clean
  if (is('f45')) {
    if (/^[\w .-]*$/.test(clean)) return clean === '' ? '' : `<![CDATA[${clean}]]>`
    return [...clean].map((c) => (/[A-Za-z0-9 ]/.test(c) ? c : `&#x${c.codePointAt(0).toString(16)};`)).join('')
  }
  return clean.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;')
}

function element(name, schema, value, pad) {
  if (schema.type === 'object') {
    const inner = []
    for (const [key, sub] of Object.entries(schema.properties)) {
      const v = value[key]
      if (v === undefined || v === null) continue
      if (sub.type === 'array') {
        const items = Array.isArray(v) ? v : [v]
        if (is('b48') && key === 'tags') {
          inner.push(
            `${pad}  <tags>\n${items.map((item) => element('tag', sub.items, item, `${pad}    `)).join('')}${pad}  </tags>\n`,
          )
        } else for (const item of items) inner.push(element(key, sub.items, item, `${pad}  `))
      } else inner.push(element(key, sub, v, `${pad}  `))
    }
    const noise = is('f45') ? `${pad}  <!-- ${name} record -->\n` : ''
    return inner.length || noise ? `${pad}<${name}>\n${noise}${inner.join('')}${pad}</${name}>\n` : `${pad}<${name}/>\n`
  }
  return `${pad}<${name}>${schema.type === 'string' ? escapeXml(value) : String(value)}</${name}>\n`
}

const prolog = () => DECLARATION + (is('f45') ? '<?inboxes-cache hit="no"?>\n<!-- served by node 3 -->\n' : '')
export const xmlDocument = (schema, value, root = schema.name) => prolog() + element(root, schema, value, '')
export const xmlList = (schema, list, root = 'Pets') =>
  prolog() +
  (list.length
    ? `<${root}>\n${list.map((v) => element(schema.name, schema, v, '  ')).join('')}</${root}>\n`
    : `<${root}/>\n`)
export const xmlString = (text) => `${prolog()}<string>${escapeXml(text)}</string>\n`

/** Parses a document into { name, text, children }. Throws on anything not well-formed and on every DOCTYPE. */
export function parseXml(source) {
  const parser = new SaxesParser({ fragment: false })
  if (is('b52'))
    for (const [, name, value] of source.matchAll(/<!ENTITY\s+(\w+)\s+"([^"]*)"/g)) parser.ENTITIES[name] = value
  let root = null
  const stack = []
  parser.on('error', (err) => {
    throw err
  })
  parser.on('doctype', () => {
    if (!is('b52')) throw new Error('a DOCTYPE is not accepted')
  })
  parser.on('opentag', (tag) => {
    const node = { name: tag.name, text: '', children: [] }
    if (stack.length) stack[stack.length - 1].children.push(node)
    else root = node
    stack.push(node)
  })
  parser.on('text', (text) => {
    if (stack.length) stack[stack.length - 1].text += text
  })
  parser.on('cdata', (text) => {
    if (stack.length) stack[stack.length - 1].text += text
  })
  parser.on('closetag', () => {
    stack.pop()
  })
  parser.write(source).close()
  if (!root) throw new Error('no root element')
  return root
}

/** Decodes a node by the schema; scalars that do not fit stay texts, so that validation refuses them. */
export function fromXml(schema, node, errors, at = 'body') {
  if (schema.type === 'object') {
    const value = {}
    if (node.text.trim() !== '') errors.push(`${at}: text between elements`)
    for (const [key, sub] of Object.entries(schema.properties)) {
      const found = node.children.filter((child) => child.name === key)
      if (sub.type === 'array') {
        if (found.length || schema.required?.includes(key)) {
          value[key] = found.map((child, i) => fromXml(sub.items, child, errors, `${at}.${key}[${i}]`))
          if (is('b49') && key === 'photoUrls' && found.length === 1) value[key] = value[key][0]
        }
      } else if (found.length > 1) errors.push(`${at}.${key}: must not be repeated`)
      else if (found.length) value[key] = fromXml(sub, found[0], errors, `${at}.${key}`)
    }
    return value
  }
  if (node.children.length) {
    errors.push(`${at}: must be a text`)
    return node.text
  }
  const trimmed = node.text.trim()
  if (schema.type === 'integer') return /^[+-]?\d{1,19}$/.test(trimmed) ? Number(trimmed) : node.text
  if (schema.type === 'boolean')
    return trimmed === 'true' || trimmed === '1' ? true : trimmed === 'false' || trimmed === '0' ? false : node.text
  if (is('b50') && trimmed !== '' && /^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed)
  return node.text
}
