import type { operations } from '../../openapi/generated/api.ts'
import type { Upload } from '../../openapi/model.ts'
import type { OperationId } from '../../openapi/operation.ts'
import type { Clock } from '../clock.ts'
import type { Reply } from '../exchange/reply.ts'
import type { Store } from '../store/store.ts'
import type { Ignored } from '../validation/ignored.ts'

/** The context of a handler: the state, clock and id generator of one session. */
export interface HandlerContext {
  readonly store: Store
  readonly clock: Clock
  readonly ids: IdGenerator
}

/** Generates, from the seed, the values that a server chooses. */
export interface IdGenerator {
  /** The id and the DNS TXT record of the n-th domain, from 1. */
  domain(n: number): { id: string; validate: string }
  /** Numbers that the control plane gives to new records are above this one. */
  readonly above?: number
  /** The token of a user's login. */
  token(username: string): string
}

type Parameters<Id extends OperationId> = operations[Id]['parameters']
type Content<Body> = Body extends { content: infer Media } ? WithUploads<Media[keyof Media]> : undefined
type WithUploads<Value> = Value extends { file?: string } ? Omit<Value, 'file'> & { file?: Upload } : Value

/** A request after decoding and validation, typed by the document. */
export interface Input<Id extends OperationId> {
  readonly path: NonNullable<Parameters<Id>['path']>
  readonly query: NonNullable<Parameters<Id>['query']>
  readonly body: Content<operations[Id]['requestBody']>
  /** Parts of the request that the document does not name. */
  readonly ignored?: readonly Ignored[] | undefined
  /** The bytes of the files in the body, by the name of their property. */
  readonly files?: ReadonlyMap<string, Uint8Array> | undefined
}

/** An operation: a value in, a value out. Throws an ApiError where the document refuses. */
export type Handler<Id extends OperationId> = (input: Input<Id>, context: HandlerContext) => Reply
