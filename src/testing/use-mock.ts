import { AsyncLocalStorage } from 'node:async_hooks'
import { isFor, sessionFetch } from './session-fetch.ts'
import { settle } from './settle.ts'
import { openMock, type TestingOptions, type TestMock } from './test-mock.ts'
import type { TestSession } from './test-session.ts'

/** The mock that a file's tests use. */
export interface UsedMock {
  /**
   * The base URL of the API for the running test: its path selects the session of the test, so that every client can use it.
   * Read it in each test. Outside of tests it is the mock's own base URL, which is known from the first `beforeAll` on.
   */
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
  /** True if the calling code belongs to a test that runs beside others. Absent if `RunningTest` tells it. */
  readonly runsConcurrently?: () => boolean
}

/** A test of any test runner. */
export interface RunningTest {
  /** Identifies the test in `beforeEach` and `afterEach`. */
  readonly key: unknown
  readonly title: string
  /** True if the test has failed already. */
  readonly failed: boolean
  /** True if the test runs beside others. */
  readonly concurrent: boolean
}

/** Gives each test its own session by the hooks of a runner, and fails tests on contract errors and unmet faults. */
export function useMockWith(hooks: Hooks, options: TestingOptions = {}): UsedMock {
  const own = new AsyncLocalStorage<TestSession>()
  const tests = createOpenTests(hooks.runsConcurrently)
  let starting: Promise<TestMock> | undefined
  let url = options.url ?? process.env.INBOXES_BASE_URL
  const start = async () => {
    starting ??= openMock(options)
    const mock = await starting
    url = mock.url
    return mock
  }
  /** Between the end of a test and the start of the next one, such as in an afterEach, requests belong to the earlier test. */
  const latest = () => own.getStore() ?? tests.current() ?? tests.latest()
  const unpatch = patchFetch(() => url, latest)

  hooks.beforeAll(async () => void (await start()))
  hooks.beforeEach(async (test) => tests.add(test, await (await start()).open(test.title)))
  hooks.afterEach(async ({ key, title, failed }) => {
    const session = tests.take(key)
    if (session) await settle(session, title, failed)
  })
  hooks.afterAll(async () => {
    unpatch()
    tests.clear()
    await (await starting)?.close()
  })
  return {
    get url() {
      const known = latest()?.url ?? url
      if (known === undefined)
        throw new Error('The mock is started in beforeAll. Read its url inside a test or a hook.')
      return known
    },
    get session() {
      const session = own.getStore() ?? tests.current()
      if (session === undefined)
        throw new Error(
          'No test is running. Read the session in a test, in beforeEach, or in an afterEach before useMock.',
        )
      return session
    },
    run: async (title, work) => (await start()).run(title, (session) => own.run(session, () => work(session))),
  }
}

/** The tests that run, with their sessions. */
interface OpenTests {
  add(test: RunningTest, session: TestSession): void
  /** Returns the session of a test that ends; undefined if it has none. */
  take(key: unknown): TestSession | undefined
  /** The session of the only test that runs; undefined if none runs. Throws if the caller may belong to one of several. */
  current(): TestSession | undefined
  /** The session of the test that began last. */
  latest(): TestSession | undefined
  clear(): void
}

function createOpenTests(runsConcurrently: () => boolean = () => false): OpenTests {
  const open = new Map<unknown, { readonly session: TestSession; readonly concurrent: boolean }>()
  let latest: TestSession | undefined
  return {
    add: ({ key, concurrent }, session) => {
      open.set(key, { session, concurrent })
      latest = session
    },
    take: (key) => {
      const session = open.get(key)?.session
      open.delete(key)
      return session
    },
    current: () => {
      const [test] = open.values()
      if (open.size > 1 || test?.concurrent || runsConcurrently()) throw severalAtOnce()
      return test?.session
    },
    latest: () => latest,
    clear: () => {
      open.clear()
      latest = undefined
    },
  }
}

const severalAtOnce = () =>
  new Error(
    'Several tests run at once: wrap each in mock.run(title, async (session) => …), so that each has its own session.',
  )

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
