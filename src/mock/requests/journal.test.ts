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
    operationIds: () => ['getPetById'],
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

test('a journal keeps 32 MB of requests, and says how many it forgot', () => {
  const kept = journal()
  for (let number = 1; number <= 100; number++) kept.record(exchange(`/${number}`, 1024 * 1024))
  expect(kept.find().map(({ id }) => id)).toEqual(Array.from({ length: 15 }, (_, index) => 86 + index))
  expect(kept.forgotten).toBe(85)
  expect(kept.bytes).toBeLessThanOrEqual(32 * 1024 * 1024)
})

test('a decoded body counts with the memory that it takes, not with its bytes', () => {
  const kept = journal()
  const decoded = { ...exchange('/'), requestValue: Array.from({ length: 100_000 }, () => ({})) }
  for (let number = 1; number <= 10; number++) kept.record(decoded)
  expect(kept.find().length).toBeLessThan(10)
})

test('a request that alone is larger than the journal is kept without its bodies, and says so', () => {
  const kept = journal()
  kept.mark(store)
  kept.record(exchange('/small'))
  const violations = [{ pointer: '/body', expected: 'less', received: 'x'.repeat(40 * 1024 * 1024) }]
  kept.record({ ...exchange('/large', 40 * 1024 * 1024), requestValue: { a: 1 }, violations })
  kept.record(exchange('/after'))
  expect(kept.find().map(({ target, truncated }) => [target, truncated])).toEqual([
    ['/small', undefined],
    ['/large', true],
    ['/after', undefined],
  ])
  expect(kept.find()[1]).not.toHaveProperty('body')
  expect(kept.find()[1]?.violations).toEqual([{ pointer: '/body', expected: 'less' }])
  expect(kept.forgotten).toBe(0)
  expect(kept.bytes).toBeLessThan(10_000)
  expect(kept.jest()).toContain('left out, its body was not kept')
  expect(kept.jest().match(/putState/g)).toHaveLength(1)
  expect(JSON.stringify(kept.har())).toContain('The bodies were too large to be kept.')
})

test('a journal that was cleared counts from 1, with room for as much as before', () => {
  const kept = journal()
  for (let number = 1; number <= 20; number++) kept.record(exchange('/', 1024 * 1024))
  kept.clear()
  for (let number = 1; number <= 15; number++) kept.record(exchange('/', 1024 * 1024))
  expect(kept.find().map(({ id }) => id)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1))
  expect(kept.forgotten).toBe(0)
})
