import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { CHECKS } from '../src/contract/checks/index.ts'
import type { Place } from '../src/contract/finding.ts'
import type { ContractReport } from '../src/contract/report.ts'
import { runContract } from '../src/contract/run-contract.ts'
import { openTarget, optionsFor, type Target } from './target.ts'

/** Milliseconds. A server on another machine may be slow. */
const RUN_TIMEOUT = 300_000

let target: Target
let report: ContractReport

beforeAll(async () => {
  target = await openTarget()
  report = await runContract(optionsFor(target))
}, RUN_TIMEOUT)

afterAll(() => target.close())

test('the server answers under its base path and accepts the key', () => {
  expect(report.problem).toBe('')
  expect(report.requests).toBeGreaterThan(0)
})

const isOf = (places: readonly Place[], id: string) => places.some(({ check }) => check === id)

test.each(CHECKS)('$id: $title', ({ id }) => {
  const failures = report.findings.filter(({ places, level }) => level === 'failure' && isOf(places, id))
  const texts = failures.map(({ message, expected, actual, line, curl }) =>
    [message, `openapi.yaml, line ${line}`, `expected ${expected}`, `received ${actual}`, curl].join('\n'),
  )
  expect(texts).toEqual([])
})

test('every operation was called', () => {
  const called = new Set(report.coverage.filter(({ state }) => state !== 'unreached').map(({ operation }) => operation))
  const all = new Set(report.coverage.map(({ operation }) => operation))
  expect([...all].filter((operation) => target.mode === 'full' && !called.has(operation))).toEqual([])
})
