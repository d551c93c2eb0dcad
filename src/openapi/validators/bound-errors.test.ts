import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import type { Options } from 'ajv'
import { loadDocument } from '../load-document.ts'
import { pathOf } from '../package-files.ts'
import { MOST_VIOLATIONS } from '../violation-limit.ts'
import { boundErrors } from './bound-errors.ts'
import { createValidator } from './express-validator.ts'

const Ajv: typeof import('ajv').Ajv = createRequire(import.meta.url)('ajv-draft-04')

function errorsOf(schema: object, value: unknown, options: Options = { code: { process: boundErrors } }) {
  const validate = new Ajv({ strict: false, allErrors: true, ...options }).compile(schema)
  validate(value)
  return validate.errors ?? []
}

const SCHEMAS: Readonly<Record<string, object>> = {
  'a list': { type: 'array', items: { type: 'string' } },
  'a list of lists': { type: 'array', items: { type: 'array', items: { type: 'string' } } },
  'a list by reference': {
    type: 'array',
    items: { $ref: '#/definitions/one' },
    definitions: { one: { type: 'string' } },
  },
  'a map': { type: 'object', additionalProperties: { type: 'string' } },
  'a closed object': { type: 'object', additionalProperties: false },
  'a pattern of names': { type: 'object', patternProperties: { '': { type: 'string' } } },
}

const wrong = (name: string, count: number): unknown => {
  const list = Array.from({ length: count }, () => 1)
  if (name === 'a list of lists') return [list, list]
  return name.startsWith('a list') ? list : Object.fromEntries(list.map((value, index) => [`a${index}`, value]))
}

test.each(Object.entries(SCHEMAS))('%s has no more errors than are listed of each loop', (name, schema) => {
  const few = wrong(name, 3)
  expect(errorsOf(schema, few)).toEqual(errorsOf(schema, few, {}))
  expect(errorsOf(schema, few).length).toBeGreaterThanOrEqual(3)
  expect(errorsOf(schema, wrong(name, 5 * MOST_VIOLATIONS)).length).toBe(MOST_VIOLATIONS)
})

test('errors of one alternative do not end the loop of the next', () => {
  const schema = { anyOf: [{ items: { type: 'string' } }, { items: { type: 'integer' } }] }
  const list = Array.from({ length: 3 * MOST_VIOLATIONS }, () => 1)
  expect(errorsOf(schema, list)).toEqual([])
  expect(errorsOf(schema, [...list, 'a']).length).toBeGreaterThan(MOST_VIOLATIONS)
})

test('express-openapi-validator itself lists as many violations of a body as are shown', async () => {
  const document = loadDocument(pathOf('openapi.yaml'))
  const operation = document.operations.find(({ id }) => id === 'createUsersWithListInput')
  const body = Array.from({ length: 20_000 }, () => ({ username: 1 }))
  const values = { path: {}, query: {}, headers: {}, mediaType: 'application/json', body }
  const found = operation && (await createValidator(document).validateRequest(operation, values))
  expect(found?.map(({ path }) => path)).toEqual(
    Array.from({ length: MOST_VIOLATIONS }, (_none, index) => `/body/${index}/username`),
  )
})
