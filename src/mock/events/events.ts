import type { Redaction } from '../../http/redaction/redaction.ts'
import type { Live } from '../live.ts'
import type { Memory } from '../memory/memory.ts'
import type { Recorded } from '../requests/entry.ts'
import type { Runs } from '../runs/runs.ts'
import type { Sessions } from '../sessions/sessions.ts'

/** Notes a request for those who listen. */
export type NoteRequest = (request: Recorded, sessionId: string) => void

/** The stream of events of one mock. Nothing of it is loaded, and nothing is noted, before somebody listens. */
export interface Events {
  /** Undefined while nobody listens. */
  readonly note: NoteRequest | undefined
  /** Starts to listen; after the event of this id, if one is given. Rejects with an ApiError (503) if too many listen. */
  open(after?: string): Promise<ReadableStream<Uint8Array>>
}

/** The parts of a mock that its events depend on. */
export interface EventsServices {
  readonly sessions: Sessions
  readonly memory: Pick<Memory, 'share'>
  /** Knows the keys of the mock. */
  readonly redaction: Redaction
  readonly live: Live | undefined
  readonly runs: Pick<Runs, 'latest' | 'revision'> | undefined
}
