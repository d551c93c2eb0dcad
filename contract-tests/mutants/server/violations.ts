import { check, isRecord } from './check.ts'
import type { Handling, Violation } from './handling.ts'
import type { Operation } from './operations.ts'
import { itemsOf } from './query.ts'
import { PET_STATUSES } from './schemas.ts'

/** Lists what the decoded request breaks; none means that it may be handled. */
export const findViolations = ({ input }: Handling, operation: Operation): Violation[] => [
  ...checkParameter(input.parameter, operation.parameter),
  ...Object.entries(operation.query ?? {}).flatMap(([name, kind]) => checkQuery(name, kind, input.query.get(name))),
  ...checkBody(input.body, operation),
]

function checkParameter(value: string, kind: Operation['parameter']): Violation[] {
  const lowest = { id: 0, orderId: 1 }
  const isValid =
    kind === undefined ||
    (kind === 'username'
      ? value.trim() !== ''
      : /^(0|[1-9][0-9]*)$/.test(value) && Number.isSafeInteger(Number(value)) && Number(value) >= lowest[kind])
  return isValid ? [] : [{ place: 'path', pointer: '', expected: 'a valid value' }]
}

function checkQuery(
  name: string,
  kind: 'text' | 'tags' | 'statuses',
  values: readonly string[] | undefined,
): Violation[] {
  const isValid = kind === 'text' ? values?.length === 1 : itemsOf(values).length > 0
  const isKnown = kind !== 'statuses' || itemsOf(values).every((item) => PET_STATUSES.some((status) => status === item))
  return isValid && isKnown ? [] : [{ place: 'query', pointer: `/${name}`, expected: 'a valid value' }]
}

function checkBody(value: unknown, { id, body }: Operation): Violation[] {
  if (body === undefined || (value === undefined && !body.required)) return []
  const breaches = check(value, body.schema)
  const isIdBad = id === 'updatePet' && isRecord(value) && !hasPetId(value)
  return [...breaches, ...(isIdBad ? [{ pointer: '/id', expected: 'the id of a pet' }] : [])].map((breach) => ({
    place: 'body',
    ...breach,
  }))
}

const hasPetId = ({ id }: Readonly<Record<string, unknown>>) => Number.isSafeInteger(id) && Number(id) >= 0

/** The status that refuses: the one documented for that place, and 400 for a pet's id in the body. */
export function refusalStatus(violations: readonly Violation[], { id, refuses }: Operation): number {
  const [first] = violations
  if (first === undefined || first.place !== 'body') return refuses.parameter
  return id === 'updatePet' && violations.some(({ pointer }) => pointer === '/id') ? 400 : refuses.body
}
