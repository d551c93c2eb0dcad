import { expect, test } from '@jest/globals'
import { createMock } from '../index.ts'

const LONG = 60_000
const KEY = { api_key: 'special-key' }

test.each([
  ['a success', 'GET', '/v2/pet/1', 200],
  ['a refusal', 'GET', '/v2/pet/x', 400],
  ['an unknown path', 'GET', '/v2/nothing', 404],
  ['a wrong method', 'PATCH', '/v2/pet/1', 405],
])('with delay, an answer of the API waits: %s', async (_what, method, path, status) => {
  const took: number[] = []
  const mock = createMock({ delay: 60, onExchange: ({ milliseconds }) => took.push(milliseconds) })
  const started = performance.now()
  expect((await mock.fetch(path, { method, headers: KEY })).status).toBe(status)
  // Timers may fire a millisecond early.
  expect(performance.now() - started).toBeGreaterThan(58)
  expect(took[0]).toBeGreaterThan(58)
})

test.each([
  ['the control plane', 'GET', '/__admin/state', {}, 200],
  ['the page at the root', 'GET', '/', {}, 200],
  ['a preflight', 'OPTIONS', '/v2/pet/1', { Origin: 'http://a.example', 'Access-Control-Request-Method': 'GET' }, 204],
])('with delay, what is no answer of the API does not wait: %s', async (_what, method, path, headers, status) => {
  const mock = createMock({ delay: LONG })
  expect((await mock.fetch(path, { method, headers })).status).toBe(status)
})

test('a request that is aborted while it waits has changed nothing', async () => {
  const mock = createMock({ delay: LONG })
  const signal = AbortSignal.timeout(20)
  await expect(mock.fetch('/v2/pet/1', { method: 'DELETE', headers: KEY, signal })).rejects.toThrow('timeout')
  expect(mock.store.pets.has(1)).toBe(true)
})

test.each([-1, LONG + 1, Number.NaN, Number.POSITIVE_INFINITY])('a delay of %s is refused', (delay) => {
  expect(() => createMock({ delay })).toThrow('The option delay must be from 0 to 60000 milliseconds, not')
})
