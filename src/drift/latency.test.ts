import { expect, test } from '@jest/globals'
import { interactionOf } from '../contract/interaction.test.support.ts'
import { createStopwatch } from './latency.ts'

const got = (ms: number, status = 200) => ({
  ...interactionOf({ operationId: 'getInventory', path: '/store/inventory', status }),
  ms,
})

test('the latency of an operation is the median of its successes and their spread', () => {
  const stopwatch = createStopwatch()
  for (const ms of [10, 40, 20]) stopwatch.saw(got(ms))
  stopwatch.saw(got(900, 401))
  const sigma = Math.sqrt((2 * Math.log(2) ** 2) / 3)
  expect(stopwatch.latency()).toEqual({ getInventory: { median: 20, sigma: Number(sigma.toFixed(3)) } })
})

test('an operation without a success has no latency', () => {
  const stopwatch = createStopwatch()
  stopwatch.saw(got(900, 401))
  expect(stopwatch.latency()).toEqual({})
})
