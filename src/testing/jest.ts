import { createRequire } from 'node:module'
import type { TestingOptions } from './test-mock.ts'
import { type Hooks, type RunningTest, type UsedMock, useMockWith } from './use-mock.ts'

/** Gives each test of a jest file its own session. Call it once in a file, or in a module that a set-up file imports. */
export function useMock(options: TestingOptions = {}): UsedMock {
  const { beforeAll, beforeEach, afterEach, afterAll } = hooksOfJest()
  return useMockWith(
    {
      beforeAll,
      afterAll,
      beforeEach: (work) => beforeEach(() => work(runningTest())),
      afterEach: (work) => afterEach(() => work(runningTest())),
    },
    options,
  )
}

type Hook = (work: () => Promise<void>) => void

/** Inside jest, this name resolves to jest's globals, even if the package is not installed. */
function hooksOfJest(): Record<keyof Hooks, Hook> {
  try {
    return createRequire(import.meta.url)('@jest/globals') as Record<keyof Hooks, Hook>
  } catch {
    throw new Error(
      'inboxes-mock/testing/jest works inside jest only. For others: inboxes-mock/testing/vitest, …/playwright.',
    )
  }
}

/** The members used here of a test of jest-circus, jest's test runner. */
interface CircusTest {
  readonly name: string
  readonly errors: readonly unknown[]
}

/** Jest passes hooks nothing about their test. jest-circus keeps the running test in a global under this symbol. */
function runningTest(): RunningTest {
  const symbol = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === 'JEST_STATE_SYMBOL')
  const state: unknown = symbol && Reflect.get(globalThis, symbol)
  const test = (state as { currentlyRunningTest?: CircusTest } | undefined)?.currentlyRunningTest
  return { key: test, title: test?.name ?? 'a test', failed: (test?.errors.length ?? 0) > 0 }
}
