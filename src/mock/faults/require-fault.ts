import { ApiError } from '../../openapi/api-error.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { pointerTo, valueAt } from '../../openapi/json-pointer.ts'
import { nearest } from '../../openapi/nearest.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { FaultInput, FaultKindName, FaultMatch, FaultStep, StepByKind } from './fault.ts'
import type { FaultKind } from './kind.ts'
import { KINDS } from './kinds/index.ts'
import { possibleOperations } from './possible-operations.ts'

/** Throws an ApiError, with a pointer into the body, for a fault that can never apply or that the document does not allow. */
export function requireFault(document: ApiDocument, input: FaultInput): void {
  const { match = {}, steps, times, probability } = input
  requireNumber(input, '/times', times, (value) => Number.isSafeInteger(value) && value >= 1, 'an integer of 1 or more')
  requireNumber(input, '/probability', probability, (value) => value >= 0 && value <= 1, 'from 0 to 1')
  if (!Array.isArray(steps) || steps.length === 0) throw wrong(input, '/steps', 'a list of one step or more')
  const operations = requireOperations(document, input, match)
  for (const index of steps.keys()) requireStep(input, index, operations)
  requireLastingLast(input)
}

function requireNumber(
  input: FaultInput,
  at: string,
  value: number | undefined,
  isRight: (value: number) => boolean,
  expected: string,
): void {
  if (value !== undefined && !isRight(value)) throw wrong(input, at, expected)
}

/** The operations that the fault can match: at least one. */
function requireOperations(document: ApiDocument, input: FaultInput, match: FaultMatch): Operation[] {
  const ids = document.operations.map(({ id }) => id)
  const { operationId } = match
  if (operationId !== undefined && !ids.includes(operationId))
    throw wrong(input, '/match/operationId', `an operationId of ${document.name}`, nearest(operationId, ids))
  const operations = possibleOperations(document, match)
  if (operations.length > 0) return operations
  throw wrong(input, '/match', `what a request to an operation of ${document.name} can have`)
}

function requireStep(input: FaultInput, index: number, operations: readonly Operation[]): void {
  const at = `/steps/${index}`
  const step = input.steps[index]
  if (!step || !Object.hasOwn(KINDS, step.kind)) {
    const kinds = Object.keys(KINDS)
    throw wrong(input, `${at}/kind`, `one of ${kinds.join(', ')}`, nearest(String(step?.kind), kinds))
  }
  checkStep(input, at, step, operations)
}

function checkStep<Name extends FaultKindName>(
  input: FaultInput,
  at: string,
  step: StepByKind[Name] & { readonly kind: Name },
  operations: readonly Operation[],
): void {
  const kind: FaultKind<StepByKind[Name]> = KINDS[step.kind]
  requireFields(input, at, step, kind.required.map(String), kind.optional.map(String))
  kind.check?.(step, operations, (field, expected, suggestion) => wrong(input, `${at}/${field}`, expected, suggestion))
}

function requireFields(
  input: FaultInput,
  at: string,
  step: FaultStep,
  required: readonly string[],
  optional: readonly string[],
): void {
  const missing = required.find((field) => !Object.hasOwn(step, field))
  if (missing !== undefined) throw wrong(input, `${at}/${missing}`, `given for ${step.kind}`)
  const known = ['kind', ...required, ...optional]
  const foreign = Object.keys(step).find((field) => !known.includes(field))
  if (foreign !== undefined)
    throw wrong(
      input,
      pointerTo(at, foreign),
      `absent: ${step.kind} takes ${known.slice(1).join(', ') || 'nothing'}`,
      nearest(foreign, known),
    )
}

/** A step that goes on forever must be the last one: those behind it would never be taken. */
function requireLastingLast(input: FaultInput): void {
  const { steps, times } = input
  const index = steps.findIndex(({ kind }) => KINDS[kind].lasting)
  if (index < 0) return
  if (index < steps.length - 1)
    throw wrong(input, `/steps/${index}`, 'the last step, since it goes on until the fault is removed')
  if (times !== undefined) throw wrong(input, '/times', 'absent where a step goes on until the fault is removed')
}

/** The refusal of a fault whose value at the pointer must be as expected. */
export function wrong(input: FaultInput, pointer: string, expected: string, suggestion?: string): ApiError {
  const received = valueAt(input, pointer)
  const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`
  return new ApiError(400, `${pointer.slice(1)} must be ${expected}.${hint}`, [
    {
      pointer: `/body${pointer}`,
      expected,
      ...(received !== undefined && { received }),
      ...(suggestion !== undefined && { suggestion }),
    },
  ])
}
