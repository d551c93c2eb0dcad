import { expect, test } from '@jest/globals'
import { HOSTILE, measureHostile } from './hostile.ts'

/** A value that is kept takes 500 bytes and more. */
const BYTES_A_VALUE = 150
/** Enough that code which V8 compiles meanwhile, up to 400 kB on Node 22, is below the limit by far. */
const COUNT = 4_000

/** Sessions that left are remembered by their ids, the latest 10,000: see sessions.test.ts. */
const kinds = Object.keys(HOSTILE).filter((kind) => kind !== 'sessions')

test.each(kinds)(
  '4,000 more %s that never came before take no memory',
  async (kind) => {
    const [cost] = await measureHostile(COUNT, [kind])
    const [before = Number.NaN, after = Number.NaN] = cost?.held ?? []
    expect((after - before) / COUNT).toBeLessThan(BYTES_A_VALUE)
  },
  240_000,
)
