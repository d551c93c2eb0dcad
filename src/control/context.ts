import type { Reply } from '../reply.ts'
import type { Session } from '../sessions/session.ts'
import type { Sessions } from '../sessions/sessions.ts'

/** What the control plane works on: the session that a request names, among all. */
export interface Control {
  readonly session: Session
  readonly sessions: Sessions
  /** The text of the control plane's own document. */
  readonly documentText: string
}

/** A validated request to the control plane. */
export interface ControlInput {
  readonly path: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
}

/** A route of the control plane: a value in, a value out. */
export type ControlHandler = (input: ControlInput, control: Control) => Reply
