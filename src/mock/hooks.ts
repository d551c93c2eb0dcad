import type { MatchedRequest } from './exchange/matched-request.ts'
import type { Reply } from './exchange/reply.ts'
import type { MockResponse } from './exchange/response.ts'

/** Hooks on the steps of one request. Each may be absent. */
export interface Hooks {
  /** The id of the fault, or the preference, for the journal. */
  readonly name: string
  /** Runs after `match`. Gives a response in place of all steps up to `send`; throws an ApiError to refuse. */
  readonly afterMatch?: (signal?: AbortSignal) => Promise<MockResponse | undefined>
  /** Runs in place of `handle`. */
  readonly handle?: () => Reply
  /** Runs before `send`, on a response that was validated and serialized. */
  readonly beforeSend?: (response: MockResponse) => MockResponse
}

/** Finds the hooks of a request; undefined where it has none. `C` is the context that the API works on. */
export type FindHooks<C> = (matched: MatchedRequest, context: C) => Promise<Hooks | undefined>
