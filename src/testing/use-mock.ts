import { AsyncLocalStorage } from 'node:async_hooks'
import { isFor, sessionFetch } from './session-fetch.ts'
import { openMock, type TestingOptions, type TestMock } from './test-mock.ts'
import type { TestSession } from './test-session.ts'

/** The mock that a file's tests use. */
export interface UsedMock {
  /** The base URL of the API. Known at once for a running mock, else from the first `beforeAll` on. */
  readonly url: string
  /** The session of the running test. Throws if no test runs, or several run concurrently. */
  readonly session: TestSession
  /** Runs a callback in its own session, with the same checks as a test. For tests that run concurrently. */
  run<T>(title: string, work: (session: TestSession) => Promise<T>): Promise<T>
}

/** The hooks that a test runner calls around its tests. */
export interface Hooks {
  readonly beforeAll: (work: () => Promise<void>) => void
  readonly beforeEach: (work: (test: RunningTest) => Promise<void>) => void
  readonly afterEach: (work: (test: RunningTest) => Promise<void>) => void
  readonly afterAll: (work: () => Promise<void>) => void
}

/** A test of any test runner. */
export interface RunningTest {
  /** Identifies the test in `beforeEach` and `afterEach`. */
  readonly key: unknown
  readonly title: string
  /** True if the test has failed already. */
  readonly failed: boolean
}

/** Gives each test its own session by the hooks of a runner, and fails tests on contract errors and unmet faults. */
export function useMockWith(hooks: Hooks, options: TestingOptions = {}): UsedMock {
  const own = new AsyncLocalStorage<TestSession>()
  const open = new Map<unknown, TestSession>()
  let starting: Promise<TestMock> | undefined
  let url = options.url ?? process.env.INBOXES_BASE_URL
  const start = async () => {
    starting ??= openMock(options)
    const mock = await starting
    url = mock.url
    return mock
  }
  const current = () => own.getStore() ?? onlyOne(open)
  const unpatch = patchFetch(() => url, current)

  hooks.beforeAll(async () => void (await start()))
  hooks.beforeEach(async ({ key, title }) => void open.set(key, await (await start()).open(title)))
  hooks.afterEach(async ({ key, title, failed }) => {
    const session = open.get(key)
    open.delete(key)
    if (session) await settle(session, title, failed)
  })
  hooks.afterAll(async () => {
    unpatch()
    await (await starting)?.close()
  })
  return {
    get url() {
      if (url === undefined) throw new Error('The mock is started in beforeAll. Read its url inside a test or a hook.')
      return url
    },
    get session() {
      const session = current()
      if (session === undefined)
        throw new Error('No test is running. Read the session inside a test, beforeEach or afterEach.')
      return session
    },
    run: async (title, work) => {
      const session = await (await start()).open(title)
      return own.run(session, () => runIn(session, title, work))
    },
  }
}

function onlyOne(open: ReadonlyMap<unknown, TestSession>): TestSession | undefined {
  if (open.size <= 1) return open.values().next().value
  throw new Error(
    'Several tests run at once: wrap each in mock.run(title, async (session) => …), so that each has its own session.',
  )
}

async function runIn<T>(session: TestSession, title: string, work: (session: TestSession) => Promise<T>): Promise<T> {
  let result: T
  try {
    result = await work(session)
  } catch (error) {
    await settle(session, title, true)
    throw error
  }
  await settle(session, title, false)
  return result
}

/** Ends the session of a test. Prints its requests if the test has failed or has problems; problems fail the test. */
export async function settle(session: TestSession, title: string, failed: boolean): Promise<void> {
  const { problems, journal } = await session.finish()
  if (!failed && problems.length === 0) return
  const found = problems.map((problem) => `\n  ${problem}`).join('')
  // Test runners show console output together with the test.
  console.error(`inboxes-mock, what ${JSON.stringify(title)} asked for:\n${journal}${failed ? found : ''}`)
  if (!failed) throw withoutStack(`inboxes-mock: the test passed, but${found}`)
}

/** Removes the stack: it points into this package, and test runners would print that code. */
function withoutStack(message: string): Error {
  const error = new Error(message)
  error.stack = `Error: ${message}`
  return error
}

/** Makes the global `fetch` add the session's header to requests to the mock. Returns a function that undoes it. */
function patchFetch(url: () => string | undefined, current: () => TestSession | undefined): () => void {
  const original = globalThis.fetch
  if (original === undefined) return () => {}
  const isForMock = (target: string) => {
    const mock = url()
    return mock !== undefined && isFor(mock, target)
  }
  const patched = sessionFetch(original, isForMock, () => current()?.headers ?? {})
  globalThis.fetch = patched
  return () => {
    if (globalThis.fetch === patched) globalThis.fetch = original
  }
}
