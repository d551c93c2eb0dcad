import { expect, test } from '@jest/globals'
import { REDACTION } from '../../http/redaction/redaction.ts'
import { createMock } from '../../index.ts'
import { fixedClock } from '../clock.ts'
import type { Exchange } from './exchange.ts'
import { createJournal } from './journal.ts'

const exchange = (target: string, bytes = 0): Exchange => ({
  method: 'POST',
  target,
  requestHeaders: {},
  requestBody: Buffer.alloc(bytes),
  requestValue: undefined,
  status: 200,
  responseHeaders: {},
  responseText: 'x'.repeat(bytes),
  milliseconds: 0,
  violations: [],
  admitted: true,
  unknownQuery: [],
})

const { store } = createMock()
const journal = () =>
  createJournal({
    clock: () => fixedClock(),
    store: () => store,
    redaction: REDACTION,
    version: () => '',
    replay: { options: {}, fixtures: () => store },
  })

test('a journal keeps the latest 1,000 requests, the oldest first, and says how many it forgot', () => {
  const kept = journal()
  for (let number = 1; number <= 10_000; number++) kept.record(exchange(`/${number}`))
  const entries = kept.find()
  expect(entries).toHaveLength(1_000)
  expect(entries[0]).toMatchObject({ id: 9_001, target: '/9001' })
  expect(entries.at(-1)).toMatchObject({ id: 10_000, target: '/10000' })
  expect(kept.forgotten).toBe(9_000)
})

test('a journal keeps 32 MB of bodies, and the last request whatever its size', () => {
  const kept = journal()
  for (let number = 1; number <= 100; number++) kept.record(exchange(`/${number}`, 1024 * 1024))
  expect(kept.find().map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, index) => 85 + index))
  expect(kept.forgotten).toBe(84)
  kept.record(exchange('/large', 40 * 1024 * 1024))
  expect(kept.find().map(({ target }) => target)).toEqual(['/large'])
  kept.record(exchange('/small'))
  expect(kept.find().map(({ target }) => target)).toEqual(['/small'])
})

test('a journal that was cleared counts from 1, with room for as much as before', () => {
  const kept = journal()
  for (let number = 1; number <= 20; number++) kept.record(exchange('/', 1024 * 1024))
  kept.clear()
  for (let number = 1; number <= 16; number++) kept.record(exchange('/', 1024 * 1024))
  expect(kept.find().map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
  expect(kept.forgotten).toBe(0)
})
