import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { loadDocument } from '../load-document.ts'
import { pathOf } from '../package-files.ts'
import type { Schema } from '../schema.ts'
import { readXml } from './read-xml.ts'
import { rootNameOf, writeXml } from './write-xml.ts'

const { schemas } = loadDocument(pathOf('openapi.yaml'))

function schemaOf(name: string): Schema {
  const schema = schemas[name]
  if (!schema) throw new Error(name)
  return schema
}

const PET = schemaOf('Pet')
const PETS: Schema = { pointer: '', type: 'array', items: PET, required: [], properties: {} }
const TEXT: Schema = { pointer: '', type: 'string', required: [], properties: {} }
const NUMBER: Schema = { pointer: '', type: 'number', required: [], properties: {} }
const BOOLEAN: Schema = { pointer: '', type: 'boolean', required: [], properties: {} }
const MAP: Schema = {
  pointer: '',
  type: 'object',
  required: [],
  properties: {},
  additionalProperties: { pointer: '', required: [], properties: {} },
}
const write = (value: unknown, schema: Schema) =>
  writeXml(value, schema, rootNameOf(schema)).replace(/^<\?xml[^>]*\?>/, '')

const replaceUncarried = (text: string) =>
  text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')

/** Text that XML 1.0 can carry. */
const carried = fc.string({ unit: 'binary' }).map(replaceUncarried)

const anyPet = fc.record(
  {
    id: fc.maxSafeInteger(),
    category: fc.record({ name: carried }, { requiredKeys: [] }),
    name: carried,
    photoUrls: fc.array(carried, { maxLength: 4 }),
    tags: fc.array(fc.record({ id: fc.maxSafeInteger(), name: carried }, { requiredKeys: [] }), {
      minLength: 1,
      maxLength: 4,
    }),
    status: fc.constantFrom('available', 'pending', 'sold'),
  },
  { requiredKeys: ['name', 'photoUrls'] },
)

test('any valid Pet survives JSON to XML to JSON', () => {
  fc.assert(
    fc.property(anyPet, (pet) => {
      const value: unknown = JSON.parse(JSON.stringify(pet))
      expect(readXml(writeXml(value, PET, 'Pet'), PET)).toEqual({ value, faults: [] })
    }),
    { numRuns: 500 },
  )
})

test('readXml throws at nothing', () => {
  const fragments = fc.constantFrom(
    ...['<Pet>', '</Pet>', '<name>', '</name>', '<x:y xmlns:x="u">', '<!--', '-->', '<![CDATA[', ']]>', '<?pi', '?>'],
    ...['<!DOCTYPE', '&amp;', '&constructor;', '&#0;', '<__proto__/>', ' a="1"', '>', '/>', '9'.repeat(17), '\uFEFF'],
  )
  const texts = fc.array(fc.oneof(fragments, fc.string({ unit: 'binary' }))).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.boolean(), texts, (isInside, text) => {
      expect(readXml(isInside ? `<Pet>${text}</Pet>` : text, PET)).toHaveProperty('faults')
    }),
    { numRuns: 500 },
  )
})

test('whatever is written is well-formed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readXml(writeXml(text, TEXT, 'string'), TEXT).value).toBe(replaceUncarried(text))
    }),
    { numRuns: 500 },
  )
})

describe('writeXml', () => {
  test.each([
    [
      'lists are repeated and not wrapped',
      { name: 'a', photoUrls: ['x', 'y'], tags: [{ id: 1 }] },
      PET,
      '<Pet><name>a</name><photoUrls>x</photoUrls><photoUrls>y</photoUrls><tags><id>1</id></tags></Pet>',
    ],
    [
      'a list has the plural for a root',
      [{ name: 'a', photoUrls: [] }],
      PETS,
      '<Pets><Pet><name>a</name></Pet></Pets>',
    ],
    ['an empty list is empty', [], PETS, '<Pets></Pets>'],
    ['text has its type for a root', 'a & b', TEXT, '<string>a &amp; b</string>'],
    ['markup and carriage returns are escaped', ']]>\r<b>', TEXT, '<string>]]&gt;&#13;&lt;b&gt;</string>'],
    ['the end of a CDATA section is escaped', 'a]]>b', TEXT, '<string>a]]&gt;b</string>'],
    ['what XML cannot carry is replaced', 'a\0b\uD800c\uFFFF', TEXT, '<string>a\uFFFDb\uFFFDc\uFFFD</string>'],
    ['a map and a value of any type have no XML', { a: { b: 1 } }, MAP, '<object></object>'],
    ['only documented properties go out', { name: 'a', secret: 1 }, PET, '<Pet><name>a</name></Pet>'],
  ])('%s', (_fact, value, schema, xml) => {
    expect(write(value, schema)).toBe(xml)
  })
})

const BILLION_LAUGHS = `<!DOCTYPE Pet [<!ENTITY l0 "lol">${Array.from(
  { length: 9 },
  (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
).join('')}]><Pet><name>&l9;</name></Pet>`

describe('readXml refuses', () => {
  test.each([
    ['another root', '<Dog/>', 'XML with the root element Pet, not Dog'],
    ['nothing', '', 'well-formed XML'],
    ['two byte-order marks', '\uFEFF\uFEFF<Pet/>', 'well-formed XML'],
    ['two roots', '<Pet/><Pet/>', 'well-formed XML'],
    ['text after the root', '<Pet/>x', 'well-formed XML'],
    ['an unclosed element', '<Pet><name>a</Pet>', 'well-formed XML'],
    ['an undeclared entity', '<Pet><name>&pwn;</name></Pet>', 'well-formed XML'],
    ['an unbound prefix', '<Pet><x:name>a</x:name></Pet>', 'well-formed XML'],
    ['a doctype', '<!DOCTYPE Pet [<!ENTITY a "b">]><Pet><name>&a;</name></Pet>', 'XML without a DOCTYPE'],
    ['an entity that every object has', '<Pet><name>&constructor;</name></Pet>', 'well-formed XML'],
    ['an unbound prefix of an attribute', '<Pet x:a="1"/>', 'well-formed XML'],
    ['billion laughs', BILLION_LAUGHS, 'XML without a DOCTYPE'],
    [
      'an external entity',
      '<!DOCTYPE Pet [<!ENTITY a SYSTEM "file:///etc/passwd">]><Pet><name>&a;</name></Pet>',
      'XML without a DOCTYPE',
    ],
    ['an external subset', '<!DOCTYPE Pet SYSTEM "http://127.0.0.1/x.dtd"><Pet/>', 'XML without a DOCTYPE'],
    ['a control character of XML 1.1', '<?xml version="1.1"?><Pet><name>&#1;</name></Pet>', 'well-formed XML'],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><Pet/>', 'XML in UTF-8'],
    ['a depth that no schema has', '<Pet>'.repeat(100), 'XML of at most 64 levels'],
    [
      'hundreds of attributes',
      `<Pet ${Array.from({ length: 99 }, (_, index) => `a${index}=""`).join(' ')}/>`,
      'at most 32 attributes',
    ],
  ])('%s', (_what, xml, expected) => {
    const { value, faults } = readXml(xml, PET)
    expect(value).toBeUndefined()
    expect(faults).toEqual([{ pointer: '', expected: expect.stringContaining(expected) }])
  })
})

describe('readXml decodes', () => {
  test.each([
    ['one element as a list', '<photoUrls>u</photoUrls>', { photoUrls: ['u'] }],
    ['no element of a required list as an empty one', '<name>a</name>', { name: 'a', photoUrls: [] }],
    ['an empty element as an empty text', '<name/>', { name: '', photoUrls: [] }],
    ['CDATA and comments', '<name><![CDATA[<a>]]><!-- no -->b</name>', { name: '<a>b', photoUrls: [] }],
    ['numbers with space around them', '<id>\n 7 </id>', { id: 7, photoUrls: [] }],
    ['the space of a text', '<name> a </name>', { name: ' a ', photoUrls: [] }],
    ['no integer by a space that XML does not know', '<id>\u00A07</id>', { id: '\u00A07', photoUrls: [] }],
    ['a minus zero as text', '<id>-0</id>', { id: '-0', photoUrls: [] }],
    ['leading zeros as text', '<id>007</id>', { id: '007', photoUrls: [] }],
    ['the space between elements as nothing', '\n  <name>a</name>\r\n\t', { name: 'a', photoUrls: [] }],
    ['an empty element of a list as an empty text', '<photoUrls/>', { photoUrls: [''] }],
    ['an absent list that is not required as absent', '<status>sold</status>', { status: 'sold', photoUrls: [] }],
    ['an element named __proto__ as nothing', '<__proto__><id>1</id></__proto__>', { photoUrls: [] }, ['/__proto__']],
    ['a number that is none as text', '<id>1e3</id>', { id: '1e3', photoUrls: [] }],
    ['what the document does not know as nothing', '<extra><a/></extra>', { photoUrls: [] }, ['/extra']],
  ])('%s', (_what, inner, value, ...[ignored]) => {
    expect(readXml(`<Pet>${inner}</Pet>`, PET)).toEqual({ value, faults: [], ignored })
  })

  test.each([
    ['an integer that would be rounded', '<id>9007199254740993</id>', '/id'],
    ['an element that comes twice', '<name>a</name><name>b</name>', '/name'],
    ['elements where text belongs', '<name><b/></name>', '/name'],
    ['text where elements belong', 'text', ''],
    ['a space that XML does not know, where elements belong', '\u00A0', ''],
    ['an element inside a list of texts', '<photoUrls><photoUrl>a</photoUrl></photoUrls>', '/photoUrls/0'],
    ['a text inside a list of elements', '<tags>a</tags>', '/tags/0'],
  ])('%s as a fault', (_what, inner, pointer) => {
    expect(readXml(`<Pet>${inner}</Pet>`, PET).faults).toEqual([expect.objectContaining({ pointer })])
  })
})

describe('readXml takes', () => {
  test.each([
    ['a byte-order mark', '\uFEFF<?xml version="1.0"?><Pet><name>a</name></Pet>'],
    ['UTF-8 in any case', '<?xml version="1.0" encoding="utf-8"?><Pet><name>a</name></Pet>'],
    ['comments and instructions around the root', '<?x y?><!-- a --><Pet><name>a</name></Pet><!-- b --><?x y?>'],
    ['many attributes on many elements', `<Pet>${'<x a="1" b="2"/>'.repeat(40)}<name>a</name></Pet>`, '/x'],
    ['a default namespace', '<Pet xmlns="urn:example"><name>a</name></Pet>'],
  ])('%s', (_what, xml, ...ignored) => {
    const read = { value: { name: 'a', photoUrls: [] }, faults: [] }
    expect(readXml(xml, PET)).toEqual(ignored.length === 0 ? read : { ...read, ignored })
  })
})

test.each([
  [' true\n', true],
  ['false', false],
  ['1', '1'],
  ['TRUE', 'TRUE'],
  ['', ''],
])('readXml decodes a boolean from %j', (text, value) => {
  expect(readXml(`<boolean>${text}</boolean>`, BOOLEAN)).toEqual({ value, faults: [] })
})

describe('readXml of a list', () => {
  const pets = '<Pet><name>a</name></Pet><Pet><name>b</name></Pet>'
  const value = [
    { name: 'a', photoUrls: [] },
    { name: 'b', photoUrls: [] },
  ]

  test.each(['Pets', 'ArrayOfPet'])('the root may be %s, since the document names none', (root) => {
    expect(readXml(`<${root}>\n${pets}</${root}>`, PETS)).toEqual({ value, faults: [] })
  })

  test('a root that the caller names is asked for', () => {
    expect(readXml(`<Dogs>${pets}</Dogs>`, PETS, 'Pets').faults).toHaveLength(1)
  })

  test('an empty root is an empty list, and text in it is a fault', () => {
    expect(readXml('<Pets/>', PETS)).toEqual({ value: [], faults: [] })
    expect(readXml('<Pets>none</Pets>', PETS).faults).toEqual([{ pointer: '', expected: 'elements', received: 'none' }])
  })
})

test.each([
  ['1.5', { value: 1.5, faults: [] }],
  ['-2e3', { value: -2000, faults: [] }],
  ['1.', { value: '1.', faults: [] }],
  ['NaN', { value: 'NaN', faults: [] }],
  ['1e400', { value: undefined, faults: [expect.objectContaining({ pointer: '', received: '1e400' })] }],
])('readXml decodes a number from %s', (text, decoded) => {
  expect(readXml(`<number>${text}</number>`, NUMBER)).toEqual(decoded)
})

test('a frozen list is written once, as one that is not frozen is, and in another root too', () => {
  const pets = [{ name: 'a', photoUrls: ['b'] }]
  const frozen = Object.freeze(pets.map((pet) => Object.freeze({ ...pet })))
  for (const root of ['Pets', 'NotPets', 'Pets']) expect(writeXml(frozen, PETS, root)).toBe(writeXml(pets, PETS, root))
  const lists: Schema = { ...PETS, items: PETS }
  expect(writeXml([frozen], lists, rootNameOf(lists)).match(/<\?xml/g)).toHaveLength(1)
})

test('readXml refuses an element that a closed schema does not name', () => {
  const closed: Schema = { ...PET, closed: true }
  const text = '<Pet><name>a</name><photoUrls>b</photoUrls><size>1</size></Pet>'
  expect(readXml(text, PET).faults).toEqual([])
  expect(readXml(text, closed).faults).toEqual([
    { pointer: '/size', expected: 'no element of this name', received: '<size>' },
  ])
})
