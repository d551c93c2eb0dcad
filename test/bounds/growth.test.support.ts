import { expect } from '@jest/globals'

/** Characters of the smaller input. */
const SIZE = 40_000
const RUNS = 2
/** Doubled input may take so many times as long. */
const MOST_GROWTH = 2.5
/** CPU time in ms that is not told from noise. */
const NOISE = 8
/** A busy machine may spoil some measurements, but what is quadratic fails each time. */
const ATTEMPTS = 4

/** Reads an input of so many characters. The work for it is to be measured, not that of making it. */
export type Prepare = (size: number) => () => unknown

/** Fails if twice as much input takes more than 2.5 times as long. */
export async function expectSteadyGrowth(prepare: Prepare): Promise<void> {
  let growth = await growthOf(prepare)
  for (let attempt = 1; growth > MOST_GROWTH && attempt < ATTEMPTS; attempt++)
    growth = Math.min(growth, await growthOf(prepare))
  expect(growth).toBeLessThanOrEqual(MOST_GROWTH)
}

async function growthOf(prepare: Prepare): Promise<number> {
  const once = await leastTime(prepare, SIZE)
  const twice = await leastTime(prepare, 2 * SIZE)
  return twice / Math.max(once, NOISE)
}

/** The least CPU time of some runs, in milliseconds. */
async function leastTime(prepare: Prepare, size: number): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const read = prepare(size)
    const before = process.cpuUsage()
    await read()
    const { user, system } = process.cpuUsage(before)
    times.push((user + system) / 1000)
  }
  return Math.min(...times)
}
