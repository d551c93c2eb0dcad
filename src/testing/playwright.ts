import type {
  APIRequestContext,
  Browser,
  BrowserContext,
  Fixtures,
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestInfo,
  TestType,
} from '@playwright/test'
import { isFor } from './session-fetch.ts'
import { settle } from './settle.ts'
import { openMock, type TestingOptions, type TestMock } from './test-mock.ts'
import type { TestSession } from './test-session.ts'

/** The fixtures that each test gets. */
export interface MockFixtures {
  /**
   * The session of the test. Requests to the mock by its pages and contexts, by `page.request` and by `request` belong to it,
   * and so do those of any other client to `mock.url`.
   */
  readonly mock: TestSession
}

/** The fixtures that the tests of one worker share. */
export interface MockWorkerFixtures {
  /** Set these under `use` in the configuration, or with `test.use`. */
  readonly mockOptions: TestingOptions
  /** The mock that the tests of the worker use. */
  readonly testMock: TestMock
}

type BaseArgs = PlaywrightTestArgs & PlaywrightTestOptions
type BaseWorkerArgs = PlaywrightWorkerArgs & PlaywrightWorkerOptions

/** Extends Playwright's `test`, or an extended one, so that each test has its own session. */
export function withMock<Args extends BaseArgs, WorkerArgs extends BaseWorkerArgs>(
  test: TestType<Args, WorkerArgs>,
): TestType<Args & MockFixtures, WorkerArgs & MockWorkerFixtures> {
  // The casts hide other fixtures of `test`, which stay unchanged: these fixtures depend on Playwright's own only.
  const base = test as unknown as TestType<BaseArgs, BaseWorkerArgs>
  return base.extend<MockFixtures, MockWorkerFixtures>(createFixtures()) as unknown as TestType<
    Args & MockFixtures,
    WorkerArgs & MockWorkerFixtures
  >
}

type AllFixtures = Fixtures<MockFixtures, MockWorkerFixtures, BaseArgs, BaseWorkerArgs>

function createFixtures(): AllFixtures {
  /** The session of the latest test. A worker runs one test at a time. */
  let running: TestSession | undefined
  const headers = () => running?.headers ?? {}
  return {
    mockOptions: [{}, { scope: 'worker', option: true }],
    testMock: [
      async ({ mockOptions }, use) => {
        const mock = await openMock(mockOptions)
        await use(mock)
        await mock.close()
      },
      { scope: 'worker' },
    ],
    mock: [
      async ({ testMock }, use, testInfo) => {
        const session = await testMock.open(testInfo.title)
        running = session
        await use(session)
        await settle(session, testInfo.title, hasFailed(testInfo))
      },
      { auto: true },
    ],
    browser: [
      async ({ browser, testMock }, use) => {
        const undo = joinNewContexts(browser, (context, base) => join(context, testMock.url, headers, base))
        await use(browser)
        undo()
      },
      { scope: 'worker' },
    ],
    context: async ({ context, baseURL, testMock }, use) => {
      await join(context, testMock.url, headers, baseURL)
      await use(context)
    },
    request: async ({ request, baseURL, testMock }, use) => {
      await use(inSession(request, headers, (target) => isFor(testMock.url, target, baseURL)))
    },
  }
}

const hasFailed = ({ status, expectedStatus }: TestInfo) => status !== expectedStatus

/** Returns the headers that select the session of the running test. */
type SessionHeaders = () => Readonly<Record<string, string>>

/** Calls `work` with each context that a test creates itself. Returns a function that undoes it. */
function joinNewContexts(
  browser: Browser,
  work: (context: BrowserContext, baseURL: string | undefined) => Promise<void>,
): () => void {
  const create = browser.newContext.bind(browser)
  const createAndJoin: Browser['newContext'] = async (options) => {
    const context = await create(options)
    await work(context, options?.baseURL)
    return context
  }
  Object.defineProperty(browser, 'newContext', { value: createAndJoin, configurable: true })
  return () => void Reflect.deleteProperty(browser, 'newContext')
}

/** Lets all requests of a browser context to the mock belong to a session. For contexts of browsers that a test starts itself. */
export const selectSession = (context: BrowserContext, url: string, session: TestSession): Promise<void> =>
  join(context, url, () => session.headers)

/** Lets the requests of a context's pages to the mock, and those of its `request`, have the headers. */
async function join(context: BrowserContext, url: string, headers: SessionHeaders, base?: string): Promise<void> {
  inSession(context.request, headers, (target) => isFor(url, target, base))
  await context.route(
    (target) => isFor(url, target),
    (route, request) => route.fallback({ headers: { ...headers(), ...request.headers() } }),
  )
}

const REQUEST_METHODS = ['fetch', 'get', 'post', 'put', 'patch', 'delete', 'head'] as const

type Send = APIRequestContext['fetch']

/** Changes the context so that its requests to the mock belong to the session. */
function inSession(
  request: APIRequestContext,
  headers: SessionHeaders,
  isForMock: (target: string) => boolean,
): APIRequestContext {
  for (const name of REQUEST_METHODS) {
    const send = request[name].bind(request) as Send
    const sendInSession: Send = (target, options) => {
      const url = typeof target === 'string' ? target : target.url()
      return send(target, isForMock(url) ? { ...options, headers: { ...headers(), ...options?.headers } } : options)
    }
    // A context may join twice: as one of the browser, and as one of the test.
    Object.defineProperty(request, name, { value: sendInSession, configurable: true })
  }
  return request
}
