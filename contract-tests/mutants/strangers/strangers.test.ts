import { expect, test } from '@jest/globals'
import { runStranger, type StrangerOutcome, scoreStranger } from './score-stranger.ts'
import { STRANGERS, variantsOf } from './strangers.ts'

const find = (id: string) => STRANGERS.find((stranger) => stranger.id === id) ?? fail(`There is no ${id}.`)
const fail = (message: string): never => {
  throw new Error(message)
}

/** A few of each server, since a process and a run take seconds. `npm run contract:strangers` runs all. */
test.concurrent.each([
  ['express', ['f24'], ['b39']],
  ['fastify', ['f34'], ['b38']],
])(
  'on %s the plain server and a freedom get no failure, and a fault does',
  async (id, freedoms, faults) => {
    const stranger = find(id)
    const run = (variant: string) => runStranger(stranger, variant, { seed: 1, mode: 'full' })
    const outcomes = await Promise.all(['plain', ...freedoms, ...faults].map(run))
    expect(outcomes.filter(({ problem }) => problem !== '')).toEqual([])
    const score = scoreStranger(variantsOf(stranger), outcomes)
    expect(score).toMatchObject({ plainFailures: 0, accused: [], missed: [], caught: faults.length })
  },
  120_000,
)

const outcome = (variant: string, keys: readonly string[], problem = ''): StrangerOutcome => ({
  variant,
  failures: keys.map((key) => ({ key, text: '' })),
  problem,
  requests: 1,
})
const row = (id: string, kind: 'freedom' | 'fault') => ({ id, kind, title: '', why: '' })

test('only a failure that the plain server does not get counts, and a run that cannot end accuses', () => {
  const variants = [
    row('f1', 'freedom'),
    row('f2', 'freedom'),
    row('f3', 'freedom'),
    row('b1', 'fault'),
    row('b2', 'fault'),
  ]
  const outcomes = [
    outcome('plain', ['a']),
    outcome('f1', ['a']),
    outcome('f2', ['a', 'b']),
    outcome('f3', [], 'The time was up.'),
    outcome('b1', ['a']),
    outcome('b2', ['b']),
  ]
  expect(scoreStranger(variants, outcomes)).toEqual({
    faults: 2,
    caught: 1,
    missed: ['b1'],
    freedoms: 3,
    accused: ['f2', 'f3'],
    plainFailures: 1,
  })
})

test.each(STRANGERS.map(({ id }) => id))(
  '%s has 40 freedoms or more, and as many faults, each with its reason',
  (id) => {
    const variants = variantsOf(find(id))
    const [freedoms, faults] = ['freedom', 'fault'].map((kind) => variants.filter((one) => one.kind === kind).length)
    expect(freedoms).toBeGreaterThanOrEqual(40)
    expect([faults, variants.length]).toEqual([freedoms, 2 * (freedoms ?? 0)])
    expect(variants.filter(({ title, why }) => !title || !why)).toEqual([])
  },
)
