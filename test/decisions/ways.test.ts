import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { optionsOf } from '../../contract-tests/drift/compare-servers.ts'
import { record } from '../../src/drift/record.ts'
import { createMock } from '../../src/index.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { WAYS } from '../../src/ways/index.ts'

const FOLDER = 'test/decisions'

test('each way in which servers may differ is about a decision that has a test', () => {
  const files = readdirSync(pathOf(FOLDER)).filter((file) => file.endsWith('.test.ts') && !file.startsWith('ways'))
  const text = files.map((file) => readFileSync(pathOf(`${FOLDER}/${file}`), 'utf8')).join('\n')
  expect(WAYS.filter(({ question }) => !text.includes(question)).map(({ id }) => id)).toEqual([])
})

test('the mock has the habits that the ways give it', async () => {
  const { fetch, defects } = createMock()
  const baseUrl = 'http://127.0.0.1:4010/v2'
  const { seen } = await record({ ...optionsOf({ seed: 1, mode: 'full' }), baseUrl, fetch })
  const habits = WAYS.map((way) => [way.id, [...new Set(way.read(seen).map(({ does }) => does))].toSorted()])
  expect(habits).toEqual(WAYS.map(({ id, mock }) => [id, mock.toSorted()]))
  expect(defects).toEqual([])
}, 180_000)

test('no two ways have the same id', () => {
  expect(new Set(WAYS.map(({ id }) => id)).size).toBe(WAYS.length)
})
