import { expect, test } from '@jest/globals'
import { loadDocument } from '../../openapi/load-document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { explainRequest } from './messages.ts'

const operation = loadDocument(pathOf('openapi.yaml')).operations.find(({ id }) => id === 'updatePet')

test.each([
  ['minItems', 'must NOT have fewer than 1 items', 'array of string, with at least 1 item'],
  ['maxItems', 'must NOT have more than 2 items', 'array of string, with at most 2 items'],
  [
    'uniqueItems',
    'must NOT have duplicate items (items ## 1 and 0 are identical)',
    'array of string, without duplicate items (items ## 1 and 0 are identical)',
  ],
  ['minLength', 'must NOT have fewer than 1 characters', 'array of string, with at least 1 character'],
  ['minProperties', 'must NOT have fewer than 2 properties', 'array of string, with at least 2 properties'],
  ['minimum', 'must be >= 1', 'array of string, at least 1'],
  ['maximum', 'must be <= 10', 'array of string, at most 10'],
  ['exclusiveMinimum', 'must be > 1', 'array of string, more than 1'],
  ['exclusiveMaximum', 'must be < 10', 'array of string, less than 10'],
  ['multipleOf', 'must be multiple of 5', 'array of string, a multiple of 5'],
  ['pattern', 'must match pattern "^a"', 'array of string, which matches the pattern "^a"'],
])('a breach of %s is told in words that follow "must be"', (keyword, message, expected) => {
  if (!operation) throw new Error('The document has no updatePet.')
  const values = { path: {}, query: {}, headers: {}, mediaType: 'application/json', body: { photoUrls: [] } }
  const [told] = explainRequest(operation, values, [{ path: '/body/photoUrls', keyword, message }])
  expect(told?.expected).toBe(expected)
})
