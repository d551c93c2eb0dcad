import type {
  APIRequestContext,
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
import { openMock, type TestingOptions, type TestMock } from './test-mock.ts'
import type { TestSession } from './test-session.ts'
import { settle } from './use-mock.ts'

/** The fixtures that each test gets. */
export interface MockFixtures {
  /** The session of the test. Requests of its pages and of `request` to the mock belong to it. */
  readonly mock: TestSession
}

/** The fixtures that the tests of one worker share. */
export interface MockWorkerFixtures {
  /** Set these under `use` in the configuration, or with `test.use`. */
  readonly mockOptions: TestingOptions
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
  return base.extend<MockFixtures, MockWorkerFixtures>(FIXTURES) as unknown as TestType<
    Args & MockFixtures,
    WorkerArgs & MockWorkerFixtures
  >
}

const FIXTURES: Fixtures<MockFixtures, MockWorkerFixtures, BaseArgs, BaseWorkerArgs> = {
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
      await use(session)
      await settle(session, testInfo.title, hasFailed(testInfo))
    },
    { auto: true },
  ],
  context: async ({ context, mock, testMock }, use) => {
    await selectSession(context, testMock.url, mock)
    await use(context)
  },
  request: async ({ request, baseURL, mock, testMock }, use) => {
    await use(inSession(request, mock, (target) => isFor(testMock.url, target, baseURL)))
  },
}

const hasFailed = ({ status, expectedStatus }: TestInfo) => status !== expectedStatus

/** Lets all requests of a browser context to the mock belong to a session. For contexts that a test creates itself. */
export async function selectSession(context: BrowserContext, url: string, session: TestSession): Promise<void> {
  await context.route(
    (target) => isFor(url, target),
    (route, request) => route.fallback({ headers: { ...session.headers, ...request.headers() } }),
  )
}

const REQUEST_METHODS = ['fetch', 'get', 'post', 'put', 'patch', 'delete', 'head'] as const

type Send = APIRequestContext['fetch']

/** Changes the context so that its requests to the mock belong to the session. */
function inSession(
  request: APIRequestContext,
  { headers }: TestSession,
  isForMock: (target: string) => boolean,
): APIRequestContext {
  for (const name of REQUEST_METHODS) {
    const send = request[name].bind(request) as Send
    const sendInSession: Send = (target, options) => {
      const url = typeof target === 'string' ? target : target.url()
      return send(target, isForMock(url) ? { ...options, headers: { ...headers, ...options?.headers } } : options)
    }
    Object.defineProperty(request, name, { value: sendInSession })
  }
  return request
}
