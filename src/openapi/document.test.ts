import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { loadDocument, parseApiDocument, parseForeign } from './document.ts'
import { DocumentError } from './document-error.ts'
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
    "line 30: /paths/~1domain/post must have required property 'responses'. Mend it there.",
  ],
  [
    'responses:\n',
    'responses: 5\n      x-was:\n',
    'line 41: /paths/~1domain/post/responses must be object. Mend it there.',
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
  const { own, operations } = parseForeign(readFileSync(path, 'utf8'), 'x.yaml')
  expect(own).toBe(false)
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
