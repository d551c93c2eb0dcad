import { printable } from '../http/printable.ts'
import type { Fault } from '../mock/faults/fault.ts'
import type { JournalEntry } from '../mock/requests/entry.ts'
import { callControl } from './call-control.ts'
import { type EndedSession, faultText, nameOf, type Strays, tooLateText, withoutSessionText } from './strays.ts'

/** Asks a mock that only these tests use for requests without a session, and to sessions that have ended. */
export function straysOfOwnMock(url: string): Strays {
  const call = callControl({ url, headers: {} })
  const ended = new Map<string, EndedSession>()
  const late: string[] = []
  let seen = 0

  async function restarted(): Promise<EndedSession[]> {
    // A session that ends meanwhile may still be in the list.
    const before = [...ended.values()]
    const living = await call<{ readonly id: string }[]>('GET', '/sessions')
    return before.filter(({ id }) => living.some((session) => session.id === id))
  }
  async function withoutSession(): Promise<string[]> {
    const all = apiRequests(await call('GET', '/requests'))
    const latest = all.at(-1)?.id ?? 0
    // Numbers begin anew if the session was reset.
    const fresh = all.filter(({ id }) => id > seen || latest < seen)
    seen = latest
    return fresh.length > 0 ? [withoutSessionText(fresh.map(nameOfEntry))] : []
  }
  async function faults(): Promise<string[]> {
    const added = await call<Fault[]>('GET', '/faults')
    if (added.length === 0) return []
    await call('DELETE', '/faults')
    return [faultText(added.map(({ id }) => id))]
  }
  async function tooLate(): Promise<string[]> {
    const texts: string[] = []
    for (const { id, title, headers } of await restarted()) {
      const requests = apiRequests(await callControl({ url, headers })('GET', '/requests'))
      await call('DELETE', `/sessions/${id}`)
      if (requests.length > 0) texts.push(tooLateText(requests.map(nameOfEntry), title))
    }
    return texts
  }
  /** Requests that a test sends after its end, such as to clean up, reach no other test. They only have to keep to the document. */
  async function begin(): Promise<void> {
    for (const session of await restarted()) {
      const errors = await session.contractErrors()
      late.push(...errors.map((error) => `after the end of ${JSON.stringify(session.title)}: ${error}`))
      await call('DELETE', `/sessions/${session.id}`)
    }
  }
  async function take(): Promise<string[]> {
    const found = await Promise.all([withoutSession(), faults(), tooLate()])
    return [...late.splice(0), ...found.flat()].map((line) => printable(line))
  }
  const inTurn = createTurns()
  return {
    begin: () => inTurn(begin),
    end: (session) => void ended.set(session.id, session),
    take: () => inTurn(take),
    close: () =>
      inTurn(async () => {
        await begin()
        return take()
      }),
  }
}

/** Returns a function that does one thing after the other: of tests that run at once, each would find the same requests. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work, work)
    last = result
    return result
  }
}

/** Without the questions that pages ask before they send. */
const apiRequests = ({ requests }: { readonly requests: readonly JournalEntry[] }) =>
  requests.filter(({ method }) => method !== 'OPTIONS')

const nameOfEntry = ({ method, target }: JournalEntry) => nameOf(method, target)
