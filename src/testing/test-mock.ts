import type { PackName } from '../mock/store/pack.ts'
import { type OwnMockOptions, startOwnMock } from './own-mock.ts'
import { openSession, type TestSession } from './test-session.ts'

/** Which mock the tests use, and how their sessions start. */
export interface TestingOptions {
  /** Of a mock that runs, base path included; else `INBOXES_BASE_URL`, else one is started. */
  readonly url?: string
  /** Of that mock's control plane; else `INBOXES_MOCK_ADMIN_TOKEN`. */
  readonly adminToken?: string
  /** The fixtures that each session starts from; absent for the mock's own. */
  readonly pack?: PackName
  /** How a mock that is started differs from the default one. */
  readonly mock?: OwnMockOptions
}

/** A mock for tests, whatever runs them. */
export interface TestMock {
  /** Of the API, base path included. */
  readonly url: string
  /** Opens a session for a test of this name. */
  open(title: string): Promise<TestSession>
  /** Ends the mock, where it was started here. */
  close(): Promise<void>
}

/** Finds the mock that tests are to use, or starts one. */
export async function openMock(options: TestingOptions = {}, env: NodeJS.ProcessEnv = process.env): Promise<TestMock> {
  const { pack, adminToken = env.INBOXES_MOCK_ADMIN_TOKEN, mock = {} } = options
  const url = options.url ?? env.INBOXES_BASE_URL
  const running = url === undefined ? await startOwnMock(mock) : { url, close: async () => {} }
  return { ...running, open: (title) => openSession({ url: running.url, title, pack, adminToken }) }
}
