import { afterAll, afterEach, beforeAll, beforeEach, type TestContext } from 'vitest'
import type { TestingOptions } from './test-mock.ts'
import { type RunningTest, type UsedMock, useMockWith } from './use-mock.ts'

/** Gives each test of a vitest file its own session. Call it once in a file, or in a module that a set-up file imports. */
export function useMock(options: TestingOptions = {}): UsedMock {
  return useMockWith(
    {
      beforeAll,
      afterAll,
      beforeEach: (work) => beforeEach(({ task }) => work(runningTest(task))),
      afterEach: (work) => afterEach(({ task }) => work(runningTest(task))),
    },
    options,
  )
}

const runningTest = (task: TestContext['task']): RunningTest => ({
  key: task,
  title: task.name,
  failed: task.result?.state === 'fail',
  concurrent: task.concurrent === true,
})
