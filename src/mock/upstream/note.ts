import type { Exchange } from '../requests/exchange.ts'
import type { Found } from './check-answer.ts'
import { LIVE, mockedFor, type Reason } from './live-response.ts'
import type { Asked } from './outcome.ts'
import type { ViolationLog } from './violation-log.ts'

/** Mutable notes on one request, for its headers, the journal and the log. */
export interface Note {
  /** Notes the outcome of asking the live server. */
  asked(asked: Asked): Asked
  /** The last of these outcomes. */
  readonly last: Asked | undefined
  found(operationId: string, found: readonly Found[]): void
  /** Says why the mock answers; undefined for an answer of the live server. */
  from(reason: Reason | undefined): void
  /** More for the journal. */
  add(notes: Partial<Exchange>): void
  readonly headers: Readonly<Record<string, string>>
  readonly notes: Partial<Exchange>
}

/** So many violations of one answer stand in the journal. */
const MOST_NOTED = 20

/** Starts as an answer of the mock. */
export function createNote(log: ViolationLog): Note {
  let reason: Reason | undefined = 'mocked'
  let asked: Asked | undefined
  let found: readonly Found[] = []
  let more: Partial<Exchange> = {}
  return {
    asked: (given) => {
      asked = given
      return given
    },
    get last() {
      return asked
    },
    found: (operationId, given) => {
      found = given
      log.note(operationId, given)
    },
    from: (given) => {
      reason = given
    },
    add: (given) => {
      more = { ...more, ...given }
    },
    get headers() {
      return reason === undefined ? LIVE : mockedFor(reason)
    },
    get notes() {
      if (asked === undefined) return more
      const violations = found.slice(0, MOST_NOTED).map(({ rule: _rule, ...violation }) => violation)
      const status = asked.outcome.answer?.status ?? 0
      return { ...more, upstream: { status, ms: Math.round(asked.ms * 10) / 10, violations } }
    },
  }
}
