import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { CHECKS } from '../src/contract/checks/index.ts'
import type { ContractReport } from '../src/contract/report.ts'
import { runContract } from '../src/contract/run-contract.ts'
import { type Aim, optionsFor, takeAim } from './aim.ts'

/** A server far away may take its time. */
const PATIENCE_MS = 300_000

let aim: Aim
let report: ContractReport

beforeAll(async () => {
  aim = await takeAim()
  report = await runContract(optionsFor(aim))
}, PATIENCE_MS)

afterAll(() => aim.close())

test('The server is there, under its base path, and takes the key', () => {
  expect(report.problem).toBe('')
  expect(report.requests).toBeGreaterThan(0)
})

test.each(CHECKS)('$id: $title', ({ id }) => {
  const failures = report.findings.filter(({ check, level }) => check === id && level === 'failure')
  const told = failures.map(({ operation, expected, actual, line, curl }) =>
    [`${operation} (openapi.yaml, line ${line})`, `expected ${expected}`, `received ${actual}`, curl].join('\n'),
  )
  expect(told).toEqual([])
})

test('Every operation was asked', () => {
  const asked = new Set(report.coverage.filter(({ state }) => state !== 'unreached').map(({ operation }) => operation))
  const all = new Set(report.coverage.map(({ operation }) => operation))
  expect([...all].filter((operation) => aim.mode === 'full' && !asked.has(operation))).toEqual([])
})
