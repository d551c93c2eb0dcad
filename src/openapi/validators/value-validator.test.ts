import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { loadDocument } from '../load-document.ts'
import { pathOf } from '../package-files.ts'
import type { Schema } from '../schema.ts'
import type { Compiled } from './compiled-validator.ts'
import { compiledValueValidator, createValueValidator } from './value-validator.ts'

const document = loadDocument(pathOf('openapi.yaml'))
const whole = createValueValidator(document)
const compiled = compiledValueValidator(
  createRequire(import.meta.url)(pathOf('dist/prepared/value-validators.cjs')) as Compiled,
)

const schemas = [
  ...new Set(
    document.operations.flatMap(({ parameters, requestBody, responses }): Schema[] => [
      ...parameters.map(({ schema }) => schema),
      ...Object.values(requestBody?.content ?? {}),
      ...Object.values(responses).flatMap(({ content, headers }) => [
        ...Object.values(content),
        ...headers.map(({ schema }) => schema),
      ]),
    ]),
  ),
]

const NAMES = ['id', 'name', 'category', 'photoUrls', 'tags', 'status', 'active', 'userStatus', 'title', 'detail']
const SCALARS = [null, true, 'available', 'sold', '', '2030-01-01T00:00:00Z', '2030-02-30T00:00:00Z', 0, -1, 1.5]
const BIG = [2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, 2 ** 53]

const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(...SCALARS, ...BIG),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('json'), { maxKeys: 6 }),
    fc.record({ name: fc.constant('a'), photoUrls: fc.constant(['b']), status: tie('json'), tags: tie('json') }),
  ),
}))

test.each(schemas.map((schema) => ({ schema, pointer: schema.pointer })))(
  '$pointer: each value is validated as by express-openapi-validator',
  async ({ schema }) => {
    await fc.assert(
      fc.asyncProperty(fc.option(json, { nil: undefined }), async (value) => {
        expect(await compiled(schema, value)).toEqual(await whole(schema, value))
      }),
      { numRuns: 100 },
    )
  },
)

test('every violation of a value is listed, with its place', async () => {
  const pet = document.schemas.Pet as Schema
  const found = await compiled(pet, { id: 'x', photoUrls: [1], status: 'gone', tags: [{ id: 2 ** 53 }] })
  expect(found.map(({ path, keyword }) => [path, keyword])).toEqual([
    ['/name', 'required'],
    ['/id', 'type'],
    ['/photoUrls/0', 'type'],
    ['/tags/0/id', 'format'],
    ['/status', 'enum'],
  ])
})

test('a missing value is a violation of the whole', async () => {
  const pet = document.schemas.Pet as Schema
  expect(await compiled(pet, undefined)).toEqual([expect.objectContaining({ path: '', keyword: 'required' })])
  expect(await compiled(pet, null)).toEqual([expect.objectContaining({ path: '', keyword: 'type' })])
})
