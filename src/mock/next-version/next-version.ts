import { ApiError } from '../../openapi/api-error.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { Reply } from '../exchange/reply.ts'
import type { HandlerContext } from '../operations/handler.ts'
import { callHandler, unhandled, type ValidInput } from '../operations/index.ts'
import type { Api } from '../pipeline.ts'
import type { Session } from '../sessions/session.ts'
import type { SeedData } from '../store/seed-data.ts'
import { OutOfNumbers } from '../store/store.ts'
import { type Adapt, createAdapt } from './adapt-reply.ts'
import { adaptSeedData } from './adapt-seed-data.ts'
import { type AddedOperations, createAddedOperations } from './added-operations.ts'

/** How a mock serves a version of the document that it was not written for. */
export interface NextVersion {
  readonly handle: (operation: Operation, input: ValidInput, context: HandlerContext) => Reply
  /** Fits the replies of an API to its document. */
  readonly adaptFor: (document: ApiDocument) => Adapt
  /** Fits the seed data: new properties have values, others are gone. */
  readonly seedData: (seedData: SeedData) => SeedData
  /** One sentence for each operation that is new. */
  readonly news: readonly string[]
  /** Puts hooks on the steps of the API. */
  readonly wrap?: (api: Api<Session>) => Api<Session>
}

/** Serves `document`; `own` is the packaged document, which the handlers were written for. */
export function createNextVersion(document: ApiDocument, own: ApiDocument, seed: number): NextVersion {
  const added = createAddedOperations(document, seed)
  const isNew = ({ id }: Operation) => unhandled([id]).length > 0
  return {
    handle: (operation, input, context) =>
      isNew(operation) ? added.handle(operation, input, context) : handleKnown(operation, input, context, added),
    adaptFor: (other) => createAdapt(other, seed),
    seedData: (seedData) => adaptSeedData(seedData, document, own, seed),
    news: document.operations
      .filter(isNew)
      .map((operation) => `${operation.method} ${operation.path} is new, and ${added.describe(operation)}.`),
  }
}

/** A handler fails on input of another shape than it was written for; the schema of the reply still says something. */
function handleKnown(operation: Operation, input: ValidInput, context: HandlerContext, added: AddedOperations): Reply {
  try {
    return callHandler(operation.id, input, context)
  } catch (error) {
    if (error instanceof ApiError || error instanceof OutOfNumbers) throw error
    return added.fromSchema(operation)
  }
}
