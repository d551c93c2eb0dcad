import { expect, test } from '@jest/globals'
import type { Mode } from '../../src/contract/report.ts'
import { runContract } from '../../src/contract/run-contract.ts'
import { runDrift } from '../../src/drift/index.ts'
import { countMore } from '../../src/drift/pairs.ts'
import { record } from '../../src/drift/record.ts'
import { compare } from '../../src/drift/run-drift.ts'
import { createMock } from '../../src/index.ts'
import type { Profile } from '../../src/ways/profile.ts'
import type { Incoming } from '../mutants/server/handling.ts'
import { listen } from '../mutants/server/listen.ts'
import { applicationOf, startServer } from '../mutants/start-server.ts'
import { compareServer, KEY, optionsOf } from './compare-servers.ts'

/** A mock in this process. */
const mockHere = (profile: Profile = { version: 1 }) => ({
  baseUrl: 'http://127.0.0.1:4010/v2',
  fetch: createMock({ profile }).fetch,
})

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
    const askMock = (profile?: object) => record({ ...optionsOf(SAFE), ...mockHere({ version: 1, ...profile }) })
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

/** Compares a server with a new mock, by quick runs, and gives what the server itself logged. */
async function driftOf(variant: string, mode: Mode) {
  const application = applicationOf({ variant, key: KEY })
  const log: Incoming[] = []
  const answer = (request: Incoming) => {
    log.push(request)
    return application.answer(request)
  }
  const { url, close } = await listen({ ...application, answer })
  const options = { ...optionsOf({ mode, seed: 1, depth: 'quick' }), baseUrl: url }
  const compareOnce = () => runDrift({ ...options, mock: createMock() })
  return { log, options, compareOnce, close }
}

test('the same seed and servers give the same bytes, times apart', async () => {
  const { compareOnce, close } = await driftOf('errors-in-html', 'safe')
  const bytes = async () => JSON.stringify({ ...(await compareOnce()), times: undefined })
  expect(await bytes()).toBe(await bytes())
  await close()
})

test.each<[string, object]>([
  ['a few operations', { only: ['createUser', 'deleteOrder'] }],
  ['another seed, and records that stay', { seed: 4, only: ['addDomain'], allowLeftovers: true }],
])('a safe run of %s counts what an owned run then asks besides', async (_what, further) => {
  const { url, close } = await startServer({ key: KEY })
  const casesIn = async (mode: Mode) => {
    const mock = createMock()
    const options = { ...optionsOf({ mode, seed: 1, depth: 'quick' }), ...further, baseUrl: url }
    return (await runDrift({ ...options, mock })).cases
  }
  const [safe, owned] = [await casesIn('safe'), await casesIn('owned')]
  await close()
  expect(safe.more).toEqual({ mode: 'owned', cases: owned.asked - safe.asked })
  expect(owned.more?.mode).toBe('full')
})

test('an owned run counts what a full run asks of the mock besides, and a full run nothing', async () => {
  const { url, close } = await startServer({ key: KEY })
  const optionsIn = (mode: Mode) => ({
    ...optionsOf({ mode, seed: 1, depth: 'quick' }),
    only: ['addDomain', 'deleteOrder'],
  })
  const casesIn = async (mode: Mode) => (await runDrift({ ...optionsIn(mode), baseUrl: url, mock: createMock() })).cases
  const seenIn = async (mode: Mode) => (await record({ ...optionsIn(mode), ...mockHere() })).seen
  const { more } = await casesIn('owned')
  expect(more).toEqual({ mode: 'full', cases: countMore(await seenIn('full'), await seenIn('owned')) })
  expect((await casesIn('full')).more).toBeUndefined()
  await close()
})

test('a safe run writes nothing to the mock, and counts the same again', async () => {
  const { url, close } = await startServer({ key: KEY })
  const mock = createMock()
  const records = () => JSON.stringify([...mock.store.users.values(), ...mock.store.domains.values()])
  const options = { ...optionsOf({ ...SAFE, depth: 'quick' }), only: ['createUser', 'addDomain'], allowLeftovers: true }
  const casesOf = async () => (await runDrift({ ...options, baseUrl: url, mock })).cases
  const before = records()
  const first = await casesOf()
  expect([await casesOf(), records()]).toEqual([first, before])
  await close()
})

test('in safe mode the live server gets GET, HEAD and OPTIONS alone', async () => {
  const { compareOnce, log, close } = await driftOf('errors-in-html', 'safe')
  const { cases } = await compareOnce()
  expect(log.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method))).toEqual([])
  expect(log.length).toBeGreaterThanOrEqual(cases.asked)
  await close()
})

test.each<Mode>(['safe', 'owned', 'full'])(
  'a comparison in %s mode takes at most 2.2 times the requests of a contract run',
  async (mode) => {
    const { compareOnce, options, close } = await driftOf('no-content', mode)
    const { requests } = await compareOnce()
    await close()
    const other = await driftOf('no-content', mode)
    const contract = await runContract({ ...options, baseUrl: other.options.baseUrl })
    await other.close()
    expect(contract.problem).toBe('')
    expect(requests).toBeLessThanOrEqual(2.2 * contract.requests)
  },
)
