import { expect, test } from '@jest/globals'
import { createMock } from '../../index.ts'
import { jsonLines } from './json-lines.ts'
import { marksByLine, marksOf, marksOfName } from './marks.ts'

const HEADERS = { api_key: 'special-key', 'Content-Type': 'application/json' }

async function entryOf(method: string, path: string, body?: unknown) {
  const mock = createMock()
  await mock.fetch(path, { method, headers: HEADERS, ...(body !== undefined && { body: JSON.stringify(body) }) })
  const [entry] = mock.journal.find()
  if (!entry) throw new Error('The request is not in the journal.')
  return entry
}

test('each violation of a body has a line, that of an absent member the line of its parent', async () => {
  const { body, violations } = await entryOf('PUT', '/v2/domain', { id: 'x', photoUrls: ['a', 7], tags: [{ id: 'y' }] })
  const lines = jsonLines(body)
  const marks = marksByLine(marksOf(violations).body, new Set(lines.map(({ pointer }) => pointer)))
  expect([...marks.keys()].sort()).toEqual(['', '/id', '/photoUrls/1', '/tags/0/id'])
  expect(marks.get('')).toMatchObject([{ pointer: '/body/name' }])
})

test('violations of the query, a header and the path stand at their names', async () => {
  const query = await entryOf('GET', '/v2/pet/findByStatus?status=availible')
  expect(marksOfName(marksOf(query.violations).query, 'status')).toHaveLength(1)
  const path = await entryOf('GET', '/v2/pet/x')
  expect(marksOf(path.violations).path).toHaveLength(1)
})
