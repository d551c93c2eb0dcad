import { expect, test } from '@jest/globals'
import { type Beside, runBeside } from '../../contract-tests/mutants/beside-writer.ts'
import type { Seams } from '../../contract-tests/mutants/server/seams.ts'

/** A few of the runs of `contract-tests/mutants/writers.ts`, which has all rates, latencies and modes. */
const BESIDE: readonly (readonly [Beside['mode'], number, number])[] = [
  ['safe', 20, 0],
  ['safe', 20, 25],
  ['owned', 20, 0],
  ['full', 20, 0],
]

test.each(BESIDE)(
  'in %s mode, beside %i writes a second at %i ms, nobody is accused',
  async (mode, perSecond, latencyMs) => {
    const { failures, problem } = await runBeside({ mode, perSecond, latencyMs, seed: 5 })
    expect([problem, failures]).toEqual(['', []])
  },
  120_000,
)

test('the report says that somebody else writes', async () => {
  const { skipped } = await runBeside({ mode: 'full', perSecond: 20, latencyMs: 0, seed: 6 })
  expect(skipped).toContainEqual(expect.stringContaining('Somebody else writes here'))
}, 120_000)

/** Each reading of a pet shows another name. */
const readingMoves = (): Seams => {
  let turn = 0
  return {
    value: ({ match }, next) => {
      turn += 1
      const found = next()
      return match.operation?.id === 'getPetById' ? { ...Object(found), name: `name ${turn % 2}` } : found
    },
  }
}

test('a record that reading moves is no work of others', async () => {
  const { failures } = await runBeside({ mode: 'safe', perSecond: 0, latencyMs: 0, seed: 1, seams: readingMoves() })
  expect(failures.map(({ check }) => check)).toContain('safe-reading')
}, 120_000)

/** One list shows a pet under another name; no other ever does. */
const onceWrong = (): Seams => {
  let turn = 0
  return {
    value: ({ match }, next) => {
      const found = next()
      if (match.operation?.id !== 'findPetsByStatus' || !Array.isArray(found)) return found
      turn += 1
      return turn === 6 ? found.map((pet) => ({ ...pet, name: 'for a moment' })) : found
    },
  }
}

test('a difference that is not seen again is advice', async () => {
  const { failures } = await runBeside({ mode: 'safe', perSecond: 0, latencyMs: 0, seed: 1, seams: onceWrong() })
  expect(failures).toEqual([])
}, 120_000)
