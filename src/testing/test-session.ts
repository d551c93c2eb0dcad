import { randomUUID } from 'node:crypto'
import type { JournalEntry } from '../mock/requests/entry.ts'
import type { Criteria } from '../mock/requests/pattern.ts'
import type { Verdict, Verification } from '../mock/requests/verify.ts'
import type { PackName } from '../mock/store/pack.ts'
import { type CallControl, callControl } from './call-control.ts'
import { contractErrorOf, ignoredTextOf, unmetText } from './contract-errors.ts'
import { type ControlClient, controlClient } from './control-client.ts'
import { journalText } from './journal-text.ts'
import type { Strays } from './strays.ts'

/** The session of one test, with its assertions. */
export interface TestSession extends ControlClient {
  readonly id: string
  /** A base URL whose path selects the session: the test's own address of the API, for every client. */
  readonly url: string
  /** The header that selects the session at the mock's own URL. */
  readonly headers: Readonly<Record<string, string>>
  /** Rejects if the requests were not made so. The error shows the closest requests. */
  expectRequests(verification: Verification): Promise<void>
  /** Allows contract errors of the requests that match, or of all requests without criteria. */
  allowContractErrors(criteria?: Criteria): void
  /** Allows faults that no request has matched. */
  allowUnmetFaults(): void
  /** Ends the session and returns the problems that the test must fail on. */
  finish(): Promise<Outcome>
}

/** The outcome of a test, seen by the mock. */
export interface Outcome {
  /** Contract errors and unmet faults that were not allowed, and requests that belonged to no test, one line each. */
  readonly problems: readonly string[]
  /** The requests of the test, one line each. */
  readonly journal: string
}

/** The settings of a session. */
export interface SessionOptions {
  /** The base URL of the API. */
  readonly url: string
  /** The title of the test. The session's id begins with it. */
  readonly title: string
  /** The pack to start from. Without it, the session starts as the mock does. */
  readonly pack?: PackName | undefined
  /** True if parts of a request that the document does not name are contract errors. */
  readonly failOnIgnored?: boolean
  /** The token of the control plane, if it needs one. */
  readonly adminToken?: string | undefined
  /** The requests that belong to no test. */
  readonly strays: Strays
}

/** Opens a session with a unique id. */
export async function openSession({
  url,
  title,
  pack,
  failOnIgnored = false,
  adminToken,
  strays,
}: SessionOptions): Promise<TestSession> {
  await strays.begin()
  const id = idFor(title)
  const headers = { 'X-Mock-Session': id }
  const token = adminToken === undefined ? {} : { Authorization: `Bearer ${adminToken}` }
  const call = callControl({ url, headers: { ...headers, ...token } })
  if (pack !== undefined) await call('PUT', `/sessions/${id}`, { pack })
  const errorOf = failOnIgnored
    ? (entry: JournalEntry) => contractErrorOf(entry) ?? ignoredTextOf(entry)
    : contractErrorOf
  return sessionOf({ id, title, url: urlOf(url, id), headers }, call, errorOf, strays)
}

/** Characters of the title in a session's id. */
const TITLE_LENGTH = 80

function idFor(title: string): string {
  const name = title.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, TITLE_LENGTH)
  return `${name}.${randomUUID()}`
}

function urlOf(url: string, id: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}/s/${id}${pathname}`
}

/** The names of a session, and the ways to select it. */
type Identity = Pick<TestSession, 'id' | 'url' | 'headers'> & Pick<SessionOptions, 'title'>

function sessionOf({ title, ...identity }: Identity, call: CallControl, errorOf: ErrorOf, strays: Strays): TestSession {
  const client = controlClient(call)
  const allowed: Criteria[] = []
  let unmetAllowed = false
  const errorsIn = (requests: readonly JournalEntry[]) => contractErrors(client, requests, allowed, errorOf)
  const end = async () => {
    await call('DELETE', `/sessions/${identity.id}`)
    const lateErrors = async () => errorsIn((await client.journal.all()).requests)
    strays.end({ id: identity.id, title, headers: identity.headers, contractErrors: lateErrors })
  }
  return {
    ...client,
    ...identity,
    expectRequests: async (verification) => requireVerified(await client.journal.verify(verification)),
    allowContractErrors: (criteria = {}) => {
      allowed.push(criteria)
    },
    allowUnmetFaults: () => {
      unmetAllowed = true
    },
    finish: async () => {
      const { requests, forgotten } = await client.journal.all()
      const problems = [
        ...(await errorsIn(requests)),
        ...(unmetAllowed ? [] : (await client.faults.unmet()).map(unmetText)),
        ...(await strays.take()),
      ]
      await end()
      return { problems, journal: journalText(requests, forgotten) }
    },
  }
}

async function contractErrors(
  { journal }: ControlClient,
  requests: readonly JournalEntry[],
  allowed: readonly Criteria[],
  errorOf: ErrorOf,
): Promise<string[]> {
  const allowedIds = (await Promise.all(allowed.map((criteria) => journal.find(criteria)))).flat().map(({ id }) => id)
  return requests.filter(({ id }) => !allowedIds.includes(id)).flatMap((request) => errorOf(request) ?? [])
}

/** The contract error of a request, in one line; undefined if it has none. */
type ErrorOf = (entry: JournalEntry) => string | undefined

/** Number of near misses in the error. */
const NEAR_MISSES = 3

function requireVerified({ verified, message, nearMisses }: Verdict): void {
  if (verified) return
  const closest = nearMisses.slice(0, NEAR_MISSES).map(({ request, differences }) => {
    const how = differences.map(
      ({ pointer, expected, received }) => `${pointer} is ${JSON.stringify(received)}, not ${JSON.stringify(expected)}`,
    )
    return `\n  ${request.method} ${request.target} came close: ${how.join('; ')}`
  })
  throw new Error(message + closest.join(''))
}
