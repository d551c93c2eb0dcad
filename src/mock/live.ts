import type { UpstreamApi } from './admin/upstream-api.ts'
import type { Memory } from './memory/memory.ts'
import type { Api } from './pipeline.ts'
import type { Session } from './sessions/session.ts'

/** A live server behind the mock, as the mock's own parts see it. */
export interface Live {
  /** Puts the hooks that ask the live server around those of an API. */
  readonly wrap: (api: Api<Session>, memory: Memory) => Api<Session>
  /** Numbers that the control plane gives to new records are above this one. */
  readonly above: number
  /** The part that the control plane reads and sets. */
  readonly control: UpstreamApi
  /** Counts the changes of the settings, and the answers that broke the document. */
  readonly revision: () => number
  /** The number of places at which answers broke the document. */
  readonly violationCount: () => number
}
