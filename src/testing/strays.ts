/** Requests to the mock that belong to the session of no running test: the checks of the tests do not see them. */
export interface Strays {
  /** Tells that a test begins. */
  begin(): Promise<void>
  /** Tells that a test has ended, and its session with it. */
  end(session: EndedSession): void
  /** Returns one line for each kind of request, since the last call, that belonged to no running test. */
  take(): Promise<string[]>
  /** Stops watching, after the last test. Returns what `take` would. */
  close(): Promise<string[]>
}

/** The session of a test that has ended. A late request starts it anew. */
export interface EndedSession {
  readonly id: string
  /** The title of the test. */
  readonly title: string
  readonly headers: Readonly<Record<string, string>>
  /** Returns the contract errors of the requests that the session has now, one line each. */
  contractErrors(): Promise<string[]>
}

/** Method and path of a request. A query may hold secrets. */
export const nameOf = (method: string, target: string): string => `${method} ${target.split('?', 1)[0]}`

/** Requests that a line names. */
const MOST_NAMED = 5

/** Describes requests that named no session. */
export function withoutSessionText(names: readonly string[]): string {
  return (
    `${amountOf(names)} without a session, where all tests share one state and nothing is checked: ${listOf(names)}. ` +
    "Use mock.url, the address of the test's session: read it in the test or in beforeEach, and keep its path, " +
    "which new URL('/…', mock.url) drops."
  )
}

/** Describes requests to the session of a test that had ended, while another test ran. */
export function tooLateText(names: readonly string[], title: string): string {
  return (
    `${amountOf(names)} to the session of ${JSON.stringify(title)}, which had ended: ${listOf(names)}. ` +
    'Read mock.url anew in each test, make clients in the test or in beforeEach, and await all requests of a test.'
  )
}

/** Describes faults that were added without a session. */
export function faultText(ids: readonly string[]): string {
  return (
    `${ids.length === 1 ? 'A fault was' : `${ids.length} faults were`} added without a session, where no test meets ` +
    `${ids.length === 1 ? 'it' : 'them'}: ${ids.join(', ')}. Add faults by the session: mock.session.faults.add(…), in Playwright mock.faults.add(…).`
  )
}

const amountOf = ({ length }: readonly string[]) => (length === 1 ? '1 request came' : `${length} requests came`)

function listOf(names: readonly string[]): string {
  const different = [...new Set(names)]
  return [...different.slice(0, MOST_NAMED), ...(different.length > MOST_NAMED ? ['…'] : [])].join(', ')
}
