import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parseDocument, visit } from 'yaml'
import { DocumentError } from './document-error.ts'
import { pointerTo, valueAt } from './json-pointer.ts'
import { loadDocument, parseApiDocument, parseForeign } from './load-document.ts'
import { pathOf } from './package-files.ts'

const path = pathOf('openapi.yaml')
const document = loadDocument(path)

test('loadDocument finds the 19 operations', () => {
  expect(document.operations).toHaveLength(19)
  expect(new Set(document.operations.map(({ id }) => id)).size).toBe(19)
})

test('loadDocument tells published from inferred', () => {
  const addDomain = document.operations.find(({ id }) => id === 'addDomain')
  expect(addDomain?.responses[200]?.inferred).toBe(true)
  expect(addDomain?.responses[405]).toMatchObject({ inferred: false, contentInferred: true })
})

test('loadDocument knows the line of a node', () => {
  expect(document.lines.get('/openapi')).toBe(5)
})

test.each(['openapi.yaml', 'src/mock/admin/openapi.yaml'])(
  '%s has no anchors and aliases, which many tools cannot read',
  (file) => {
    const found: unknown[] = []
    const note = (_key: unknown, node: { readonly anchor?: string }) => void (node.anchor && found.push(node.anchor))
    visit(parseDocument(readFileSync(pathOf(file), 'utf8')), {
      Alias: (_key, { source }) => void found.push(source),
      Collection: note,
      Scalar: note,
    })
    expect(found).toEqual([])
  },
)

test('every parameter and body of the own document has an example that is marked as inferred', () => {
  const mediaTypes = document.operations.flatMap(({ requestBody }) =>
    Object.keys(requestBody?.content ?? {})
      .filter((type) => !WITHOUT_EXAMPLE.includes(type))
      .map((type) => pointerTo(`${requestBody?.pointer}/content`, type)),
  )
  const pointers = [
    ...document.operations.flatMap(({ parameters }) => parameters.map(({ pointer }) => pointer)),
    ...mediaTypes,
  ]
  expect(pointers.length).toBeGreaterThan(20)
  for (const pointer of pointers) {
    const node = valueAt(document.json, pointer)
    expect([pointer, node]).toEqual([
      pointer,
      expect.objectContaining({ example: expect.anything(), 'x-inferred-keys': ['example'] }),
    ])
  }
})

/** A tool writes XML from its schema, and a file is chosen. */
const WITHOUT_EXAMPLE = ['application/xml', 'multipart/form-data']

test('loadDocument names a file that is not there', () => {
  expect(() => loadDocument('absent.yaml')).toThrow('absent.yaml cannot be read (ENOENT)')
})

test('parseApiDocument names what is not OpenAPI', () => {
  expect(() => parseApiDocument('a: [', 'x.yaml')).toThrow('x.yaml is not YAML')
  expect(() => parseApiDocument('a: 1', 'x.yaml')).toThrow('x.yaml is not an OpenAPI 3.0 document')
})

const broken: [string, string, string][] = [
  [
    '      responses:\n',
    '      reponses:\n',
    "line 30: /paths/~1domain/post must have required property 'responses'. Fix it there.",
  ],
  [
    'responses:\n',
    'responses: 5\n      x-was:\n',
    'line 43: /paths/~1domain/post/responses must be object. Fix it there.',
  ],
  ['in: path', 'in: pth', '/in must be one of '],
  ['type: string', 'type: strin', '/schema/items/type must be one of array, boolean, integer, number, object, string'],
  ['    parameters:\n', '    parameters: {}\n      x-was:\n', '/get/parameters must be array'],
]
test.each(broken)('parseForeign gives the line and the rule where %j becomes %j', (right, wrong, message) => {
  const text = readFileSync(path, 'utf8').replace(right, wrong)
  expect(() => parseForeign(text, 'x.yaml')).toThrow(DocumentError)
  expect(() => parseForeign(text, 'x.yaml')).toThrow(message)
})

test('parseForeign takes the own document as any other', () => {
  const { compiled, operations } = parseForeign(readFileSync(path, 'utf8'), 'x.yaml')
  expect(compiled).toBeUndefined()
  expect(operations).toEqual(document.operations)
})

test.each([
  ['type: string', 'type: strin', '/schema/items/type is strin; it must be one of string, integer'],
  [
    "$ref: '#/components/schemas/DomainIn'",
    "$ref: '#/components/schemas/Nobody'",
    'The document has no node at /components/schemas/Nobody',
  ],
])('parseApiDocument says what is wrong where %s becomes %s', (right, wrong, message) => {
  expect(() => parseApiDocument(readFileSync(path, 'utf8').replace(right, wrong), 'x.yaml')).toThrow(message)
})

/** A keyword in the schema of a pet's name, in place of its example. */
const EXAMPLE = '          example: doggie\n'
const withName = (line: string) => readFileSync(path, 'utf8').replace(EXAMPLE, `          ${line}\n`)
const lineOfName = readFileSync(path, 'utf8').split(EXAMPLE)[0]?.split('\n').length

test.each([
  'title: a name',
  'deprecated: true',
  'x-note: anything',
  'minLength: 1',
  'maxLength: 99',
  'pattern: "^[a-z]"',
  'default: a',
  'format: hostname',
])('a document with %s in a schema is read', (line) => {
  expect(parseForeign(withName(line), 'x.yaml').operations).toHaveLength(19)
})

const unsupported: [line: string, message: string][] = [
  ['nullable: true', 'Keyword nullable at NAME is not supported. Remove it. XML has no null'],
  ['readOnly: true', 'Keyword readOnly at NAME is not supported. Remove it.'],
  ['writeOnly: true', 'Keyword writeOnly at NAME is not supported. Remove it.'],
  ['xml: {name: n}', 'Keyword xml at NAME is not supported. Remove it.'],
  ['allOf: [{minLength: 1}]', 'Keyword allOf at NAME is not supported. Remove it.'],
  ['oneOf: [{minLength: 1}]', 'Keyword oneOf at NAME is not supported. Remove it.'],
  ['anyOf: [{minLength: 1}]', 'Keyword anyOf at NAME is not supported. Remove it.'],
  ['not: {minLength: 1}', 'Keyword not at NAME is not supported. Remove it.'],
  ['discriminator: {propertyName: a}', 'Keyword discriminator at NAME is not supported. Remove it.'],
  ['x-eov-type: string', 'Keyword x-eov-type at NAME is not supported. Remove it.'],
  ['enum: [a, 1]', 'Keyword enum at NAME is only supported with texts. Remove it.'],
  ['format: zip-code', 'NAME/format is zip-code; it must be one of int32,'],
]
test.each(unsupported)('a document with %s in a schema is refused with its line', (line, message) => {
  const told = message.replace('NAME', '/components/schemas/Pet/properties/name')
  expect(() => parseForeign(withName(line), 'x.yaml')).toThrow(`x.yaml, line ${lineOfName}: ${told}`)
})

test('a keyword that no OpenAPI has is refused with the one that was meant', () => {
  expect(() => parseApiDocument(withName('minLenght: 1'), 'x.yaml')).toThrow(
    `x.yaml, line ${lineOfName}: Keyword minLenght at /components/schemas/Pet/properties/name is not supported. Remove it. Did you mean minLength?`,
  )
})

test('a map in XML is refused with its line', () => {
  const text = readFileSync(path, 'utf8').replace(
    '    Pet:\n      type: object\n',
    '    Pet:\n      type: object\n      additionalProperties: {type: string}\n',
  )
  expect(() => parseForeign(text, 'x.yaml')).toThrow(
    /^x\.yaml, line \d+: Keyword additionalProperties at \/components\/schemas\/Pet has no form in XML\./,
  )
})
