import type { JournalEntry } from '../control/types.ts'
import type { SeenRequest } from './journal.ts'

/** The requests to show. */
export interface Filter {
  readonly text: string
  /** '' for all sessions. */
  readonly session: string
  readonly operationId: string
  readonly refused: boolean
}

export const NO_FILTER: Filter = { text: '', session: '', operationId: '', refused: false }

/** True for a request that the mock refused: an answer of 400 or above, or a breach of the document. */
export const isRefused = ({ status, admitted, violations }: JournalEntry): boolean =>
  status >= 400 || !admitted || violations.length > 0

/** The entries that match all of a filter. The text is looked for in method, target, operation, status and body, in any case. */
export function filtered(entries: readonly SeenRequest[], filter: Filter): readonly SeenRequest[] {
  const text = filter.text.trim().toLowerCase()
  return entries.filter(
    (entry) =>
      (filter.session === '' || entry.session === filter.session) &&
      (filter.operationId === '' || entry.operationId === filter.operationId) &&
      (!filter.refused || isRefused(entry)) &&
      (text === '' || textOf(entry).includes(text)),
  )
}

function textOf({ method, target, operationId = '', status, body }: JournalEntry): string {
  return `${method} ${target} ${operationId} ${status} ${JSON.stringify(body) ?? ''}`.toLowerCase()
}

/** The operations that were asked, in the order of the alphabet. */
export const operationsIn = (entries: readonly JournalEntry[]): readonly string[] =>
  [...new Set(entries.flatMap(({ operationId }) => operationId ?? []))].sort()

/** The sessions that were used, in the order of the alphabet. */
export const sessionsIn = (entries: readonly SeenRequest[]): readonly string[] =>
  [...new Set(entries.map(({ session }) => session))].sort()

/** The part of the mock that answered. */
export function sourceOf({ interference, source }: JournalEntry): 'fault' | 'live server' | 'mock' {
  if (interference !== undefined) return 'fault'
  return source === 'live' ? 'live server' : 'mock'
}

/** Why the mock answered in place of the live server; undefined if it did not, and without one. */
export const reasonOf = ({ reason }: JournalEntry): string | undefined =>
  reason === undefined ? undefined : (REASONS[reason] ?? reason)

const REASONS: Readonly<Record<string, string>> = {
  'changed-here': 'changed here',
  down: 'live server down',
  mocked: 'mocked',
  paused: 'paused',
}
