import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { pathOf } from '../../openapi/package-files.ts'
import { mockBefore, startLive, type TestedLive } from './live.test.support.ts'

let live: TestedLive
beforeEach(async () => {
  live = await startLive()
})
afterEach(() => live.close())

test('a profile changes the refusals of the mock, and no answer of the live server', async () => {
  const profile = { version: 1, key: { status: 403 }, errors: { mediaType: 'text/html' } } as const
  const { get, ask } = mockBefore(live.url, {}, { profile })
  expect(await get('/pet/1')).toMatchObject({ status: 200, source: 'live', value: { name: 'Biscuit' } })
  expect(await get('/pet/1', { api_key: 'wrong' })).toMatchObject({ status: 403, source: 'mock', type: 'text/html' })
  const missing = await get('/pet/999999')
  expect([missing.status, missing.source, missing.type]).toEqual([404, 'live', 'application/problem+json'])
  await ask('DELETE', '/pet/1')
  expect(await get('/pet/1')).toMatchObject({ status: 404, reason: 'changed-here', type: 'text/html' })
})

test('a profile of successes holds for the writes that stay here', async () => {
  const profile = { version: 1, successes: { deletePet: { status: 204 } } } as const
  const { ask } = mockBefore(live.url, {}, { profile })
  expect(await ask('DELETE', '/pet/1')).toMatchObject({ status: 204, source: 'mock' })
})

test('the clock of a session moves the logins that are answered here, and none of the live server', async () => {
  const { mock } = mockBefore(live.url, { mock: ['loginUser'] })
  const expiry = async () =>
    (await mock.fetch('/v2/user/login?username=someone&password=a')).headers.get('x-expires-after') ?? ''
  const before = Date.parse(await expiry())
  mock.clock.advance(3_600_000)
  expect(Date.parse(await expiry()) - before).toBeGreaterThanOrEqual(3_600_000)
  expect(live.log).toEqual([])
})

/** Whether a mock that was asked once has loaded what sends to live servers, which needs this module of Node. */
function hasLoadedSender(options: object): boolean {
  const script = `
    const { createMock } = require('./dist/bundle/index.cjs')
    createMock(${JSON.stringify(options)}).fetch('/v2/pet/1', { headers: { api_key: 'special-key' } }).then(() =>
      console.log(process.moduleLoadList.includes('NativeModule https')))`
  const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: pathOf('.'), encoding: 'utf8' })
  return JSON.parse(stdout)
}

test('what asks a live server is loaded if there is one alone', () => {
  expect([hasLoadedSender({}), hasLoadedSender({ upstream: { url: 'http://127.0.0.1:9/v2' } })]).toEqual([false, true])
})
