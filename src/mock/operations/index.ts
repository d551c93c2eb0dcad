import type { OperationId } from '../../openapi/operation.ts'
import type { Reply } from '../exchange/reply.ts'
import type { Ignored } from '../validation/ignored.ts'
import { addDomain } from './domains.ts'
import type { Handler, HandlerContext } from './handler.ts'
import * as pets from './pets.ts'
import * as store from './store.ts'
import * as users from './users.ts'

/** Every operation's handler: the compiler asks for each operationId of the document. */
export const handlers: { readonly [Id in OperationId]: Handler<Id> } = { addDomain, ...pets, ...store, ...users }

/** An input that was decoded and validated, before the compiler knows for which operation. */
export interface ValidInput {
  readonly path: unknown
  readonly query: unknown
  readonly body: unknown
  /** Names in the query that the document does not know. */
  readonly unknownQuery: readonly string[]
  /** Parts of the request that the document does not name. */
  readonly ignored?: readonly Ignored[] | undefined
  /** The bytes of the files in the body, by the name of their property. */
  readonly files?: ReadonlyMap<string, Uint8Array> | undefined
}

/** Calls an operation's handler. The input was validated by the document that the handler's types come from. */
export function callHandler(id: string, input: ValidInput, context: HandlerContext): Reply {
  const handler = handlers[id as OperationId] as (
    input: Omit<ValidInput, 'unknownQuery'>,
    context: HandlerContext,
  ) => Reply
  return handler(input, context)
}

/** The operations among these that have no handler. */
export const unhandled = (ids: readonly string[]): string[] => ids.filter((id) => !Object.hasOwn(handlers, id))
