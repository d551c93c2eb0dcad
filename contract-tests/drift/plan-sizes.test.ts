import { expect, test } from '@jest/globals'
import type { Depth, Mode } from '../../src/contract/report.ts'
import { countMore } from '../../src/drift/pairs.ts'
import { PLAN_SIZES } from '../../src/drift/plan-sizes.ts'
import { record } from '../../src/drift/record.ts'
import { createMock } from '../../src/index.ts'
import { optionsOf } from './compare-servers.ts'

/** The plans of thorough runs take half a minute. */
const DEPTHS: readonly Depth[] =
  process.env.INBOXES_TEST_WHOLE === '1' ? ['quick', 'usual', 'thorough'] : ['quick', 'usual']
/** A change of a scenario need not change the table, if it is small. */
const LEAST_PART = 0.95

async function casesIn(mode: Mode, depth: Depth) {
  const here = { baseUrl: 'http://127.0.0.1:4010/v2', fetch: createMock().fetch }
  return (await record({ ...optionsOf({ mode, seed: 1, depth }), ...here })).seen
}

test.each(DEPTHS)(
  'the known sizes of plans are those of %s runs, but for a twentieth',
  async (depth) => {
    const [safe, owned, full] = [
      await casesIn('safe', depth),
      await casesIn('owned', depth),
      await casesIn('full', depth),
    ]
    const played = { safe: countMore(owned, safe), owned: countMore(full, owned) }
    for (const mode of ['safe', 'owned'] as const) {
      const [less = 0, more = 0] = [played[mode], PLAN_SIZES[depth][mode]].toSorted((a, b) => a - b)
      expect([mode, played[mode], less / more > LEAST_PART]).toEqual([mode, played[mode], true])
    }
  },
  600_000,
)
