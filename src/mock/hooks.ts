import type { MatchedRequest } from './exchange/matched-request.ts'
import type { Reply } from './exchange/reply.ts'
import type { MockResponse } from './exchange/response.ts'
import type { ValidInput } from './operations/index.ts'
import type { Exchange } from './requests/exchange.ts'

/** Hooks on the steps of one request. Each may be absent. */
export interface Hooks {
  /** The id of the fault, or the preference, for the journal. */
  readonly name?: string | undefined
  /** Runs after `match`. Gives a response in place of all steps up to `send`; throws an ApiError to refuse. */
  readonly afterMatch?: (signal?: AbortSignal) => Promise<MockResponse | undefined>
  /** Runs in place of `handle`, on a request that was validated. */
  readonly handle?: (input: ValidInput) => Reply | Promise<Reply>
  /** Runs before `send`, on a response that was validated and serialized. */
  readonly beforeSend?: (response: MockResponse) => MockResponse
  /** Gives more for the journal and the log. */
  readonly notes?: () => Partial<Exchange>
}

/** Finds the hooks of a request; undefined where it has none. `C` is the context that the API works on. */
export type FindHooks<C> = (matched: MatchedRequest, context: C) => Promise<Hooks | undefined>
