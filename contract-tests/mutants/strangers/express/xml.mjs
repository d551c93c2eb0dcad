// XML in (by schema, with saxes) and out.
import { SaxesParser } from 'saxes'
import { on } from './variant.mjs'

const unfit =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function text(value) {
  const plain = String(value).replace(unfit, '\ufffd')
  if (on('b16')) return plain // fault: nothing is escaped
  if (on('f35') && typeof value === 'string') {
    return plain.includes(']]>') || /[^\x20-\x7e]/.test(plain)
      ? escape(plain).replace(/[^\x20-\x7e]/gu, (c) => `&#x${c.codePointAt(0).toString(16)};`)
      : `<![CDATA[${plain}]]>`
  }
  return escape(plain)
}

const escape = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;')

function element(name, value, indent) {
  if (Array.isArray(value)) return value.map((item) => element(name, item, indent)).join('')
  const [nl, deeper] = on('f35') ? [`\n${indent}`, `${indent}  `] : ['', '']
  if (value !== null && typeof value === 'object') {
    const inner = Object.entries(value)
      .filter(([, v]) => v !== undefined && v !== null)
      .map(([key, v]) => element(key, v, deeper))
      .join('')
    return `${nl}<${name}>${inner}${inner && nl}</${name}>`
  }
  return `${nl}<${name}>${text(value)}</${name}>`
}

export function toXml(root, value) {
  const head = on('f35') ? '' : '<?xml version="1.0" encoding="UTF-8"?>'
  const plural = on('f36') ? 'ArrayOfPet' : 'Pets'
  const body = Array.isArray(value)
    ? `<${plural}>${value.map((item) => element(root, item, '  ')).join('')}</${plural}>`
    : element(root, value, '')
  return head + body
}

/** Parses to a tree of { name, text, children }; throws where it is not well-formed, or has a DTD. */
function tree(source) {
  const top = { name: '', text: '', children: [] }
  const stack = [top]
  const parser = new SaxesParser({ xmlns: false })
  parser.on('doctype', () => {
    throw new Error('a DOCTYPE is not accepted')
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => {
    const node = { name: tag.name, text: '', children: [] }
    stack.at(-1).children.push(node)
    stack.push(node)
  })
  parser.on('closetag', () => stack.pop())
  const characters = (chunk) => {
    stack.at(-1).text += chunk
  }
  parser.on('text', characters)
  parser.on('cdata', characters)
  parser.write(source).close()
  return top.children[0]
}

function decode(schema, node) {
  switch (schema.type) {
    case 'object': {
      if (!node.children.length && node.text.trim()) return node.text
      const value = {}
      for (const [key, sub] of Object.entries(schema.properties)) {
        const found = node.children.filter((child) => child.name === key)
        if (sub.type === 'array') {
          if (found.length || schema.required.includes(key)) value[key] = found.map((child) => decode(sub.items, child))
        } else if (found.length) value[key] = decode(sub, found[0])
      }
      return value
    }
    case 'integer': {
      const digits = node.text.trim()
      return /^-?\d+$/.test(digits)
        ? Number.isSafeInteger(Number(digits)) || !on('f27')
          ? Number(digits)
          : BigInt(digits)
        : node.text
    }
    case 'boolean':
      return { true: true, false: false }[node.text.trim()] ?? node.text
    default:
      return node.children.length ? { mixed: true } : node.text
  }
}

export function fromXml(schema, root, source) {
  const top = tree(source)
  if (top.name !== root) throw new Error(`the root must be ${root}`)
  return decode(schema, top)
}
