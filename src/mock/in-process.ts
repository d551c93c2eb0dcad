import type { MockCore } from './create-mock.ts'
import type { MockFetch } from './doors.ts'
import type { Coverage } from './requests/coverage.ts'
import type { Session } from './sessions/session.ts'
import { DEFAULT_SESSION, type Sessions } from './sessions/sessions.ts'

/**
 * A mock as the code of its own process uses it. Apart from `session`, its members are those of the default session, which
 * answers requests that name none.
 */
export interface InProcessMock
  extends Pick<
    Session,
    | 'store'
    | 'snapshots'
    | 'faults'
    | 'journal'
    | 'clock'
    | 'reset'
    | 'putState'
    | 'addRecord'
    | 'putRecord'
    | 'deleteRecord'
    | 'validateDomain'
  > {
  /** Answers without a socket, as `fetch` of the same mock would if it listened. */
  readonly fetch: MockFetch
  /** Each defect of the mock that was met, in words. */
  readonly defects: readonly string[]
  /** The session of this id; it starts now if it does not live. */
  session(id?: string): Session
  /** The sessions that live, the fate of the others, and a way to end one. */
  readonly sessions: Pick<Sessions, 'ids' | 'standing' | 'end'>
  /** The coverage of the document by all sessions, those that have ended included. */
  coverage(): Coverage
}

/** The mock in its own process. */
export function inProcess({ sessions, defects, coverage, fetchFor }: MockCore): InProcessMock {
  const session = (id = DEFAULT_SESSION) => sessions.get(id)
  return {
    fetch: fetchFor(DEFAULT_SESSION),
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
    addRecord: (collection, record) => session().addRecord(collection, record),
    putRecord: (collection, key, record) => session().putRecord(collection, key, record),
    deleteRecord: (collection, key) => session().deleteRecord(collection, key),
    validateDomain: (id) => session().validateDomain(id),
  }
}
