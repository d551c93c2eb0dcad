import { randomUUID } from 'node:crypto'
import type { Criteria } from '../mock/requests/pattern.ts'
import type { Verdict, Verification } from '../mock/requests/verify.ts'
import type { PackName } from '../mock/store/pack.ts'
import { type CallControl, callControl } from './call-control.ts'
import { contractErrorOf, unmetText } from './contract-errors.ts'
import { type ControlClient, controlClient } from './control-client.ts'
import { journalText } from './journal-text.ts'

/** The universe of one test. */
export interface TestSession extends ControlClient {
  readonly id: string
  /** Where the API stands for clients that can set no header: the path selects the session. */
  readonly url: string
  /** What selects the session at the mock's own URL. */
  readonly headers: Readonly<Record<string, string>>
  /** Rejects, with what came closest, where the requests were not made so. */
  expectRequests(verification: Verification): Promise<void>
  /** The test does not fail on requests against the document; with criteria, not on those that have what is asked for. */
  allowContractErrors(criteria?: Criteria): void
  /** The test does not fail on faults that no request has met. */
  allowUnmetFaults(): void
  /** Ends the session and says what the test is to fail on. */
  finish(): Promise<Outcome>
}

/** What is known when a test is over. */
export interface Outcome {
  /** Contract errors and unmet faults that nobody allowed, one a line. */
  readonly problems: readonly string[]
  /** The requests of the test, one a line. */
  readonly journal: string
}

/** Whom a session is opened for, and where. */
export interface SessionOptions {
  /** Of the API, base path included. */
  readonly url: string
  /** The test's name, which the session's id begins with. */
  readonly title: string
  /** The fixtures to start from; absent for those of the mock. */
  readonly pack?: PackName | undefined
  /** Of the control plane, where it asks for one. */
  readonly adminToken?: string | undefined
}

/** Opens a session that no other test has, in this run or another. */
export async function openSession({ url, title, pack, adminToken }: SessionOptions): Promise<TestSession> {
  const id = idFor(title)
  const headers = { 'X-Mock-Session': id }
  const token = adminToken === undefined ? {} : { Authorization: `Bearer ${adminToken}` }
  const call = callControl({ url, headers: { ...headers, ...token } })
  if (pack !== undefined) await call('PUT', `/sessions/${id}`, { pack })
  return sessionOf(id, call, { url: urlOf(url, id), headers })
}

const LONGEST_TITLE = 80

function idFor(title: string): string {
  const name = title.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, LONGEST_TITLE)
  return `${name}.${randomUUID()}`
}

function urlOf(url: string, id: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}/s/${id}${pathname}`
}

function sessionOf(id: string, call: CallControl, address: Pick<TestSession, 'url' | 'headers'>): TestSession {
  const client = controlClient(call)
  const allowed: Criteria[] = []
  let unmetAllowed = false
  return {
    ...client,
    ...address,
    id,
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
        ...(await contractErrors(client, requests, allowed)),
        ...(unmetAllowed ? [] : (await client.faults.unmet()).map(unmetText)),
      ]
      await call('DELETE', `/sessions/${id}`)
      return { problems, journal: journalText(requests, forgotten) }
    },
  }
}

async function contractErrors(
  { journal }: ControlClient,
  requests: Awaited<ReturnType<ControlClient['journal']['all']>>['requests'],
  allowed: readonly Criteria[],
): Promise<string[]> {
  const excused = (await Promise.all(allowed.map((criteria) => journal.find(criteria)))).flat().map(({ id }) => id)
  return requests.filter(({ id }) => !excused.includes(id)).flatMap((request) => contractErrorOf(request) ?? [])
}

const MOST_NEAR_MISSES = 3

function requireVerified({ verified, message, nearMisses }: Verdict): void {
  if (verified) return
  const closest = nearMisses.slice(0, MOST_NEAR_MISSES).map(({ request, differences }) => {
    const how = differences.map(
      ({ pointer, expected, received }) => `${pointer} is ${JSON.stringify(received)}, not ${JSON.stringify(expected)}`,
    )
    return `\n  ${request.method} ${request.target} came close: ${how.join('; ')}`
  })
  throw new Error(message + closest.join(''))
}
