import type { PackName } from '../mock/store/pack.ts'
import { type OwnMockOptions, type RunningMock, startOwnMock } from './own-mock.ts'
import { straysOfOwnMock } from './own-mock-strays.ts'
import { straysOfProcess } from './process-strays.ts'
import { runIn, withoutStack } from './settle.ts'
import type { Strays } from './strays.ts'
import { openSession, type TestSession } from './test-session.ts'

/** The mock that the tests use, and the pack that their sessions start from. */
export interface TestingOptions {
  /** The base URL of a running mock. Without it, `INBOXES_BASE_URL` counts; without both, a mock is started. */
  readonly url?: string
  /** The token of the control plane. Without it, `INBOXES_MOCK_ADMIN_TOKEN` counts. */
  readonly adminToken?: string
  /** The pack of seed data that each session starts from, such as `empty`. Without it, sessions start as the mock does. */
  readonly pack?: PackName
  /** Fails a test that sends what the document does not name, such as a misspelt property, which has no effect. Off by default. */
  readonly failOnIgnored?: boolean
  /** Settings of a mock that is started here. */
  readonly mock?: OwnMockOptions
}

/** A mock for the tests of any test runner. */
export interface TestMock {
  /** The base URL of the API. A test uses the `url` of its session: a request to this one belongs to no test, and fails one. */
  readonly url: string
  /** Opens a session for the test with this title. */
  open(title: string): Promise<TestSession>
  /** Runs a callback in a session of its own. Rejects if it does, and on contract errors and unmet faults. */
  run<T>(title: string, work: (session: TestSession) => Promise<T>): Promise<T>
  /** Stops the mock if it was started here. Rejects if requests came that belonged to no test. */
  close(): Promise<void>
}

/** Finds the mock that the tests use, or starts one. */
export async function openMock(options: TestingOptions = {}, env: NodeJS.ProcessEnv = process.env): Promise<TestMock> {
  const { pack, failOnIgnored = false, adminToken = env.INBOXES_MOCK_ADMIN_TOKEN, mock = {} } = options
  const given = plainUrl(options.url ?? env.INBOXES_BASE_URL)
  const running = given === undefined ? await startOwnMock(mock) : { url: given, close: async () => {} }
  const { url } = running
  const strays = given === undefined ? straysOfOwnMock(url) : straysOfProcess(url)
  const open = (title: string) => openSession({ url, title, pack, failOnIgnored, adminToken, strays })
  return {
    url,
    open,
    run: async (title, work) => runIn(await open(title), title, work),
    close: () => close(running, strays),
  }
}

/** The URL without a session and without a slash at its end, so that paths can be appended to it. */
const plainUrl = (url: string | undefined) =>
  url?.replace(/^([a-z]+:\/\/[^/]*)\/s\/[^/]+/i, '$1').replace(/(?<!\/)\/+$/, '')

async function close(running: RunningMock, strays: Strays): Promise<void> {
  const found = await strays.close()
  await running.close()
  if (found.length > 0) throw withoutStack(`inboxes-mock: after the last test\n  ${found.join('\n  ')}`)
}
