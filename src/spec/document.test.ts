import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { loadDocument, parseApiDocument } from './document.ts'

const path = fileURLToPath(new URL('../../../openapi.yaml', import.meta.url))
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
