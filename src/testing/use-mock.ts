import { AsyncLocalStorage } from 'node:async_hooks'
import { isFor, sessionFetch } from './session-fetch.ts'
import { openMock, type TestingOptions, type TestMock } from './test-mock.ts'
import type { TestSession } from './test-session.ts'

/** The mock that a file's tests use. */
export interface UsedMock {
  /** Of the API, base path included. Known from the first `beforeAll` on, and at once where the mock runs already. */
  readonly url: string
  /** The session of the test that runs. Throws where none does, or several do at once. */
  readonly session: TestSession
  /** Runs work in a session of its own, held to the same rules as a test: for tests that run concurrently. */
  run<T>(title: string, work: (session: TestSession) => Promise<T>): Promise<T>
}

/** What a runner calls around its tests; `test` tells them apart. */
export interface Hooks {
  readonly beforeAll: (work: () => Promise<void>) => void
  readonly beforeEach: (work: (test: RunningTest) => Promise<void>) => void
  readonly afterEach: (work: (test: RunningTest) => Promise<void>) => void
  readonly afterAll: (work: () => Promise<void>) => void
}

/** A test of whichever runner. */
export interface RunningTest {
  /** The same before and after, and no other test's. */
  readonly key: unknown
  readonly title: string
  /** True where it has failed already. */
  readonly failed: boolean
}

/** Gives every test that a runner's hooks surround a session of its own, and holds it to the document. */
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
      if (url === undefined)
        throw new Error('The mock is started in beforeAll: ask for its url inside a test or a hook.')
      return url
    },
    get session() {
      const session = current()
      if (session === undefined)
        throw new Error('No test runs: ask for the session inside a test, beforeEach or afterEach.')
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
    'Several tests run at once: wrap each in mock.run(title, async (session) => …), which tells them apart.',
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

/** Ends a test's session; prints what was asked where the test has failed, and makes it fail where it has not and must. */
export async function settle(session: TestSession, title: string, failed: boolean): Promise<void> {
  const { problems, journal } = await session.finish()
  if (!failed && problems.length === 0) return
  const found = problems.map((problem) => `\n  ${problem}`).join('')
  // A runner shows what a test's console was given with that test.
  console.error(`inboxes-mock, what ${JSON.stringify(title)} asked for:\n${journal}${failed ? found : ''}`)
  if (!failed) throw withoutStack(`inboxes-mock: the test passed, but${found}`)
}

/** A stack would lead into this package, and a runner would print that code. */
function withoutStack(message: string): Error {
  const error = new Error(message)
  error.stack = `Error: ${message}`
  return error
}

/** Puts the session's header on what the global `fetch` sends to the mock; gives what takes it back. */
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
