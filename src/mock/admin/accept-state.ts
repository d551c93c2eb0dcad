import { ApiError, type Violation } from '../../openapi/api-error.ts'
import { project } from '../../openapi/codecs/project.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { isFull } from '../../openapi/violation-limit.ts'
import type { State } from '../store/state.ts'
import type { Body } from '../validation/body.ts'
import { othersOf } from '../validation/refusal.ts'
import { validationOf } from '../validation/validation.ts'
import type { components } from './generated/admin.ts'
import { keyViolations } from './state-keys.ts'

/** A state before it is validated: the collections that are to be replaced. Each record needs its key. */
export type StateInput = components['schemas']['State']

/** The outcome of `acceptState`. Pointers start with `/body`. */
export type AcceptedState =
  | { readonly state: Partial<State>; readonly violations: readonly [] }
  | { readonly violations: readonly [Violation, ...Violation[]] }

const NO_PARAMETERS = { path: {}, query: {}, headers: {}, violations: [], unknownQuery: [] }

/**
 * Validates a state by the control plane's document, and gives it without the properties that the document does not know.
 * Every state that comes from outside takes this way: over HTTP, in process and from a file.
 */
export async function acceptState(admin: ApiDocument, value: unknown): Promise<AcceptedState> {
  const [first, ...others] = await stateViolations(admin, value)
  if (first !== undefined) return { violations: [first, ...others] }
  const { State: schema } = admin.schemas
  return { state: (schema ? project(value, schema) : value) as Partial<State>, violations: [] }
}

/** The accepted state; rejects with an ApiError (400) if it is not accepted. */
export async function requireState(admin: ApiDocument, value: unknown): Promise<Partial<State>> {
  const accepted = await acceptState(admin, value)
  if ('state' in accepted) return accepted.state
  throw refusalOf(400, accepted.violations)
}

/** Names the first violation, and says if they are more than are listed. */
export function refusalOf(status: number, violations: readonly Violation[]): ApiError {
  const [first] = violations
  const meant = first?.suggestion === undefined ? '' : ` Did you mean ${first.suggestion}?`
  const more = isFull(violations) ? othersOf(violations) : ''
  return new ApiError(status, `${first?.pointer} must be ${first?.expected}.${meant}${more}`, violations)
}

async function stateViolations(admin: ApiDocument, value: unknown): Promise<readonly Violation[]> {
  const operation = admin.operations.find(({ id }) => id === 'putState')
  if (operation === undefined) throw new Error('The control plane documents no putState.')
  const body: Body = { value, mediaType: 'application/json', bytes: new Uint8Array(0), violations: [] }
  try {
    await validationOf(admin).request(operation, NO_PARAMETERS, body)
  } catch (error) {
    if (error instanceof ApiError) return error.violations
    throw error
  }
  return keyViolations(value as Partial<State>)
}
