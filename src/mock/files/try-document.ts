import type { ApiDocument } from '../../openapi/document.ts'
import { DocumentError, located } from '../../openapi/document-error.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { RequestValues } from '../../openapi/validators/validator.ts'
import { acceptState } from '../admin/accept-state.ts'
import { loadAdminDocument } from './load-admin-document.ts'

/** Rejects with a DocumentError unless each operation of a document, and the control plane beside it, can be validated. */
export async function tryDocument(document: ApiDocument): Promise<void> {
  for (const operation of document.operations)
    await orRefuse(document, operation.pointer, `${operation.method} ${operation.path}`, () =>
      compile(document, operation),
    )
  await orRefuse(document, '/components/schemas', 'the control plane', () =>
    acceptState(loadAdminDocument(document).document, {}),
  )
}

async function orRefuse(document: ApiDocument, pointer: string, what: string, work: () => Promise<unknown>) {
  try {
    await work()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const refusal = new DocumentError(`${what} cannot be validated: ${why}. Fix it there.`, pointer)
    throw located(refusal, document.name, document.lines)
  }
}

/** The validators are compiled at their first use. */
async function compile(document: ApiDocument, operation: Operation): Promise<void> {
  const validator = document.validator()
  for (const mediaType of [undefined, ...Object.keys(operation.requestBody?.content ?? {})])
    await validator.validateRequest(operation, { ...NO_VALUES, mediaType })
  for (const { status, content } of Object.values(operation.responses))
    for (const mediaType of Object.keys(content))
      await validator.validateReply(operation, Number(status) || 200, mediaType, {})
}

const NO_VALUES: RequestValues = { path: {}, query: {}, headers: {}, body: {} }
