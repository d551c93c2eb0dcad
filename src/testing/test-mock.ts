import type { PackName } from '../mock/store/pack.ts'
import { type OwnMockOptions, startOwnMock } from './own-mock.ts'
import { openSession, type TestSession } from './test-session.ts'

/** The mock that the tests use, and the pack that their sessions start from. */
export interface TestingOptions {
  /** The base URL of a running mock. Without it, `INBOXES_BASE_URL` counts; without both, a mock is started. */
  readonly url?: string
  /** The token of the control plane. Without it, `INBOXES_MOCK_ADMIN_TOKEN` counts. */
  readonly adminToken?: string
  /** The pack that each session starts from. Without it, sessions start as the mock does. */
  readonly pack?: PackName
  /** Fails a test that sends what the document does not name, such as a misspelt property, which has no effect. Off by default. */
  readonly failOnIgnored?: boolean
  /** Settings of a mock that is started here. */
  readonly mock?: OwnMockOptions
}

/** A mock for the tests of any test runner. */
export interface TestMock {
  /** The base URL of the API. */
  readonly url: string
  /** Opens a session for the test with this title. */
  open(title: string): Promise<TestSession>
  /** Stops the mock if it was started here. */
  close(): Promise<void>
}

/** Finds the mock that the tests use, or starts one. */
export async function openMock(options: TestingOptions = {}, env: NodeJS.ProcessEnv = process.env): Promise<TestMock> {
  const { pack, failOnIgnored = false, adminToken = env.INBOXES_MOCK_ADMIN_TOKEN, mock = {} } = options
  const url = options.url ?? env.INBOXES_BASE_URL
  const running = url === undefined ? await startOwnMock(mock) : { url, close: async () => {} }
  return { ...running, open: (title) => openSession({ url: running.url, title, pack, failOnIgnored, adminToken }) }
}
