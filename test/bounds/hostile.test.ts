import { expect, test } from '@jest/globals'
import { createMock } from '../../src/index.ts'
import { BODIES, HEADS, type Hostile } from './hostile.test.support.ts'

/** Characters of the smaller request. */
const SIZE = 40_000
const RUNS = 2
/** Doubled input may take so many times as long. */
const MOST_GROWTH = 2.5
/** CPU time in ms that is not told from noise. */
const NOISE = 8
/** A busy machine may spoil some measurements, but what is quadratic fails each time. */
const ATTEMPTS = 4

const mock = createMock()

async function send({ method, path, type, header, make }: Hostile, size: number): Promise<number> {
  const text = make(size)
  const target = header === 'target' ? path + text : path
  const headers = {
    api_key: 'special-key',
    ...(type !== undefined && { 'Content-Type': type }),
    ...(header !== undefined && header !== 'target' && { [header]: text }),
  }
  const before = process.cpuUsage()
  const response = await mock.fetch(target, { method, headers, ...(header === undefined && { body: text }) })
  const { user, system } = process.cpuUsage(before)
  expect(response.status).not.toBe(500)
  mock.reset()
  return (user + system) / 1000
}

/** The least CPU time of some requests, in milliseconds. */
async function leastTime(hostile: Hostile, size: number): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) times.push(await send(hostile, size))
  return Math.min(...times)
}

async function growthOf(hostile: Hostile): Promise<number> {
  const once = await leastTime(hostile, SIZE)
  const twice = await leastTime(hostile, 2 * SIZE)
  return twice / Math.max(once, NOISE)
}

test.each([...BODIES, ...HEADS])('$name: twice as much takes at most 2.5 times as long', async (hostile) => {
  let growth = await growthOf(hostile)
  for (let attempt = 1; growth > MOST_GROWTH && attempt < ATTEMPTS; attempt++)
    growth = Math.min(growth, await growthOf(hostile))
  expect(growth).toBeLessThanOrEqual(MOST_GROWTH)
})
