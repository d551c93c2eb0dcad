import type { Violation } from '../../openapi/api-error.ts'
import { plainText } from '../../openapi/plain-text.ts'
import { addBounded, bounded } from '../../openapi/violation-limit.ts'
import { COLLECTIONS, type CollectionName } from '../store/state.ts'

interface KeyRule {
  readonly property: string
  readonly expected: string
  readonly isKey: (value: unknown) => boolean
}

/** The property that each record is stored under. The schemas make it optional; a store cannot. */
const KEYS: { readonly [Name in CollectionName]: KeyRule } = {
  pets: {
    property: 'id',
    expected: 'an integer of 0 or more',
    isKey: (id) => Number.isSafeInteger(id) && Number(id) >= 0,
  },
  users: { property: 'username', expected: 'a username that is not blank', isKey: isFilled },
  domains: { property: 'id', expected: 'an id that is not blank', isKey: isFilled },
  orders: {
    property: 'id',
    expected: 'a decimal integer of 1 or more',
    isKey: (id) => /^[1-9]\d{0,15}$/.test(plainText(id)) && Number.isSafeInteger(Number(id)),
  },
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

/** The records without a key, or with one that another record of their collection has. Pointers start with `/body`. */
export function keyViolations(
  state: {
    readonly [Name in CollectionName]?: readonly object[]
  },
): readonly Violation[] {
  return bounded(COLLECTIONS.flatMap((name) => keyViolationsOf(name, state[name] ?? [])))
}

function keyViolationsOf(name: CollectionName, records: readonly object[]): Violation[] {
  const { property, isKey, expected } = KEYS[name]
  const seen = new Set<unknown>()
  const violations: Violation[] = []
  for (const [index, record] of records.entries()) {
    const key: unknown = Reflect.get(record, property)
    const isFree = isKey(key) && !seen.has(key)
    seen.add(key)
    if (isFree) continue
    const pointer = `/body/${name}/${index}/${property}`
    const wanted = isKey(key) ? `unique among ${name}` : expected
    addBounded(violations, { pointer, expected: wanted, ...(key !== undefined && { received: key }) })
  }
  return violations
}
