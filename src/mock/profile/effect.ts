import type { Operation } from '../../openapi/operation.ts'
import type { Profile } from '../../ways/profile.ts'
import type { MatchedRequest } from '../exchange/matched-request.ts'
import type { Reply } from '../exchange/reply.ts'
import type { MockRequest } from '../exchange/request.ts'
import type { MockResponse } from '../exchange/response.ts'
import type { Fitted } from '../next-version/adapt-reply.ts'
import type { HandlerContext } from '../operations/handler.ts'
import type { ValidInput } from '../operations/index.ts'
import type { Session } from '../sessions/session.ts'
import type { DocumentEdit } from './document-edit.ts'

/** Handles an input. */
export type Handle = (input: ValidInput) => Reply

/** The options of a mock that effects depend on. */
export interface EffectOptions {
  readonly seed: number
  /** True if answers take the time that was observed. */
  readonly isSlow: boolean
}

/** The work of one member of a profile at the named steps of a request. Each step may be absent. */
export interface Effect {
  /** Gives the document nodes for the work of the other steps. Throws a DocumentError at a pointer of the profile. */
  readonly document?: (edit: DocumentEdit) => void
  /** After `match`: the milliseconds to wait before all else. */
  readonly wait?: (operation: Operation, session: Session) => number
  /** After `match`, in place of all steps up to `send`. */
  readonly early?: (matched: MatchedRequest) => MockResponse | undefined
  /** After `authenticate`: throws an ApiError to refuse. */
  readonly authenticate?: (operation: Operation, request: MockRequest) => void
  /** In place of `negotiate`; undefined leaves it to the mock. */
  readonly negotiate?: (operation: Operation, accept: string | undefined) => string | undefined
  /** Before `handle`: another input, such as one that takes less of the query. */
  readonly input?: (matched: MatchedRequest, input: ValidInput) => ValidInput
  /** Around `handle`. */
  readonly handle?: (operation: Operation, input: ValidInput, context: HandlerContext, next: Handle) => Reply
  /** Before `validateResponse`. */
  readonly reply?: (fitted: Fitted, operation: Operation) => Fitted
  /** Before `send`, for a path or method that no operation has. */
  readonly unmatched?: (response: MockResponse, request: MockRequest) => MockResponse
}

/** Makes the effect of a profile; undefined if the profile has no such member. */
export type MakeEffect = (profile: Profile, options: EffectOptions) => Effect | undefined
