import { expect, test } from '@jest/globals'
import { record } from '../../src/drift/record.ts'
import { compare } from '../../src/drift/run-drift.ts'
import { createMock } from '../../src/index.ts'
import { startServer } from '../mutants/start-server.ts'
import { compareServer, KEY, optionsOf } from './compare-servers.ts'

const SAFE = { mode: 'safe', seed: 1 } as const

test('a correct server that follows the decisions differs in nothing', async () => {
  const { report } = await compareServer({ ...SAFE, seed: 2 })
  const { verdict, differences, cases } = report
  expect([verdict, differences]).toEqual(['same', []])
  expect(cases.asked).toBeGreaterThan(100)
})

test('a server that says 403 is named in one sentence, and the mock learns it', async () => {
  const { url, close } = await startServer({ variant: 'forbidden-for-unauthorised', key: KEY })
  try {
    const options = { ...optionsOf(SAFE), baseUrl: url }
    const live = await record(options)
    const askMock = (profile?: object) =>
      record({
        ...optionsOf(SAFE),
        baseUrl: 'http://127.0.0.1:4010/v2',
        fetch: createMock({ profile: { version: 1, ...profile } }).fetch,
      })
    const first = compare(options, live, await askMock())
    expect(first.differences.map(({ statement, adoptable }) => [statement, adoptable])).toEqual([
      ['the server refuses a missing or wrong key with 403, the mock with 401', true],
    ])
    expect(first.profile).toEqual({ version: 1, key: { status: 403 } })
    expect(compare(options, live, await askMock(first.profile)).differences).toEqual([])
  } finally {
    await close()
  }
})
