import { createRequire } from 'node:module'
import type { TestingOptions } from './test-mock.ts'
import { type Hooks, type RunningTest, type UsedMock, useMockWith } from './use-mock.ts'

/** Gives each test of a jest file a session of its own. Call it once a file, or in a module that a set-up file imports. */
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

/** Jest gives its globals to whoever asks for this name, installed or not. */
function hooksOfJest(): Record<keyof Hooks, Hook> {
  try {
    return createRequire(import.meta.url)('@jest/globals') as Record<keyof Hooks, Hook>
  } catch {
    throw new Error(
      'inboxes-mock/testing/jest works inside jest only. For others: inboxes-mock/testing/vitest, …/playwright.',
    )
  }
}

/** As much as is needed of what jest-circus, which runs jest's tests, knows. */
interface CircusTest {
  readonly name: string
  readonly errors: readonly unknown[]
}

/** Jest tells hooks nothing of their test. What runs the tests keeps it here; the description is its name for it. */
function runningTest(): RunningTest {
  const place = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === 'JEST_STATE_SYMBOL')
  const state: unknown = place && Reflect.get(globalThis, place)
  const test = (state as { currentlyRunningTest?: CircusTest } | undefined)?.currentlyRunningTest
  return { key: test, title: test?.name ?? 'a test', failed: (test?.errors.length ?? 0) > 0 }
}
