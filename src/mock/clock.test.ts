import { expect, test } from '@jest/globals'
import { settableClock } from './clock.ts'

test('settableClock stands, runs along with its source from where it stands, and can be moved either way', () => {
  let time = 100
  const clock = settableClock({ now: () => time }, 5_000)
  time = 110
  expect([clock.now(), clock.frozen]).toEqual([5_000, true])
  clock.run()
  time = 130
  expect([clock.now(), clock.frozen]).toEqual([5_020, false])
  clock.advance(-1_000)
  time = 131
  expect(clock.now()).toBe(4_021)
  clock.freeze()
  time = 200
  expect([clock.now(), clock.frozen]).toEqual([4_021, true])
  clock.set(1)
  expect(clock.now()).toBe(1)
})

test('settableClock starts where its source is, unless told otherwise', () => {
  expect(settableClock({ now: () => 7 }).now()).toBe(7)
})
