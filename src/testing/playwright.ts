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

/** What tests are given besides. */
export interface MockFixtures {
  /** The test's own session: what its pages and its `request` ask of the mock is for it. */
  readonly mock: TestSession
}

/** What the tests of one worker share. */
export interface MockWorkerFixtures {
  /** Which mock, and how sessions start: set it under `use` in the configuration, or by `test.use`. */
  readonly mockOptions: TestingOptions
  readonly testMock: TestMock
}

type BaseArgs = PlaywrightTestArgs & PlaywrightTestOptions
type BaseWorkerArgs = PlaywrightWorkerArgs & PlaywrightWorkerOptions

/** Playwright's `test`, or one that was extended already, with a session of its own for every test. */
export function withMock<Args extends BaseArgs, WorkerArgs extends BaseWorkerArgs>(
  test: TestType<Args, WorkerArgs>,
): TestType<Args & MockFixtures, WorkerArgs & MockWorkerFixtures> {
  // What else the given `test` has is left as it is, so these fixtures need to know Playwright's own alone.
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

/** Has all that a browser context asks of the mock be for a session: for contexts that a test makes itself. */
export async function selectSession(context: BrowserContext, url: string, session: TestSession): Promise<void> {
  await context.route(
    (target) => isFor(url, target),
    (route, request) => route.fallback({ headers: { ...session.headers, ...request.headers() } }),
  )
}

const ASKING = ['fetch', 'get', 'post', 'put', 'patch', 'delete', 'head'] as const

type Ask = APIRequestContext['fetch']

/** The same context, whose requests to the mock are for the session. */
function inSession(
  request: APIRequestContext,
  { headers }: TestSession,
  isForMock: (target: string) => boolean,
): APIRequestContext {
  for (const name of ASKING) {
    const ask = request[name].bind(request) as Ask
    const asking: Ask = (target, options) => {
      const url = typeof target === 'string' ? target : target.url()
      return ask(target, isForMock(url) ? { ...options, headers: { ...headers, ...options?.headers } } : options)
    }
    Object.defineProperty(request, name, { value: asking })
  }
  return request
}
