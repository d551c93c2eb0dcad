import { expect, test } from '@jest/globals'
import { createMock } from '../../../index.ts'
import { loadDocument } from '../../../openapi/load-document.ts'
import { pathOf } from '../../../openapi/package-files.ts'
import type { Profile } from '../../../ways/profile.ts'
import { createNodeCore } from '../../files/node-core.ts'
import { latency } from './latency.ts'

const MEDIAN = 40
const profile: Profile = { version: 1, latency: { getInventory: { median: MEDIAN, sigma: 0.5 } } }
const [inventory] = loadDocument(pathOf('openapi.yaml')).operations.filter(({ id }) => id === 'getInventory')

/** The first waits of an operation in a session. */
function waitsOf(seed: number, session = 'default', count = 5): number[] {
  const effect = latency(profile, { seed, isSlow: true })
  const at = createNodeCore({}).sessions.get(session)
  return Array.from({ length: count }, () => (inventory && effect?.wait?.(inventory, at)) ?? 0)
}

test('the same seed gives the same waits, another seed or session others', () => {
  expect(waitsOf(1)).toEqual(waitsOf(1))
  expect(waitsOf(2)).not.toEqual(waitsOf(1))
  expect(waitsOf(1, 'other')).not.toEqual(waitsOf(1))
})

test('waits have the median that was observed, and are spread by sigma', () => {
  const logs = waitsOf(1, 'default', 4001)
    .map((ms) => Math.log(ms / MEDIAN))
    .toSorted((a, b) => a - b)
  expect(logs[2000]).toBeCloseTo(0, 1)
  expect(Math.sqrt(logs.reduce((sum, log) => sum + log * log, 0) / logs.length)).toBeCloseTo(0.5, 1)
})

/** Which of two requests is answered first: one that has a latency, or a later one that has none. */
async function firstOf(isSlow: boolean): Promise<string> {
  const { fetch } = createMock({ profile, latency: isSlow })
  const ask = async (target: string) => {
    const { status } = await fetch(target, { headers: { api_key: 'special-key' } })
    return `${status} ${target}`
  }
  // The first request of an operation loads its validators.
  for (const target of ['/v2/store/inventory', '/v2/pet/1']) await ask(target)
  return Promise.race([ask('/v2/store/inventory'), ask('/v2/pet/1')])
}

test('with the option latency an operation waits, and without it none does', async () => {
  expect(await firstOf(true)).toBe('200 /v2/pet/1')
  expect(await firstOf(false)).toBe('200 /v2/store/inventory')
})

test.each<[string, object, RegExp]>([
  ['no profile', { latency: true }, /The option latency needs a profile/],
  ['a profile without it', { latency: true, profile: { version: 1 } }, /the profile has no latency/],
  [
    'the latency of no operation',
    { profile: { version: 1, latency: { getPets: { median: 1, sigma: 0 } } } },
    /line \d+: \/latency\/getPets names getPets, which is no operation/,
  ],
])('%s stops the start', (_what, options, message) => {
  expect(() => createMock(options)).toThrow(message)
})
