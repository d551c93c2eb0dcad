import type { Events } from '../events/events.ts'
import type { Memory } from '../memory/memory.ts'
import type { Coverage } from '../requests/coverage.ts'
import type { Runs } from '../runs/runs.ts'
import type { Session } from '../sessions/session.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { UpstreamApi } from './upstream-api.ts'

/** The state that the control plane works on: the session that a request selects, among all. */
export interface AdminContext {
  /** Starts at its first use if it does not live. */
  readonly session: Session
  readonly sessionId: string
  /** The session, if the request used it. */
  readonly used: () => Session | undefined
  readonly sessions: Sessions
  /** The budget of all sessions. */
  readonly memory: Memory
  /** The live server behind the mock; absent without one. */
  readonly upstream?: UpstreamApi
  /** The reports on other servers; absent where the mock makes none. */
  readonly runs?: Runs | undefined
  /** The stream of events; absent in a page. */
  readonly events?: Events | undefined
  /** The id of the last event that the client has had. */
  readonly lastEventId?: string | undefined
  /** The text of the control plane's own document. */
  readonly documentText: string
  /** The address that the request was sent to, such as http://127.0.0.1:4010. */
  readonly base: string
  /** The coverage of the document by all sessions together, those that have ended included. */
  readonly coverage: () => Coverage
}
