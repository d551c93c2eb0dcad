import type { JournalEntry } from '../control/types.ts'

/** A request, with the session that it was for. */
export type SeenRequest = JournalEntry & { readonly session: string }

/** The requests that the page shows, the oldest first, with the number of those that are not kept. */
export interface Shown {
  readonly entries: readonly SeenRequest[]
  readonly forgotten: number
}

export const EMPTY: Shown = { entries: [], forgotten: 0 }

/** As many as the mock's journal keeps of one session. */
const MOST = 1_000

/** An id counts up in each session. */
export const keyOf = ({ session, id }: Pick<SeenRequest, 'session' | 'id'>): string => `${id}/${session}`

/**
 * The list with new entries at its end. An entry that is there already is not added again. One that takes the id of another
 * tells that the journal of its session was cleared, and began to count anew.
 */
export function withEntries({ entries, forgotten }: Shown, added: readonly SeenRequest[]): Shown {
  const known = new Map(entries.map((entry) => [keyOf(entry), entry]))
  const isKnown = (entry: SeenRequest) => isSame(known.get(keyOf(entry)), entry)
  const fresh = added.filter((entry) => !isKnown(entry))
  if (fresh.length === 0) return { entries, forgotten }
  const cleared = new Set(fresh.flatMap((entry) => (known.has(keyOf(entry)) ? entry.session : [])))
  const kept = cleared.size === 0 ? entries : entries.filter(({ session }) => !cleared.has(session))
  return capped([...kept, ...fresh], forgotten)
}

const isSame = (known: SeenRequest | undefined, entry: SeenRequest): boolean =>
  known !== undefined && known.at === entry.at && known.target === entry.target && known.status === entry.status

function capped(all: readonly SeenRequest[], forgotten: number): Shown {
  const dropped = Math.max(0, all.length - MOST)
  return { entries: all.slice(dropped), forgotten: forgotten + dropped }
}

/** A journal as the control plane lists it. */
export interface ListedJournal {
  readonly session: string
  readonly requests: readonly JournalEntry[]
  readonly forgotten: number
}

/** The requests of the journals of several sessions, in the order of their times. Each session has a clock of its own. */
export function merged(journals: readonly ListedJournal[]): Shown {
  const all = journals.flatMap(({ session, requests }) => requests.map((entry) => ({ ...entry, session })))
  const sorted = all.toSorted((a, b) => a.at.localeCompare(b.at))
  return capped(
    sorted,
    journals.reduce((sum, { forgotten }) => sum + forgotten, 0),
  )
}

/** The list with more requests that are not kept. */
export const withMissed = (shown: Shown, missed: number): Shown =>
  missed === 0 ? shown : { ...shown, forgotten: shown.forgotten + missed }

/** The list as the mock has told it, with what came `now` that was not there `before` it was asked. */
export function reloaded(answer: Shown, before: Shown, now: Shown): Shown {
  const known = new Set(before.entries)
  return withEntries(
    answer,
    now.entries.filter((entry) => !known.has(entry)),
  )
}

/** The newest id of a session. */
export const lastIdOf = ({ entries }: Shown, session: string): number =>
  entries.findLast((entry) => entry.session === session)?.id ?? 0

/** The list without the requests of some sessions, which were forgotten. */
export const without = ({ entries }: Shown, sessions: readonly string[]): Shown => ({
  entries: entries.filter(({ session }) => !sessions.includes(session)),
  forgotten: 0,
})
