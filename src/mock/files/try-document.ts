import { setImmediate } from 'node:timers/promises'
import type { ApiDocument } from '../../openapi/document.ts'
import { DocumentError, located } from '../../openapi/document-error.ts'
import type { Operation } from '../../openapi/operation.ts'
import { acceptState } from '../admin/accept-state.ts'
import { createMockCore, type MockCore } from '../create-mock.ts'
import { DEFAULT_SESSION } from '../sessions/sessions.ts'
import { loadAdminDocument } from './load-admin-document.ts'
import { nodePlatform } from './node-platform.ts'
import { trialRequests } from './trial-requests.ts'

/**
 * Rejects with a DocumentError unless each operation of a document answers requests to a mock that is thrown away, and the
 * control plane can be served beside it. All validators are compiled on the way, so that none fails later.
 */
export async function tryDocument(document: ApiDocument): Promise<void> {
  const trial = makeMock(document)
  for (const operation of document.operations) {
    await tryOperation(document, operation, trial)
    // Compiling takes 0.1 s an operation, and the mock in use has to answer meanwhile.
    await setImmediate()
  }
  await orRefuse(document, '/components/schemas', () => acceptState(loadAdminDocument(document).document, {}))
}

async function tryOperation(document: ApiDocument, operation: Operation, { fetchFor, defects }: MockCore) {
  const fetch = fetchFor(DEFAULT_SESSION)
  for (const { target, init } of trialRequests(document, operation)) {
    await orRefuse(document, operation.pointer, async () => (await fetch(target, init)).arrayBuffer())
    const [defect] = defects
    if (defect !== undefined)
      throw refusal(document, operation.pointer, `${init.method} ${target} gets a 500, ${defect}`)
  }
}

/** A mock of the document alone. */
function makeMock(document: ApiDocument) {
  const platform = { ...nodePlatform, loadDocument: () => document, warn: () => {} }
  return createMockCore({}, platform)
}

async function orRefuse(document: ApiDocument, pointer: string, work: () => Promise<unknown>) {
  try {
    await work()
  } catch (error) {
    if (error instanceof DocumentError) throw error
    throw refusal(document, pointer, error instanceof Error ? error.message : String(error))
  }
}

/** The message of a validator may have several lines. */
function refusal(document: ApiDocument, pointer: string, why: string): DocumentError {
  const [line] = why.split('\n')
  const error = new DocumentError(`${pointer} cannot be served: ${line}. Fix it there.`, pointer)
  return located(error, document.name, document.lines)
}
