import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ApiDocument, CompiledName } from '../document.ts'
import type { JsonObject } from '../json-object.ts'
import { loadDocument, parseApiDocument } from '../load-document.ts'
import type { Operation } from '../operation.ts'
import { pathOf } from '../package-files.ts'
import { MOST_VIOLATIONS } from '../violation-limit.ts'
import { type Compiled, createCompiledValidator } from './compiled-validator.ts'
import { createValidator } from './express-validator.ts'
import { nearly } from './nearly.test.support.ts'
import type { RequestValues } from './validator.ts'

const document = loadDocument(pathOf('openapi.yaml'))
const compiled = builtFor(document, 'validators')
const whole = createValidator(document)

/** The validator with the functions that the build compiled. */
function builtFor(api: ApiDocument, name: CompiledName) {
  return createCompiledValidator(api, load(name), createValidator)
}

function load(name: CompiledName): Compiled {
  return createRequire(import.meta.url)(pathOf(`dist/prepared/${name}.cjs`)) as Compiled
}

const NAMES = ['id', 'name', 'category', 'photoUrls', 'tags', 'status', 'active', 'validate', 'username', 'userStatus']
const SINGLE = ['username', 'password', 'petId', 'orderId', 'api_key']
const WORDS = ['available', 'sold', 'gone', 'validated', '1', '']
const NUMBERS = [0, 1, -1, 1.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, 2 ** 53]

/** Values that are often right, and else wrong in one of many ways. */
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, ...WORDS, ...NUMBERS),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('json'), { maxKeys: 6 }),
    fc.record({ name: fc.constant('a'), photoUrls: fc.constant(['b']), status: tie('json'), tags: tie('json') }),
  ),
}))
/** Lists are lists when they come to the validator: `parameters.ts` has split them. */
const lists = fc.dictionary(fc.constantFrom('status', 'tags'), fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }))
const singles = fc.dictionary(fc.constantFrom(...SINGLE), fc.constantFrom<unknown>(...WORDS, ...NUMBERS))
const parameters = fc.tuple(lists, singles).map(([some, others]) => ({ ...some, ...others }))

const mediaTypesOf = ({ requestBody }: Operation) => [undefined, ...Object.keys(requestBody?.content ?? {})]
const requests = document.operations.flatMap((operation) =>
  mediaTypesOf(operation).map((mediaType) => ({ operation, mediaType, id: operation.id })),
)

/** In all, over the rows. */
const RANDOM_REQUESTS = 20_000
const RANDOM_REPLIES = 10_000

/** The findings or the exception of a validator, and the values after it ran. */
async function outcome(work: (values: RequestValues) => unknown, given: RequestValues) {
  const values = structuredClone(given)
  try {
    return { found: await work(values), values }
  } catch (error) {
    return { thrown: String(error), values }
  }
}

test.each(requests)('$id, $mediaType: each request is validated as by express-openapi-validator', async (row) => {
  const { operation, mediaType } = row
  const values = fc.record({ path: parameters, query: parameters, body: json })
  await fc.assert(
    fc.asyncProperty(values, async ({ path, query, body }) => {
      const given: RequestValues = { path, query, headers: {}, body, ...(mediaType && { mediaType }) }
      const expected = await outcome((own) => whole.validateRequest(operation, own), given)
      expect(await outcome((own) => compiled.validateRequest(operation, own), given)).toEqual(expected)
    }),
    { numRuns: Math.ceil(RANDOM_REQUESTS / requests.length) },
  )
})

test.each(document.operations.map((operation) => ({ operation, id: operation.id })))(
  '$id: each reply is validated as by express-openapi-validator',
  async ({ operation }) => {
    const statuses = [200, 302, 500, ...Object.keys(operation.responses).filter((status) => status !== 'default')]
    const types = ['application/json', 'application/xml', 'application/problem+json']
    const reply = fc.tuple(fc.constantFrom(...statuses.map(Number)), fc.constantFrom(...types), json)
    await fc.assert(
      fc.asyncProperty(reply, async ([status, type, value]) => {
        const expected = await whole.validateReply(operation, status, type, structuredClone(value))
        expect(await compiled.validateReply(operation, status, type, structuredClone(value))).toEqual(expected)
      }),
      { numRuns: Math.ceil(RANDOM_REPLIES / document.operations.length) },
    )
  },
)

const control = parseApiDocument(
  readFileSync(pathOf('src/mock/admin/openapi.yaml'), 'utf8'),
  'openapi.yaml',
  (document.json.components as { schemas: JsonObject }).schemas,
)
const compiledControl = builtFor(control, 'admin-validators')
const wholeControl = createValidator(control)
/** In all, over the operations. */
const RANDOM_CONTROL = 2_000

test.each(control.operations.map((operation) => ({ operation, id: operation.id })))(
  '$id of the control plane: each request and reply is validated as by express-openapi-validator',
  async ({ operation }) => {
    const bodies = Object.entries(operation.requestBody?.content ?? {})
    const [mediaType, schema] = bodies[0] ?? []
    const path = fc.dictionary(fc.constantFrom('id', 'name', 'collection', 'format'), fc.constantFrom(...WORDS, 'pets'))
    const values = fc.tuple(path, path, schema ? nearly(schema) : fc.constant(undefined))
    const replies = Object.values(operation.responses).flatMap(({ status, content }) =>
      Object.entries(content)
        .filter(([type]) => type.endsWith('json'))
        .map(([type, shape]) => fc.tuple(fc.constant(status), fc.constant(type), nearly(shape))),
    )
    await fc.assert(
      fc.asyncProperty(values, fc.oneof(...replies), async ([path, query, body], [status, type, value]) => {
        const given: RequestValues = { path, query, headers: {}, body, ...(mediaType && { mediaType }) }
        const expected = await outcome((own) => wholeControl.validateRequest(operation, own), given)
        expect(await outcome((own) => compiledControl.validateRequest(operation, own), given)).toEqual(expected)
        const reply = [operation, Number(status), type] as const
        const found = await wholeControl.validateReply(...reply, structuredClone(value))
        expect(await compiledControl.validateReply(...reply, structuredClone(value))).toEqual(found)
      }),
      { numRuns: Math.ceil(RANDOM_CONTROL / control.operations.length) },
    )
  },
)

test('what is compiled was written for this version of express-openapi-validator', () => {
  const manifest = pathOf('node_modules/express-openapi-validator/package.json')
  expect(JSON.parse(readFileSync(manifest, 'utf8')).version).toBe('5.6.2')
})

test('the whole validator is made for a reply that was not compiled, and only for such a one', async () => {
  let made = 0
  const validator = createCompiledValidator(document, load('validators'), (of) => {
    made += 1
    return createValidator(of)
  })
  const values: RequestValues = { path: { petId: 1 }, query: {}, headers: {}, body: undefined }
  const find = (wanted: string) => document.operations.find(({ id }) => id === wanted) as Operation
  expect(await validator.validateRequest(find('getPetById'), values)).toEqual([])
  expect(made).toBe(0)
  const upload = { ...values, body: { file: 'a.png' }, mediaType: 'multipart/form-data' }
  expect(await validator.validateRequest(find('uploadFile'), upload)).toEqual([])
  expect(made).toBe(0)
  expect(await validator.validateReply(find('uploadFile'), 503, 'application/json', {})).toEqual([])
  expect(made).toBe(1)
})

test('both list the same violations of a body that has more than are listed', async () => {
  const operation = document.operations.find(({ id }) => id === 'createUsersWithListInput') as Operation
  const body = Array.from({ length: 1_000 }, (_none, index) => ({ username: index % 2 ? 'a' : 1, id: '1' }))
  const values: RequestValues = { path: {}, query: {}, headers: {}, mediaType: 'application/json', body }
  const found = await compiled.validateRequest(operation, values)
  expect(found).toHaveLength(MOST_VIOLATIONS)
  expect(found).toEqual(await whole.validateRequest(operation, values))
})
