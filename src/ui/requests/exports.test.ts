import { beforeAll, expect, test } from '@jest/globals'
import { createMock, type Mock } from '../../index.ts'
import { curlOf } from './curl.ts'
import { type HarEntry, indexIn } from './exchange.ts'
import { testUpTo } from './jest-test.ts'

const HEADERS = { api_key: 'special-key', 'Content-Type': 'application/json' }

let mock: Mock
beforeAll(async () => {
  mock = createMock()
  await mock.fetch('/v2/pet/1', { headers: HEADERS })
  const body = JSON.stringify({ username: 'ada', firstName: 'two\nlines // "GET' })
  await mock.fetch('/v2/user', { method: 'POST', headers: HEADERS, body })
  await mock.putState({ pets: [] })
  await mock.fetch('/v2/pet/1', { headers: HEADERS })
  await mock.fetch('/v2/pet/2', { headers: HEADERS })
})

const entries = () => mock.journal.find()
const last = () => entries().at(-1)?.id ?? 0

test('each request has its command', () => {
  const commands = entries().map(({ id }) => curlOf(mock.journal.curl(), last() - id))
  expect(commands.map((command) => /\/v2\/\S+?(?=')/.exec(command)?.[0])).toEqual([
    '/v2/pet/1',
    '/v2/user',
    '/v2/pet/1',
    '/v2/pet/2',
  ])
})

test('each request has its answer, also if others came since', () => {
  const har: readonly HarEntry[] = Reflect.get(mock.journal.har().log, 'entries')
  for (const known of [last() - 2, last(), last() + 1])
    expect(entries().map((entry) => indexIn(entry, har, known))).toEqual([0, 1, 2, 3])
})

test('the test of a request has the steps up to it, and nothing of those after it', () => {
  const source = mock.journal.jest()
  const upTo = (id: number) => testUpTo(source, last() - id)
  const titles = (text: string) => [...text.matchAll(/^ {2}\/\/ "(.*)"$/gm)].map(([, title]) => title)
  expect(titles(upTo(1))).toEqual(['GET /v2/pet/1 200'])
  expect(titles(upTo(3))).toEqual(['GET /v2/pet/1 200', 'POST /v2/user 200', 'GET /v2/pet/1 404'])
  expect(upTo(2)).not.toContain('putState')
  expect(upTo(3)).toContain('putState')
  expect(upTo(last())).toBe(source)
  for (const { id } of entries()) expect(upTo(id)).toMatch(/^import[\s\S]*\n {2}\}\n\}, \d+\)\n$/)
})
