import { beforeAll, expect, test } from '@jest/globals'
import { type Recording, record } from '../../src/drift/record.ts'
import { compare } from '../../src/drift/run-drift.ts'
import { createMock } from '../../src/index.ts'
import { fetchOf } from '../mutants/in-process.ts'
import { makeApplication } from '../mutants/server/application.ts'
import { makeRecords } from '../mutants/server/records.ts'
import { optionsOf } from './compare-servers.ts'
import { STRANGE_SERVERS, seamsOf } from './strange-servers.ts'

const OPTIONS = {
  ...optionsOf({ mode: 'safe', seed: 1, depth: 'quick' }),
  baseUrl: 'http://127.0.0.1:4010/v2',
}

let mock: Recording
beforeAll(async () => {
  mock = await record({ ...OPTIONS, fetch: createMock().fetch })
})

test.each(STRANGE_SERVERS)('a server with $what is named by each of its ways, and by no other', async (server) => {
  const records = makeRecords()
  const application = makeApplication({
    seams: seamsOf(server),
    records: server.records?.(records) ?? records,
  })
  const live = await record({ ...OPTIONS, fetch: fetchOf(application) })
  const { differences, problem } = compare(OPTIONS, live, mock)
  expect(differences.map(({ id }) => id.replace(/-[0-9a-f]{8}$/, ''))).toEqual(server.ways)
  expect([problem, application.defects]).toEqual(['', []])
  for (const { kind, finding } of differences) expect(finding !== '').toBe(kind === 'breaks')
})
