import type { Violation } from '../../openapi/api-error.ts'
import { describe } from '../../openapi/describe.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { isObject } from '../../openapi/json-object.ts'
import { pointerTo } from '../../openapi/json-pointer.ts'
import { nearest } from '../../openapi/nearest.ts'
import type { Operation } from '../../openapi/operation.ts'
import { ownProperty } from '../../openapi/own-property.ts'
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

/** The property of a rule, and the part of the request that has it: itself, or each item of a list there. */
interface Row {
  readonly in: 'path' | 'query' | 'body'
  readonly inList?: true
  readonly name: string
  readonly rule: Rule
}

const USERNAME: Row = { in: 'path', name: 'username', rule: username }

/** Rules of the reference beyond the schemas, by operation. */
const RULES: Readonly<Record<string, readonly Row[]>> = {
  addDomain: [{ in: 'body', name: 'name', rule: filled('name') }],
  updatePet: [{ in: 'body', name: 'id', rule: petId }],
  updatePetWithForm: [{ in: 'body', name: 'status', rule: petStatus }],
  placeOrder: [{ in: 'body', name: 'id', rule: orderId }],
  createUser: [{ in: 'body', name: 'username', rule: newUsername }],
  createUsersWithListInput: [{ in: 'body', inList: true, name: 'username', rule: newUsername }],
  loginUser: [
    { in: 'query', name: 'username', rule: username },
    { in: 'query', name: 'password', rule: filled('password') },
  ],
  getUserByName: [USERNAME],
  updateUser: [USERNAME],
  deleteUser: [USERNAME],
}

const NONE: readonly Row[] = []

/** Checks a decoded request by the rules of its operation. */
export function checkRules(document: ApiDocument, { id }: Operation, values: RequestValues): Violation[] {
  const violations: Violation[] = []
  for (const row of RULES[id] ?? NONE)
    for (const [index, holder] of holdersOf(row, values).entries()) {
      if (isFull(violations)) return violations
      if (!isObject(holder)) continue
      const received = ownProperty(holder, row.name)
      const wanted = row.rule(received, document)
      if (wanted === undefined) continue
      const at = row.inList ? `/${row.in}/${index}` : `/${row.in}`
      violations.push({ pointer: pointerTo(at, row.name), ...wanted, ...(received !== undefined && { received }) })
    }
  return violations
}

/** The values that should be objects with the property. One that is none is refused by its schema. */
function holdersOf(row: Row, values: RequestValues): readonly unknown[] {
  const part = values[row.in]
  if (!row.inList) return [part]
  return Array.isArray(part) ? part : []
}
