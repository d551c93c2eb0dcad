import type { Operation } from '../../openapi/operation.ts'
import type { Profile } from '../../ways/profile.ts'
import type { Reply } from '../exchange/reply.ts'
import type { MockRequest } from '../exchange/request.ts'
import type { MockResponse } from '../exchange/response.ts'
import type { Fitted } from '../next-version/adapt-reply.ts'
import type { HandlerContext } from '../operations/handler.ts'
import type { ValidInput } from '../operations/index.ts'
import type { DocumentEdit } from './document-edit.ts'

/** The work of one member of a profile at the named steps of a request. Each step may be absent. */
export interface Effect {
  /** Gives the document nodes for what the other steps do. */
  readonly document?: (edit: DocumentEdit) => void
  /** After `authenticate`: throws an ApiError to refuse. */
  readonly authenticate?: (operation: Operation, request: MockRequest) => void
  /** In place of `negotiate`; undefined leaves it to the mock. */
  readonly negotiate?: (operation: Operation, accept: string | undefined) => string | undefined
  /** Around `handle`. */
  readonly handle?: (operation: Operation, input: ValidInput, context: HandlerContext, next: () => Reply) => Reply
  /** Before `validateResponse`. */
  readonly reply?: (fitted: Fitted, operation: Operation) => Fitted
  /** The response to HEAD, or to a path or method that no operation has, before `send`. */
  readonly unmatched?: (response: MockResponse, request: MockRequest) => MockResponse
}

/** Makes the effect of a profile; undefined if it has no such member. */
export type MakeEffect = (profile: Profile) => Effect | undefined
