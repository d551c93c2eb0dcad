import type { Reply } from '../reply.ts'
import type { Coverage } from '../requests/coverage.ts'
import type { Session } from '../sessions/session.ts'
import type { Sessions } from '../sessions/sessions.ts'

/** What the control plane works on: the session that a request names, among all. */
export interface Control {
  /** Starts where it does not live. */
  readonly session: Session
  readonly sessionId: string
  readonly sessions: Sessions
  /** The text of the control plane's own document. */
  readonly documentText: string
  /** Where the request was sent to, such as http://127.0.0.1:4010. */
  readonly base: string
  /** What all sessions together have exercised, those that left included. */
  readonly coverage: () => Coverage
}

/** A validated request to the control plane. */
export interface ControlInput {
  readonly path: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
}

/** A route of the control plane: a value in, a value out. */
export type ControlHandler = (input: ControlInput, control: Control) => Reply | Promise<Reply>
