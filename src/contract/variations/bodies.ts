import { gzipSync } from 'node:zlib'
import { isObject } from '../../openapi/json-object.ts'
import { encodeMultipart, FORM_TYPE, type Part, XML_TYPE } from '../cases/encode-body.ts'
import { groupBy } from '../group-by.ts'
import type { Change, Plain, Variation } from './variation.ts'

type Rewrite = (text: string, record: Readonly<Record<string, unknown>>) => string | Buffer

const isJson = ({ sending }: Plain) => sending.json !== undefined
const isOfType = ({ sending }: Plain, type: string) => sending.type?.startsWith(type) ?? false

const textOf = ({ sending: { json, body } }: Plain) => (json === undefined ? String(body ?? '') : JSON.stringify(json))

const rewriting =
  (applies: (plain: Plain) => boolean, demand: Variation['demand']) =>
  ([about, rewrite]: readonly [string, Rewrite]): Variation => ({
    about,
    demand,
    change: (plain) =>
      applies(plain)
        ? { body: rewrite(textOf(plain), isObject(plain.record) ? plain.record : { items: plain.record }) }
        : undefined,
  })

const escapeAll = (text: string) =>
  text.replace(/[^\0-~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

const reversed = (value: unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, field]) => [name, reversed(field)]),
      )
    : value

/** JSON that says the same (RFC 8259, sections 2 and 7). */
const SAME_JSON: Readonly<Record<string, Rewrite>> = {
  'JSON with blanks and line breaks': (text) => `\r\n\t ${JSON.stringify(JSON.parse(text), null, '\t')} \n`,
  'JSON whose names are escaped': (text) =>
    text.replace(/"(\w)/g, (_, letter) => `"\\u00${letter.charCodeAt(0).toString(16)}`),
  'JSON with escapes for letters': escapeAll,
  'JSON with escaped slashes': (text) => text.replaceAll('/', '\\/'),
  'JSON in the opposite order': (text) => JSON.stringify(reversed(JSON.parse(text))),
}

/** JSON of which RFC 8259 leaves open how it is read. */
const OPEN_JSON: Readonly<Record<string, Rewrite>> = {
  'JSON with a mark of byte order': (text) => `\uFEFF${text}`,
  'JSON with a name twice': (text) => text.replace(/^(\[?\{)/, '$1"firstName":"a","name":"a",'),
  'JSON with __proto__': (text) => text.replace(/^(\[?\{)/, '$1"__proto__":{"isAdmin":true},'),
  'JSON in many brackets': (text) => `${'['.repeat(5000)}${text}${']'.repeat(5000)}`,
  'JSON with a huge number': (text) => text.replace(/^(\[?\{)/, '$1"unknownNumber":1e400,'),
  'JSON in UTF-16': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'JSON with bytes that are no UTF-8': (text) =>
    Buffer.concat([Buffer.from(text.slice(0, -2)), Buffer.from([0xff, 0xfe]), Buffer.from(text.slice(-2))]),
}

/** JSON has one kind of number (RFC 8259, section 6), so that a server may read these as integers or refuse them. */
const INTEGERS: Readonly<Record<string, string>> = {
  'JSON with integers that have a fraction': '$1.0',
  'JSON with integers that have an exponent': '$1e0',
  'JSON with integers that have a signed exponent': '$1e+0',
  'JSON with integers that have a negative exponent': '$10e-1',
}

const INTEGER = /("(?:id|userStatus)":-?\d+)(?=[,}])/g

const integers = ([about, form]: readonly [string, string]): Variation => ({
  about,
  demand: 'open',
  isRare: true,
  isWhole: true,
  change: (plain) => {
    const body = textOf(plain).replace(INTEGER, form)
    return isJson(plain) && body !== textOf(plain) ? { body } : undefined
  },
})

/** An element that holds a text with letters, which may be spelled in other ways. Numbers stay as they are. */
const LEAF = /<(\w+)>([^<>&]*[a-z][^<>&]*)<\/\1>/gi

/** Spells every text of the XML in another way, given its two halves. */
const inTexts =
  (spell: (first: string, second: string) => string): Rewrite =>
  (xml) =>
    xml.replace(LEAF, (_, name, text: string) => {
      const half = Math.ceil(text.length / 2)
      return `<${name}>${spell(text.slice(0, half), text.slice(half))}</${name}>`
    })

const byNumber = (write: (code: number) => string) => (text: string) =>
  Array.from(text, (letter) => `&#${write(letter.codePointAt(0) ?? 0)};`).join('')
const byDecimal = byNumber(String)
const byHexadecimal = byNumber((code) => `x${code.toString(16).toUpperCase()}`)

/** The elements of the root in the opposite order. Those of one name keep theirs: they are a list. */
function inOppositeOrder(xml: string): string {
  const [, start = '', inside = '', end = ''] = /^(.*?<\w+>)(.*)(<\/\w+>\s*)$/s.exec(xml) ?? []
  const elements = inside.match(/<(\w+)>.*?<\/\1>/gs) ?? []
  const groups = groupBy(elements, (element) => /\w+/.exec(element)?.[0] ?? '')
  return (
    start +
    groups
      .toReversed()
      .flatMap(([, same]) => same)
      .join('') +
    end
  )
}

/** XML that says the same (XML 1.0, sections 2.4 to 2.8 and 4.1). */
const SAME_XML: Readonly<Record<string, Rewrite>> = {
  'XML with a declaration': (text) => `<?xml version='1.0' encoding='utf-8'?>\n${withoutDeclaration(text)}`,
  'XML without a declaration': (text) => withoutDeclaration(text),
  'XML that stands alone': (text) =>
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${withoutDeclaration(text)}`,
  'XML with comments': (text) => text.replace(/<name>/, '<!-- <name>no</name> --><name>').concat('<!-- end -->'),
  'XML with an instruction': (text) => text.replace(/<name>/, '<?note a?><name>'),
  'XML with blanks in tags': (text) => text.replace(/<(\/?\w+)>/g, '<$1 >'),
  'XML with line breaks': (text) => withoutDeclaration(text).replace(/></g, '>\r\n\t<'),
  'XML with text in CDATA': (text) => text.replace(/<name>([^<]*)<\/name>/, '<name><![CDATA[$1]]></name>'),
  'XML with letters by number': (text) =>
    text.replace(/<name>(\w)/, (_, letter) => `<name>&#x${letter.charCodeAt(0).toString(16)};`),
  'XML with comments inside texts': inTexts((first, second) => `${first}<!-- <no> & -->${second}`),
  'XML with instructions inside texts': inTexts((first, second) => `${first}<?note <no> & ?>${second}`),
  'XML with CDATA inside texts': inTexts((first, second) => `${first}<![CDATA[${second}]]>`),
  'XML with two CDATA in each text': inTexts((first, second) => `<![CDATA[${first}]]><![CDATA[${second}]]>`),
  'XML with all letters by number': inTexts((first, second) => byDecimal(first) + byHexadecimal(second)),
  'XML in the opposite order': inOppositeOrder,
}

const OPEN_XML: Readonly<Record<string, Rewrite>> = {
  'XML with attributes': (text) => text.replace(/<Pet>/, '<Pet version="1">'),
  'XML in a namespace': (text) => text.replace(/<Pet>/, '<Pet xmlns="urn:contract">'),
  'XML with a DOCTYPE': (text) => `<!DOCTYPE Pet [<!ENTITY a "b">]>${withoutDeclaration(text)}`,
  'XML with a file for an entity': (text) =>
    `<!DOCTYPE Pet [<!ENTITY a SYSTEM "file:///etc/hostname">]>${withoutDeclaration(text).replace(/<name>/, '<name>&a;')}`,
  'XML in UTF-16': (text) => Buffer.from(`\uFEFF${withoutDeclaration(text)}`, 'utf16le'),
  'XML with another root': (text) => text.replaceAll('Pet>', 'Animal>'),
  'XML in a namespace with a prefix': (text) =>
    text.replace(/<Pet>/, '<p:Pet xmlns:p="urn:contract">').replace(/<\/Pet>/, '</p:Pet>'),
  'XML 1.1': (text) => `<?xml version="1.1" encoding="UTF-8"?>${withoutDeclaration(text)}`,
  'XML with blanks around numbers': (text) => text.replace(/<id>(\d+)<\/id>/g, '<id>\n $1 </id>'),
  'XML with an empty category': (text) => withoutDeclaration(text).replace(/<category>.*?<\/category>/s, '<category/>'),
  // Some readers, such as that of Go, end at the end of the root.
  'XML with text after its root': (text) => `${text}leaked`,
  'XML with two roots': (text) => `${text}${withoutDeclaration(text)}`,
  'XML that ends in a comment': (text) => `${text}<!-- `,
  'XML with texts of no letters': (text) => text.replace(/<photoUrls>[^<]*<\/photoUrls>/, '<photoUrls></photoUrls>'),
  'XML with an element of no content for a text': (text) =>
    text.replace(/<photoUrls>[^<]*<\/photoUrls>/, '<photoUrls/>'),
  'XML in many elements': (text) =>
    withoutDeclaration(text).replace('</Pet>', `${'<a>'.repeat(2000)}${'</a>'.repeat(2000)}</Pet>`),
}

/** Entities that grow ten times from each to the next, five times. */
const LAUGHS = Array.from(
  { length: 5 },
  (_, index) => `<!ENTITY l${index + 1} "${index === 0 ? 'ha' : `&l${index};`.repeat(10)}">`,
).join('')

/** Entities that a DOCTYPE brings, and the text that shows where one was expanded. They grow without bound. */
const ENTITIES: Readonly<Record<string, readonly [declared: string, name: string, text: string]>> = {
  'XML with an entity of its own': ['<!ENTITY own "expanded entity">', 'own', 'expanded entity'],
  'XML with entities of entities': [LAUGHS, 'l5', 'hahahahaha'],
}

const entity = ([about, [declared, name, unwanted]]: readonly [
  string,
  readonly [string, string, string],
]): Variation => ({
  ...rewriting(
    isXml,
    'open',
  )([about, (text) => `<!DOCTYPE Pet [${declared}]>${withoutDeclaration(text).replace(/<name>/, `<name>&${name};`)}`]),
  unwanted,
})

const withoutDeclaration = (text: string) => text.replace(/^<\?xml[^>]*\?>\s*/, '')

/** Forms that say the same (URL Standard, section 5.1). */
const SAME_FORMS: Readonly<Record<string, Rewrite>> = {
  'a form in the opposite order': (text) => text.split('&').reverse().join('&'),
  'a form whose names are escaped': (text) => text.replace(/(^|&)n/, '$1%6e'),
  'a form with escapes for all': (text) =>
    text.replace(/=([^&]*)/g, (_, value) => `=${escapeUrl(decodeURIComponent(value))}`),
  'a form with an ampersand at the end': (text) => `${text}&`,
}

const escapeUrl = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

const OPEN_FORMS: Readonly<Record<string, Rewrite>> = {
  'a form with an unknown field': (text) => `${text}&unknownField=1`,
  'a form with a field twice': (text) => `${text}&name=twice`,
  'a form with a broken escape': (text) => `${text}&note=%zz%`,
  'a form with semicolons': (text) => text.replaceAll('&', ';'),
  'a form with brackets': (text) => `${text}&name[]=a&name[b]=c`,
  'a form with 2000 fields': (text) => `${text}${'&a=1'.repeat(2000)}`,
}

/** Writes chunks of so many bytes, each size as the function has it. */
const inChunks =
  (bytes: number, sizeOf: (size: number) => string) =>
  (body: Uint8Array): Buffer => {
    const pieces: Uint8Array[] = []
    for (let at = 0; at < body.length; at += bytes) {
      const piece = body.subarray(at, at + bytes)
      pieces.push(Buffer.from(`${sizeOf(piece.length)}\r\n`), piece, Buffer.from('\r\n'))
    }
    return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')])
  }

const hexadecimal = (size: number) => size.toString(16)

/** Chunks that say the same (RFC 9112, section 7.1; the digits are of any case by RFC 5234, section 2.3). */
const SAME_CHUNKS: Readonly<Record<string, NonNullable<Change['chunks']>>> = {
  'chunks whose sizes have capitals': inChunks(0x1b, (size) => hexadecimal(size).toUpperCase()),
  'chunks whose sizes have small letters': inChunks(0x1b, hexadecimal),
  'chunks of one byte': inChunks(1, hexadecimal),
  'chunks whose sizes begin with zeros': inChunks(0x1b, (size) => hexadecimal(size).padStart(4, '0')),
}

/** A receiver must ignore extensions, but some refuse them for safety. */
const OPEN_CHUNKS: Readonly<Record<string, NonNullable<Change['chunks']>>> = {
  'chunks with an extension': inChunks(0x1b, (size) => `${hexadecimal(size)};note="a b"`),
}

const chunked =
  (demand: Variation['demand']) =>
  ([about, chunks]: readonly [string, NonNullable<Change['chunks']>]): Variation => ({
    about,
    demand,
    isRare: true,
    change: (plain) => {
      const change = withBody(plain, { 'Transfer-Encoding': 'chunked' })
      return change && { ...change, chunks }
    },
  })

/** Any body in another transfer: in chunks, after a question, compressed. */
const TRANSFERS: readonly Variation[] = [
  {
    about: 'a body in chunks',
    demand: 'accepted',
    change: (plain) => withBody(plain, { 'Transfer-Encoding': 'chunked' }),
  },
  {
    about: 'a body after Expect',
    demand: 'open',
    isRare: true,
    change: (plain) => withBody(plain, { Expect: '100-continue' }),
  },
  { about: 'a body in gzip', demand: 'open', change: (plain) => compressed(plain, 'gzip') },
  {
    about: 'a body in an unknown coding',
    demand: 'open',
    isRare: true,
    change: (plain) => compressed(plain, 'x-contract'),
  },
  {
    about: 'a body that is called gzip',
    demand: 'open',
    isRare: true,
    change: (plain) => withBody(plain, { 'Content-Encoding': 'gzip' }),
  },
]

const hasBody = ({ sending: { json, body } }: Plain) => json !== undefined || body !== undefined

const withBody = (plain: Plain, headers: Readonly<Record<string, string>>): Change | undefined =>
  hasBody(plain) ? { headers } : undefined

const compressed = (plain: Plain, coding: string): Change | undefined =>
  hasBody(plain)
    ? { body: gzipSync(plain.sending.body ?? textOf(plain)), headers: { 'Content-Encoding': coding } }
    : undefined

/** A multipart body from the parts of the plain one. */
type Multipart = (parts: readonly Part[]) => { readonly body: Buffer; readonly type: string }

const rebounded =
  (boundary: string, type = `multipart/form-data; boundary=${boundary}`): Multipart =>
  (parts) => ({ body: encodeMultipart(parts, boundary), type })

/** Some servers take no boundary of fewer than 27 characters. */
const LETTERS = 'contractBoundary0123456789abcdef'

/** Multipart bodies that say the same (RFC 2046, section 5.1.1; RFC 7578). */
const SAME_MULTIPARTS: Readonly<Record<string, Multipart>> = {
  'a boundary between quotes': rebounded(LETTERS, `multipart/form-data; boundary="${LETTERS}"`),
  'a boundary of 70 characters': rebounded('b'.repeat(70)),
  'a boundary with dashes': rebounded(`--------------------------${LETTERS}`),
  'a media type of capitals with a boundary': rebounded(LETTERS, `Multipart/Form-Data; Boundary=${LETTERS}`),
  'a boundary after a charset': rebounded(LETTERS, `multipart/form-data; charset=utf-8; boundary=${LETTERS}`),
  'parts in the opposite order': (parts) => rebounded(LETTERS)(parts.toReversed()),
  'a file with a name of many letters': (parts) =>
    rebounded(LETTERS)(parts.map((part) => (part.filename ? { ...part, filename: 'größe 東京 (1).png' } : part))),
  'a file of no bytes': (parts) =>
    rebounded(LETTERS)(parts.map((part) => (part.filename ? { ...part, content: '' } : part))),
  'a file without a media type': (parts) => rebounded(LETTERS)(parts.map(({ type: _type, ...part }) => part)),
  'a file with a boundary in it': (parts) =>
    rebounded(LETTERS)(
      parts.map((part) => (part.filename ? { ...part, content: 'a\r\n--contract\r\n--contract-\r\nb' } : part)),
    ),
}

/** Multipart bodies that many programs do not take. */
const OPEN_MULTIPARTS: Readonly<Record<string, Multipart>> = {
  'a part that nobody named': (parts) => rebounded(LETTERS)([...parts, { name: 'unknownPart', content: '1' }]),
  'a boundary of one character': rebounded('b'),
  'a boundary with a colon and a blank': rebounded("gc0p4:Jq0 M2'x", `multipart/form-data; boundary="gc0p4:Jq0 M2'x"`),
  'no boundary': rebounded(LETTERS, 'multipart/form-data'),
  'another boundary than in the body': rebounded(LETTERS, 'multipart/form-data; boundary=other'),
  'text before and after the parts': (parts) => {
    const { body, type } = rebounded(LETTERS)(parts)
    return { body: Buffer.concat([Buffer.from('before\r\n'), body, Buffer.from('after\r\n')]), type }
  },
  'no part at all': () => rebounded(LETTERS)([]),
}

const multipart =
  (demand: Variation['demand']) =>
  ([about, write]: readonly [string, Multipart]): Variation => ({
    about,
    demand,
    change: (plain) => (isOfType(plain, 'multipart/') ? write(partsOf(plain)) : undefined),
  })

const partsOf = ({ record }: Plain): Part[] =>
  Object.entries(Object(record)).map(([name, content]) => ({
    name,
    content: String(content),
    ...(name === 'file' && { filename: 'pet.png', type: 'image/png' }),
  }))

const isXml = (plain: Plain) => isOfType(plain, XML_TYPE)
const isForm = (plain: Plain) => isOfType(plain, FORM_TYPE)

/** The body in other ways of its own media type. */
export const bodies: readonly Variation[] = [
  ...Object.entries(SAME_JSON).map(rewriting(isJson, 'accepted')),
  ...Object.entries(OPEN_JSON).map(rewriting(isJson, 'open')).map(rare),
  ...Object.entries(INTEGERS).map(integers),
  ...Object.entries(SAME_XML).map(rewriting(isXml, 'accepted')),
  ...Object.entries(OPEN_XML).map(rewriting(isXml, 'open')),
  ...Object.entries(ENTITIES).map(entity),
  ...Object.entries(SAME_FORMS).map(rewriting(isForm, 'accepted')),
  ...Object.entries(OPEN_FORMS).map(rewriting(isForm, 'open')),
  ...Object.entries(SAME_MULTIPARTS).map(multipart('accepted')),
  ...Object.entries(OPEN_MULTIPARTS).map(multipart('open')),
  ...TRANSFERS,
  ...Object.entries(SAME_CHUNKS).map(chunked('accepted')),
  ...Object.entries(OPEN_CHUNKS).map(chunked('open')),
]

function rare(way: Variation): Variation {
  return { ...way, isRare: true }
}
