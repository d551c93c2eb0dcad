import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { loadDocument } from '../spec/document.ts'
import type { Schema } from '../spec/schema.ts'
import { readXml } from './xml-read.ts'
import { rootNameOf, writeXml } from './xml-write.ts'

const { schemas } = loadDocument(fileURLToPath(new URL('../../../openapi.yaml', import.meta.url)))

function schemaOf(name: string): Schema {
  const schema = schemas[name]
  if (!schema) throw new Error(name)
  return schema
}

const PET = schemaOf('Pet')
const PETS: Schema = { pointer: '', type: 'array', items: PET, required: [], properties: {} }
const TEXT: Schema = { pointer: '', type: 'string', required: [], properties: {} }
const write = (value: unknown, schema: Schema) =>
  writeXml(value, schema, rootNameOf(schema)).replace(/^<\?xml[^>]*\?>/, '')

/** Text that XML 1.0 can carry. */
const carried = fc
  .string({ unit: 'binary' })
  .map((text) => text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '_'))

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
  fc.assert(
    fc.property(fc.string(), (text) => expect(readXml(`<Pet>${text}</Pet>`, PET)).toHaveProperty('faults')),
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
    ['what XML cannot carry is replaced', 'a\0b\uD800c\uFFFF', TEXT, '<string>a\uFFFDb\uFFFDc\uFFFD</string>'],
    ['only documented properties go out', { name: 'a', secret: 1 }, PET, '<Pet><name>a</name></Pet>'],
  ])('%s', (_fact, value, schema, xml) => {
    expect(write(value, schema)).toBe(xml)
  })
})

describe('readXml refuses', () => {
  test.each([
    ['another root', '<Dog/>', 'XML with the root element Pet, not Dog'],
    ['nothing', '', 'well-formed XML'],
    ['two roots', '<Pet/><Pet/>', 'well-formed XML'],
    ['text after the root', '<Pet/>x', 'well-formed XML'],
    ['an unclosed element', '<Pet><name>a</Pet>', 'well-formed XML'],
    ['an undeclared entity', '<Pet><name>&pwn;</name></Pet>', 'well-formed XML'],
    ['an unbound prefix', '<Pet><x:name>a</x:name></Pet>', 'well-formed XML'],
    ['a doctype', '<!DOCTYPE Pet [<!ENTITY a "b">]><Pet><name>&a;</name></Pet>', 'XML without a DOCTYPE'],
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
    ['a number that is none as text', '<id>1e3</id>', { id: '1e3', photoUrls: [] }],
    ['what the document does not know as nothing', '<extra><a/></extra>', { photoUrls: [] }],
  ])('%s', (_what, inner, value) => {
    expect(readXml(`<Pet>${inner}</Pet>`, PET)).toEqual({ value, faults: [] })
  })

  test.each([
    ['an integer that would be rounded', '<id>9007199254740993</id>', '/id'],
    ['an element that comes twice', '<name>a</name><name>b</name>', '/name'],
    ['elements where text belongs', '<name><b/></name>', '/name'],
    ['text where elements belong', 'text', ''],
  ])('%s as a fault', (_what, inner, pointer) => {
    expect(readXml(`<Pet>${inner}</Pet>`, PET).faults).toEqual([expect.objectContaining({ pointer })])
  })
})
