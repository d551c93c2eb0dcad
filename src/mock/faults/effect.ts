import type { ApiError } from '../../openapi/api-error.ts'
import type { Reply } from '../exchange/reply.ts'
import type { MockResponse } from '../exchange/response.ts'
import type { Hooks } from '../hooks.ts'
import { sleep } from '../sleep.ts'

/** The effect of a fault, or of a client's preference, on one request. All parts may be absent. */
export interface Effect {
  /** Milliseconds to wait before anything is done. */
  readonly delay?: number
  /** Refuses the request in place of the operation. */
  readonly refusal?: ApiError
  /** Replaces the operation and all validation: for what is asked to break the document. */
  readonly response?: MockResponse
  /** Replaces the reply of the operation to a valid request; it is validated like that one. */
  readonly reply?: Reply
  /** Changes a response after it was validated. */
  readonly change?: (response: MockResponse) => MockResponse
}

/** The hooks that bring an effect about. */
export function hooksFor(name: string, { delay, refusal, response, reply, change }: Effect): Hooks {
  const afterMatch = async (signal?: AbortSignal) => {
    if (delay) await sleep(delay, signal)
    if (refusal) throw refusal
    return response
  }
  return { name, afterMatch, ...(reply && { handle: () => reply }), ...(change && { beforeSend: change }) }
}
