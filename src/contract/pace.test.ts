import { expect, test } from '@jest/globals'
import { createPace } from './pace.ts'

/** Sends so many requests to a server, one after the other, each of which takes 1 ms. Gives the longest delay of the last. */
function send(count: number, isPutOff: (at: number) => boolean, retryMs: number) {
  let now = 0
  let putOff = 0
  const pace = createPace(undefined, () => now)
  const delays: number[] = []
  for (let turn = 0; turn < count; turn += 1) {
    delays.push(Math.max(0, pace.delay()))
    now += (delays.at(-1) ?? 0) + 1
    while (isPutOff(now)) {
      putOff += 1
      pace.putOff(retryMs)
      now += retryMs
    }
    pace.answered()
  }
  return { delay: Math.max(...delays.slice(-20)), putOff, seconds: now / 1000 }
}

test('a server that puts off by the number of requests is not sent to more slowly in the end', () => {
  let count = 0
  const everyTwelfth = () => {
    count += 1
    return count % 12 === 0
  }
  expect(send(1000, everyTwelfth, 1000).delay).toBe(0)
})

test('a server that puts off at random is not sent to more slowly in the end', () => {
  let state = 7
  const atRandom = () => {
    state = (state * 16807) % 2147483647
    return state % 10 === 0
  }
  expect(send(1000, atRandom, 1000).delay).toBe(0)
})

test('a server that takes ten requests a second gets so many, and hardly puts one off', () => {
  let [tokens, before] = [20, 0]
  const isEmpty = (now: number) => {
    tokens = Math.min(20, tokens + (now - before) / 100)
    before = now
    if (tokens < 1) return true
    tokens -= 1
    return false
  }
  const { putOff, seconds } = send(500, isEmpty, 1000)
  expect(putOff).toBeLessThan(6)
  expect(seconds).toBeLessThan(80)
})
