import type { Reply } from '../exchange/reply.ts'
import type { AdminContext } from './context.ts'
import type { operations } from './generated/admin.ts'

/** The operations of the control plane's document. */
export type AdminOperationId = keyof operations

type Parameters<Id extends AdminOperationId> = operations[Id]['parameters']
type ContentOf<Message> = Message extends { readonly content: infer Media } ? Media[keyof Media] : undefined

/** A request after decoding and validation, typed by the control plane's document. */
export interface AdminInput<Id extends AdminOperationId> {
  readonly path: NonNullable<Parameters<Id>['path']>
  readonly query: NonNullable<Parameters<Id>['query']>
  readonly body: ContentOf<operations[Id]['requestBody']>
}

/** The reply that the document asks for; without a value if it documents no content. */
export type AdminReply<Id extends AdminOperationId> = Reply<ContentOf<operations[Id]['responses'][200]>>

/** An operation of the control plane: a value in, a value out. Throws an ApiError to refuse. */
export type AdminHandler<Id extends AdminOperationId> = (
  input: AdminInput<Id>,
  context: AdminContext,
) => AdminReply<Id> | Promise<AdminReply<Id>>
