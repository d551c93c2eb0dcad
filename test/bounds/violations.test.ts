import { expect, test } from '@jest/globals'
import { createMock } from '../../src/index.ts'
import { parseState } from '../../src/mock/files/state-file.ts'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { MOST_VIOLATIONS } from '../../src/openapi/violation-limit.ts'

const MANY = 20_000
const listOf = (item: string) => `[${Array.from({ length: MANY }, () => item).join(',')}]`
const pairs = (make: (index: number) => string) => Array.from({ length: MANY }, (_none, index) => make(index)).join(',')

const JSON_TYPE = 'application/json'

/** Bodies with far more violations than are listed, by the door and the part of the mock that finds them. */
const BODIES = [
  ['the schema of a list', 'POST', '/v2/user/createWithList', JSON_TYPE, listOf('{"id":"1"}')],
  ['a rule of the reference', 'POST', '/v2/user/createWithList', JSON_TYPE, listOf('{}')],
  ['items of another type', 'POST', '/v2/user/createWithList', JSON_TYPE, listOf('1')],
  ['long numbers', 'POST', '/v2/user/createWithList', JSON_TYPE, listOf('99999999999999999')],
  ['a list in an object', 'PUT', '/v2/domain', JSON_TYPE, `{"id":1,"name":"a","photoUrls":${listOf('1')}}`],
  ['repeated elements', 'PUT', '/v2/domain', 'application/xml', `<Pet>${'<tags>a</tags>'.repeat(MANY)}</Pet>`],
  ['records of a state', 'PUT', '/__admin/state', JSON_TYPE, `{"pets":${listOf('{}')}}`],
  ['keys of a state', 'PUT', '/__admin/state', JSON_TYPE, `{"pets":${listOf('{"id":1,"name":"a","photoUrls":[]}')}}`],
  ['unknown names', 'PUT', '/__admin/state', JSON_TYPE, `{${pairs((index) => `"a${index}":1`)}}`],
] as const

test.each(BODIES)('violations of %s are listed up to a limit', async (_by, method, path, type, body) => {
  const mock = createMock()
  const response = await mock.fetch(path, {
    method,
    body,
    headers: { 'Content-Type': type, api_key: 'special-key' },
  })
  const text = await response.text()
  const { detail, errors } = JSON.parse(text)
  expect(response.status).toBeGreaterThanOrEqual(400)
  expect(errors).toHaveLength(MOST_VIOLATIONS)
  expect(detail).toMatch(/There are \d+ or more violations/)
  expect(text.length).toBeLessThan(40_000)
  expect(mock.journal.find().flatMap(({ violations }) => violations).length).toBeLessThanOrEqual(MOST_VIOLATIONS)
})

test('values of one query parameter are listed up to a limit', async () => {
  const response = await createMock().fetch(`/v2/pet/findByStatus?status=${'gone,'.repeat(MANY)}`, {
    headers: { api_key: 'special-key' },
  })
  expect(JSON.parse(await response.text()).errors).toHaveLength(MOST_VIOLATIONS)
})

test('fewer violations are counted', async () => {
  const body = `[${Array.from({ length: MOST_VIOLATIONS - 1 }, () => '{}').join(',')}]`
  const headers = { 'Content-Type': JSON_TYPE }
  const response = await createMock().fetch('/v2/user/createWithList', { method: 'POST', headers, body })
  const { detail, errors } = JSON.parse(await response.text())
  expect(errors).toHaveLength(MOST_VIOLATIONS - 1)
  expect(detail).toContain(`There are ${MOST_VIOLATIONS - 1} violations`)
})

test('a state file is refused with the first place and the least number of them', async () => {
  const text = `{"pets":${listOf('{}')}}`
  const document = loadDocument(pathOf('openapi.yaml'))
  await expect(parseState('state.json', Buffer.from(text), document, false)).rejects.toThrow(
    'There are 100 or more such places.',
  )
})
