import type { Violation } from '../../openapi/api-error.ts'
import { describe } from '../../openapi/describe.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { pointerTo, valueAt } from '../../openapi/json-pointer.ts'
import { nearest } from '../../openapi/nearest.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { RequestValues } from '../../openapi/validators/validator.ts'
import { isFull } from '../../openapi/violation-limit.ts'

/** The value that is expected, in words, and the nearest valid one. */
type Wanted = Pick<Violation, 'expected' | 'suggestion'>

/** Gives nothing for a valid value, and for one of a type that its schema refuses. */
type Rule = (value: unknown, document: ApiDocument) => Wanted | undefined

/** Paths of their own: no user of such a name could ever be read. */
const RESERVED: readonly unknown[] = ['login', 'logout', 'createWithList']

const filled =
  (what: string): Rule =>
  (value) =>
    value === undefined || (typeof value === 'string' && value.trim() === '')
      ? { expected: `a ${what} that is not blank` }
      : undefined

const username = filled('username')

const newUsername: Rule = (value, document) =>
  RESERVED.includes(value) ? { expected: `a username other than ${RESERVED.join(', ')}` } : username(value, document)

/** A pet cannot be replaced without saying which. */
const petId: Rule = (value) =>
  Number.isSafeInteger(value) && Number(value) >= 0
    ? undefined
    : { expected: 'the id of a pet, an integer of 0 or more' }

/** A missing id is generated. */
const orderId: Rule = (value) =>
  typeof value !== 'string' || (/^[1-9][0-9]*$/.test(value) && Number.isSafeInteger(Number(value)))
    ? undefined
    : { expected: `a decimal integer from 1 to ${Number.MAX_SAFE_INTEGER}, or no id at all` }

/** The form's status has no enum of its own; the pet's holds. */
const petStatus: Rule = (value, { schemas }) => {
  const schema = schemas.Pet?.properties.status
  if (!schema?.enum || typeof value !== 'string' || schema.enum.includes(value)) return undefined
  const suggestion = nearest(value, schema.enum)
  return { expected: describe(schema), ...(suggestion !== undefined && { suggestion }) }
}

/** The property of a rule, and the place of the object that has it: at a pointer, or in a list there. */
interface Row {
  readonly at: string
  readonly inList?: true
  readonly name: string
  readonly rule: Rule
}

const USERNAME: Row = { at: '/path', name: 'username', rule: username }

/** Rules of the reference beyond the schemas, by operation. */
const RULES: Readonly<Record<string, readonly Row[]>> = {
  addDomain: [{ at: '/body', name: 'name', rule: filled('name') }],
  updatePet: [{ at: '/body', name: 'id', rule: petId }],
  updatePetWithForm: [{ at: '/body', name: 'status', rule: petStatus }],
  placeOrder: [{ at: '/body', name: 'id', rule: orderId }],
  createUser: [{ at: '/body', name: 'username', rule: newUsername }],
  createUsersWithListInput: [{ at: '/body', inList: true, name: 'username', rule: newUsername }],
  loginUser: [
    { at: '/query', name: 'username', rule: username },
    { at: '/query', name: 'password', rule: filled('password') },
  ],
  getUserByName: [USERNAME],
  updateUser: [USERNAME],
  deleteUser: [USERNAME],
}

const NONE: readonly Row[] = []

/** Checks a decoded request by the rules of its operation. */
export function checkRules(document: ApiDocument, { id }: Operation, values: RequestValues): Violation[] {
  const violations: Violation[] = []
  for (const { name, rule, ...where } of RULES[id] ?? NONE)
    for (const [at, holder] of holdersOf(where, values)) {
      if (isFull(violations)) return violations
      const received = valueAt(holder, pointerTo('', name))
      const wanted = rule(received, document)
      if (wanted)
        violations.push({ pointer: pointerTo(at, name), ...wanted, ...(received !== undefined && { received }) })
    }
  return violations
}

/** The objects that should have the property. A value that is no object is refused by its schema. */
function* holdersOf({ at, inList }: Pick<Row, 'at' | 'inList'>, values: RequestValues): Iterable<[string, object]> {
  const value = valueAt(values, at)
  if (!inList && isObject(value)) yield [at, value]
  if (!inList || !Array.isArray(value)) return
  for (const [index, item] of value.entries()) if (isObject(item)) yield [pointerTo(at, index), item]
}

const isObject = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
