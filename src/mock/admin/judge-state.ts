import { ApiError, type Violation } from '../../openapi/api-error.ts'
import { project } from '../../openapi/codecs/project.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import type { State } from '../store/state.ts'
import type { Body } from '../validation/body.ts'
import { validationOf } from '../validation/validation.ts'
import { loadAdminDocument } from './document.ts'
import { judgeKeys } from './state.ts'

const NO_PARAMETERS = { path: {}, query: {}, headers: {}, violations: [], unknownQuery: [] }

/** Judges a state as the control plane does when one is put. Pointers start with `/body`. */
export async function judgeState(api: ApiDocument, value: unknown): Promise<readonly Violation[]> {
  const { document } = loadAdminDocument(api)
  const operation = document.operations.find(({ id }) => id === 'putState')
  if (operation === undefined) throw new Error('The control plane documents no putState.')
  const body: Body = { value, mediaType: 'application/json', bytes: new Uint8Array(0), violations: [] }
  try {
    await validationOf(document).request(operation, NO_PARAMETERS, body)
  } catch (error) {
    if (error instanceof ApiError) return error.violations
    throw error
  }
  return judgeKeys(value as Partial<State>)
}

/** The state as a store may take it, without what the document does not know. Rejects with an ApiError where it breaks it. */
export async function admitState(api: ApiDocument, value: unknown): Promise<Partial<State>> {
  const violations = await judgeState(api, value)
  const [first] = violations
  if (first !== undefined) throw new ApiError(400, `${first.pointer} must be ${first.expected}.`, violations)
  const schema = loadAdminDocument(api).document.schemas.State
  return (schema ? project(value, schema) : value) as Partial<State>
}
