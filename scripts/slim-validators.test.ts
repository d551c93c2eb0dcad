import { expect, test } from '@jest/globals'
import type { ErrorObject, ValidateFunction } from 'ajv'
import fc from 'fast-check'
import { loadAdminDocument } from '../src/mock/files/load-admin-document.ts'
import { PREPARED_FORMATS } from '../src/openapi/formats.ts'
import { loadDocument } from '../src/openapi/load-document.ts'
import { pathOf } from '../src/openapi/package-files.ts'
import { wordsOf } from '../src/openapi/validators/compiled-validator.ts'
import { prepareValidators } from './prepare-validators.ts'
import { slimValidators } from './slim-validators.ts'

type Table = Readonly<Record<string, readonly ValidateFunction[]>>

function load(source: string): Readonly<Record<'requests' | 'replies', Table>> {
  const module = { exports: { requests: {}, replies: {} } }
  new Function('module', 'require', source)(module, () => ({ PREPARED_FORMATS }))
  return module.exports
}

/** The parts of an error that our code reads. */
const read = ({ instancePath, keyword, params, message = wordsOf(keyword, params) }: ErrorObject) => ({
  instancePath,
  keyword,
  params,
  message,
})

const errorsOf = (validate: ValidateFunction, data: unknown) =>
  validate(data) ? [] : (validate.errors ?? []).map(read)

const NAMES = [
  'id',
  'name',
  'status',
  'tags',
  'pets',
  'domains',
  'orders',
  'counters',
  'order',
  'steps',
  'kind',
  'times',
  'pack',
]
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, 1, -1, 2 ** 53, 1.5, 'x', '', 'sold', 'validated', 'status', 'way', true, [], {}),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('json'), { maxKeys: 5 }),
  ),
}))

const api = loadDocument(pathOf('openapi.yaml'))

test.each([
  ['API', api],
  ['control plane', loadAdminDocument(api).document],
])('the small validators of the %s find what the whole ones find, in the same words', async (_name, document) => {
  const source = await prepareValidators(document)
  const [whole, small] = [load(source), load(slimValidators(source))]
  expect(slimValidators(source).length).toBeLessThan(source.length * 0.75)
  for (const table of ['requests', 'replies'] as const) {
    const rows = Object.entries(whole[table])
    expect(Object.keys(small[table])).toEqual(rows.map(([name]) => name))
    const validators = rows.flatMap(([name, each]) => each.map((one, index) => [name, index, one] as const))
    const data = fc.record({ query: json, headers: json, params: json, body: json, response: json })
    fc.assert(
      fc.property(fc.constantFrom(...validators), data, ([name, index, validate], value) => {
        const other = small[table][name]?.[index]
        if (other === undefined) throw new Error(name)
        expect(errorsOf(other, structuredClone(value))).toEqual(errorsOf(validate, structuredClone(value)))
      }),
      { numRuns: 300 },
    )
  }
})
