import type { RequestListener } from 'node:http'
import { createApp } from './mock/create-mock.ts'
import { listen, type Running } from './mock/http/server.ts'
import type { MockOptions } from './mock/options.ts'
import type { Coverage } from './mock/requests/coverage.ts'
import type { Session } from './mock/sessions/session.ts'
import { DEFAULT_SESSION, type Sessions } from './mock/sessions/sessions.ts'

/**
 * An independent mock of the Inboxes Developer API. Two in one process never meet. What it has of a session besides
 * `session` is of the default one, which requests that name none are for.
 */
export interface Mock
  extends Pick<
    Session,
    'store' | 'snapshots' | 'faults' | 'journal' | 'clock' | 'reset' | 'putState' | 'validateDomain'
  > {
  /** The Express app; a listener here, because who imports the mock has no types of Express. */
  readonly app: RequestListener
  /** Each defect of the mock that was met, in words. */
  readonly defects: readonly string[]
  /** The universe of requests that name this session; it starts now where it does not live. */
  session(id?: string): Session
  /** Which sessions live, what became of the others, and an end to one. */
  readonly sessions: Pick<Sessions, 'ids' | 'standing' | 'end'>
  /** What all sessions have exercised of the document, those that have left included. */
  coverage(): Coverage
  /** Serves on loopback, on a free port unless told otherwise. */
  listen(where?: { readonly host?: string; readonly port?: number }): Promise<Running>
}

/** Makes a mock. Throws a DocumentError where the document cannot be used. */
export function createMock(options: MockOptions = {}): Mock {
  const { app, basePath, defects, sessions, coverage } = createApp(options)
  const session = (id = DEFAULT_SESSION) => sessions.get(id)
  return {
    app,
    defects,
    coverage,
    sessions,
    session,
    get store() {
      return session().store
    },
    get snapshots() {
      return session().snapshots
    },
    get faults() {
      return session().faults
    },
    get journal() {
      return session().journal
    },
    get clock() {
      return session().clock
    },
    reset: (pack) => session().reset(pack),
    putState: (state) => session().putState(state),
    validateDomain: (id) => session().validateDomain(id),
    listen: ({ host = '127.0.0.1', port = 0 } = {}) => listen(app, { host, port, basePath }),
  }
}

export { type Clock, fixedClock, REFERENCE_DATE, type SettableClock } from './mock/clock.ts'
export type { BreakWay, Fault, FaultInput, FaultMatch, FaultStep } from './mock/faults/fault.ts'
export type { Faults } from './mock/faults/faults.ts'
export type { Running } from './mock/http/server.ts'
export type { MockOptions } from './mock/options.ts'
export type { Coverage, CoverageCell } from './mock/requests/coverage.ts'
export type { JournalEntry } from './mock/requests/entry.ts'
export type { Exchange, ExchangeSummary } from './mock/requests/exchange.ts'
export type { Journal } from './mock/requests/journal.ts'
export type { Criteria } from './mock/requests/pattern.ts'
export type { NearMiss, Verdict, Verification } from './mock/requests/verify.ts'
export type { Session } from './mock/sessions/session.ts'
export type { Standing } from './mock/sessions/sessions.ts'
export type { Snapshots } from './mock/sessions/snapshots.ts'
export type { PackName } from './mock/store/pack.ts'
export type { State, StateDiff } from './mock/store/state.ts'
export type { Store } from './mock/store/store.ts'
export { ApiError, type Violation } from './openapi/api-error.ts'
export { DocumentError } from './openapi/document-error.ts'
export type {
  ApiResponse,
  Domain,
  DomainIn,
  Order,
  Pet,
  Problem,
  StoredDomain,
  StoredPet,
  StoredUser,
  Tag,
  User,
} from './openapi/model.ts'
export type { OperationId } from './openapi/operation.ts'
