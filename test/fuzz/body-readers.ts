import { readForm } from '../../src/openapi/codecs/read-form.ts'
import { readJson, withDigits } from '../../src/openapi/codecs/read-json.ts'
import { isUploadedFile, readMultipart } from '../../src/openapi/codecs/read-multipart.ts'
import { readXml } from '../../src/openapi/codecs/read-xml.ts'
import { writeJson } from '../../src/openapi/codecs/write-json.ts'
import { rootNameOf, writeXml } from '../../src/openapi/codecs/write-xml.ts'
import type { Schema } from '../../src/openapi/schema.ts'
import { INHERITED, type Reader, requireEqual, requirePlain } from './reader.ts'

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of the bytes. Others never come to a reader of text, so that they are taken for Latin 1 here. */
function textOf(bytes: Buffer): string {
  try {
    return UTF_8.decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export const json: Reader = {
  read: (bytes) => {
    const text = textOf(bytes)
    const { value, faults } = readJson(text)
    requirePlain(value)
    if (faults.length > 0) return requirePlain(withDigits(readJson(text)).value)
    const plain = text.replace(/^\uFEFF/, '')
    if (!isJson(plain)) throw new Error('text that is no JSON was taken')
    requireEqual('the value', value, JSON.parse(plain))
    requireEqual('the value written and read again', readJson(writeJson(value)).value, value)
  },
  words: [
    '{"',
    '":',
    ',"',
    '[',
    ']',
    '{',
    '}',
    '9007199254740993',
    '1e400',
    '-0',
    '0.1',
    'null',
    'true',
    '\\u0000',
    '\\ud800',
    '\uFEFF',
    ...INHERITED.map((name) => `"${name}":`),
  ],
  seeds: [
    '{"id":1,"name":"a","photoUrls":["x"],"tags":[{"id":1,"name":"t"}],"category":{"name":"c"}}',
    '[1,-2.5e3,"\\u00e9",true,false,null,{}]',
    '{"constructor":{"x":9007199254740993}}',
    ' {"a" : [ [ ] , { } ] } ',
  ],
  longest: 4096,
}

const node = (type: NonNullable<Schema['type']>, more: Partial<Schema> = {}): Schema => ({
  pointer: '',
  type,
  required: [],
  properties: {},
  ...more,
})
const text = node('string')
const integer = node('integer', { format: 'int64' })
const inherited = Object.fromEntries(INHERITED.map((name) => [name, text]))
const tag = node('object', { name: 'Tag', properties: { id: integer, name: text } })
const properties = {
  id: integer,
  name: text,
  weight: node('number'),
  sold: node('boolean'),
  photoUrls: node('array', { items: text }),
  tags: node('array', { items: tag }),
  category: tag,
  ...inherited,
}
const pet = node('object', { name: 'Pet', required: ['name', 'photoUrls'], properties })

export const xml: Reader = {
  read: (bytes) => {
    const source = textOf(bytes)
    for (const schema of [pet, node('array', { items: pet }), text]) {
      const { value, faults } = readXml(source, schema)
      requirePlain(value)
      if (faults.length > 0 || (schema === text && value === undefined)) continue
      const written = writeXml(value, schema, rootNameOf(schema))
      requireEqual('the value written and read again', readXml(written, schema).value, value)
    }
  },
  words: [
    '<Pet>',
    '</Pet>',
    '<name>',
    '</name>',
    '<tags>',
    '</tags>',
    '<photoUrls/>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?xml version="1.0"?>',
    '<!DOCTYPE a>',
    '&lt;',
    '&#x41;',
    '&#0;',
    '&a;',
    ' xmlns:a="b"',
    ' a="b"',
    '<a:b/>',
    '<weight>1.5e3</weight>',
    '<sold>true</sold>',
    ...INHERITED.map((name) => `<${name}>x</${name}>`),
  ],
  seeds: [
    '<?xml version="1.0" encoding="UTF-8"?><Pet><id>1</id><name>a &amp; b</name><photoUrls>u</photoUrls><tags><id>2</id><name>t</name></tags><category><name>c</name></category></Pet>',
    '<Pets><Pet><name><![CDATA[<]]></name></Pet><Pet/></Pets>',
    '<string>text</string>',
    '<Pet a="b" xmlns="c"><!-- d --><weight>-1.5</weight><sold>false</sold></Pet>',
  ],
  longest: 4096,
}

const formSchema = node('object', { properties: { name: text, status: text, ...inherited } })

export const form: Reader = {
  read: (bytes) => {
    const { value, faults } = readForm(textOf(bytes), formSchema)
    requirePlain(value)
    if (faults.length > 0) return
    const sent = new URLSearchParams(`&${textOf(bytes)}`)
    const known = Object.keys(formSchema.properties).filter((name) => sent.has(name))
    requireEqual('the fields', value, Object.fromEntries(known.map((name) => [name, sent.get(name)])))
    const written = new URLSearchParams(Object.entries(value as Record<string, string>)).toString()
    requireEqual('the value written and read again', readForm(written, formSchema), { value, faults: [] })
  },
  words: [
    'name=',
    'status=',
    '&',
    '=',
    '+',
    '%20',
    '%',
    '%C3%A9',
    '%00',
    '%ff',
    '?',
    ';',
    ...INHERITED.map((name) => `&${name}=x`),
  ],
  seeds: ['name=a&status=sold', '?name=a', 'name=%C3%A9+b&name=c', '__proto__=a&constructor=b'],
  longest: 4096,
}

const fileSchema = node('object', {
  properties: { additionalMetadata: text, file: node('string', { format: 'binary' }), ...inherited },
})
const part = (headers: string, content: string) => `--b\r\n${headers}\r\n\r\n${content}\r\n`
const field = (name: string, more = '') => `Content-Disposition: form-data; name="${name}"${more}`

export const multipart: Reader = {
  /** The first line is the Content-Type. */
  read: (bytes) => {
    const end = bytes.indexOf(10)
    const contentType = end < 0 ? 'multipart/form-data; boundary=b' : bytes.toString('latin1', 0, end)
    const { value, faults } = readMultipart(bytes.subarray(end + 1), contentType, fileSchema)
    requirePlain(value)
    if (faults.length > 0) return
    const texts = Object.entries(value as Record<string, unknown>).filter(([, content]) => !isUploadedFile(content))
    const written = texts
      .map(([name, content]) => part(field(name), String(content)))
      .join('')
      .replaceAll('--b', `--${BOUNDARY}`)
    if (texts.some(([, content]) => String(content).includes('--b'))) return
    const again = readMultipart(
      Buffer.from(`${written}--${BOUNDARY}--`),
      `multipart/form-data; boundary=${BOUNDARY}`,
      fileSchema,
    )
    requireEqual('the texts written and read again', again, { value: Object.fromEntries(texts), faults: [] })
  },
  words: [
    '--b\r\n',
    '--b--',
    '\r\n',
    '\r\n\r\n',
    'Content-Disposition: form-data; name="',
    'Content-Type: ',
    'text/plain; charset=utf-16le',
    'application/octet-stream',
    '; filename="a"',
    "; filename*=utf-8''%e2",
    'boundary=',
    '"',
    '\\"',
    'file',
    'additionalMetadata',
    ...INHERITED,
  ],
  seeds: [
    `multipart/form-data; boundary=b\n${part(field('additionalMetadata'), 'text')}${part(`${field('file', '; filename="a.png"')}\r\nContent-Type: image/png`, 'bytes')}--b--\r\n`,
    `multipart/form-data; boundary="b"\n${part(`${field('additionalMetadata')}\r\nContent-Type: text/plain; charset=latin1`, 'é')}--b--`,
    `multipart/form-data; boundary=b\n${part(field('constructor'), 'x')}--b--`,
  ],
  longest: 4096,
}

const BOUNDARY = 'another-boundary'
