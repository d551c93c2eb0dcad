import { createRequire } from 'node:module'
import type { TestingOptions } from './test-mock.ts'
import { type RunningTest, type UsedMock, useMockWith } from './use-mock.ts'

/** Gives each test of a jest file its own session. Call it once in a file, or in a module that a set-up file imports. */
export function useMock(options: TestingOptions = {}): UsedMock {
  const { beforeAll, beforeEach, afterEach, afterAll, expect } = globalsOfJest()
  return useMockWith(
    {
      beforeAll,
      afterAll,
      beforeEach: (work) => beforeEach(() => work(runningTest())),
      afterEach: (work) => afterEach(() => work(runningTest())),
      runsConcurrently: () => isConcurrent(expect.getState()),
    },
    options,
  )
}

type Hook = (work: () => Promise<void>) => void

type Globals = Record<'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll', Hook> & {
  readonly expect: { getState(): ExpectState }
}

/** Inside jest, this name resolves to jest's globals, even if the package is not installed. */
function globalsOfJest(): Globals {
  try {
    return createRequire(import.meta.url)('@jest/globals') as Globals
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
  readonly concurrent?: boolean
}

/** A `describe` of jest-circus. */
interface CircusBlock {
  readonly name: string
  readonly children: readonly ((CircusBlock & { type: 'describeBlock' }) | (CircusTest & { type: 'test' }))[]
}

/** The state that jest-circus keeps in a global under a symbol. */
interface CircusState {
  readonly currentlyRunningTest?: CircusTest | null
  readonly rootDescribeBlock?: CircusBlock
}

function circusState(): CircusState {
  const symbol = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === 'JEST_STATE_SYMBOL')
  const state: unknown = symbol && Reflect.get(globalThis, symbol)
  return (state ?? {}) as CircusState
}

/** Jest passes hooks nothing about their test. */
function runningTest(): RunningTest {
  const { currentlyRunningTest: test } = circusState()
  return {
    key: test,
    title: test?.name ?? 'a test',
    failed: (test?.errors.length ?? 0) > 0,
    concurrent: test?.concurrent === true,
  }
}

/** The knowledge of jest's `expect` about the test that the calling code belongs to. */
interface ExpectState {
  /** Jest 30.5 and later. */
  readonly currentTestIdentity?: () => CircusTest | undefined
  /** Jest 29.6 and later: the full name of the test. Some versions give it for tests that run alone too. */
  readonly currentConcurrentTestName?: () => string | undefined
}

/** True in a `test.concurrent`, for which jest runs no beforeEach and no afterEach. */
function isConcurrent({ currentTestIdentity, currentConcurrentTestName }: ExpectState): boolean {
  const test = currentTestIdentity?.()
  if (test) return test.concurrent === true
  const name = currentConcurrentTestName?.()
  const { rootDescribeBlock, currentlyRunningTest } = circusState()
  if (name !== undefined && rootDescribeBlock) return concurrentNames(rootDescribeBlock).includes(name)
  return currentlyRunningTest?.concurrent === true
}

/** The full names of the concurrent tests in a block. `before` has the names of the blocks around it. */
function concurrentNames({ children }: CircusBlock, before: readonly string[] = []): string[] {
  return children.flatMap((child) => {
    const names = [...before, child.name]
    if (child.type === 'describeBlock') return concurrentNames(child, names)
    return child.concurrent ? [names.join(' ')] : []
  })
}
