import { expect, test } from '@jest/globals'
import { killOften } from './kill.ts'

test('no acknowledged write is lost in 10 kills at random moments', async () => {
  const { acknowledged, lost } = await killOften({ kills: 10, records: 2_000, longest: 150, seed: 1 })
  expect(lost).toEqual([])
  expect(acknowledged).toBeGreaterThan(10)
})
