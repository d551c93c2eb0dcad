import type { Memory } from '../memory/memory.ts'
import type { Api } from '../pipeline.ts'
import type { Session } from '../sessions/session.ts'

/** The mock, as the live server's part sees it. */
export interface MockSide extends Pick<Api<Session>, 'document' | 'handle' | 'findHooks'> {
  readonly memory: Memory
}
