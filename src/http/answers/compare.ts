import { isDeepStrictEqual } from 'node:util'
import { isObject } from '../../openapi/json-object.ts'
import { pointerTo } from '../../openapi/json-pointer.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { Schema } from '../../openapi/schema.ts'
import { showBoth, writeJson } from '../json-value.ts'

/** The first place where two values differ. */
export interface Difference {
  readonly at: string
  readonly expected: string
  readonly actual: string
}

/** Compares one part of a record that was sent with the same part as shown. True if the server may show it so. */
export type Tolerance = (at: string, sent: unknown, shown: unknown) => boolean

const NONE: Tolerance = () => false

/**
 * Finds the first part of `expected` that `actual` lacks. More properties and absent empty lists are fine, and so is a part that
 * the tolerance takes. The tolerance is asked about each part that is no list and no object, equal ones too.
 */
export function findLoss(
  expected: unknown,
  actual: unknown,
  tolerates: Tolerance = NONE,
  at = '',
): Difference | undefined {
  if (isObject(expected) && isObject(actual)) {
    return firstOf(Object.keys(expected), (name) =>
      findLoss(expected[name], actual[name], tolerates, pointerTo(at, name)),
    )
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return firstOf([...expected.keys()], (index) =>
      findLoss(expected[index], actual[index], tolerates, pointerTo(at, index)),
    )
  }
  if (expected === undefined || tolerates(at, expected, actual)) return undefined
  const isAbsentList = Array.isArray(expected) && expected.length === 0 && actual === undefined
  return isSame(expected, actual) || isAbsentList ? undefined : differing(at, expected, actual)
}

/** Finds the first place where two values differ at all. Lists of records are sets: the document gives them no order. */
export function findDifference(expected: unknown, actual: unknown): Difference | undefined {
  const [one, other] = [inOrder(expected), inOrder(actual)]
  return findLoss(one, other) ?? reversed(findLoss(other, one))
}

/** Finds the first place where two views of one record contradict each other. A part that only one has is fine. */
export function findConflict(one: unknown, other: unknown, at = ''): Difference | undefined {
  if (isObject(one) && isObject(other)) {
    const common = Object.keys(one).filter((name) => Object.hasOwn(other, name))
    return firstOf(common, (name) => findConflict(one[name], other[name], pointerTo(at, name)))
  }
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return firstOf([...one.keys()], (index) => findConflict(one[index], other[index], pointerTo(at, index)))
  }
  return isSame(one, other) ? undefined : differing(at, one, other)
}

/** A list of records by id, or by all that they hold if they show none; any other value as it is. */
export function inOrder(value: unknown): unknown {
  if (!Array.isArray(value) || !value.every(isObject)) return value
  const keyed = value.map((record) => ({ record, key: keyOf(record) }))
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ record }) => record)
}

/** Long lists must not be written out to be put in order. */
const keyOf = (record: Readonly<Record<string, unknown>>) =>
  record.id === undefined ? textOf(record) : plainText(record.id).padStart(20)

/** The text of a record, whatever the order of its properties. */
const textOf = (record: Readonly<Record<string, unknown>>) => writeJson(Object.entries(record).toSorted(byName))

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1)

function differing(at: string, one: unknown, other: unknown): Difference {
  const [expected, actual] = showBoth(one, other)
  return { at, expected, actual }
}

const isSame = (one: unknown, other: unknown) => isDeepStrictEqual(one, other)

const reversed = (difference: Difference | undefined) =>
  difference && { at: difference.at, expected: difference.actual, actual: difference.expected }

function firstOf<T>(items: readonly T[], find: (item: T) => Difference | undefined): Difference | undefined {
  let first: Difference | undefined
  for (const item of items) first ??= find(item)
  return first
}

/** Finds a property of the schema that was there before, was not sent, and is still the same. An id may stay. */
export function findKept(
  before: unknown,
  sent: unknown,
  after: unknown,
  schema: Schema | undefined,
): string | undefined {
  if (!isObject(before) || !isObject(sent) || !isObject(after)) return undefined
  return Object.keys(schema?.properties ?? {}).find(
    (name) =>
      name !== 'id' &&
      Object.hasOwn(before, name) &&
      !Object.hasOwn(sent, name) &&
      Object.hasOwn(after, name) &&
      isSame(before[name], after[name]) &&
      isTelling(before[name]),
  )
}

/** False for values that a server might give by default. */
const isTelling = (value: unknown) =>
  value !== null && value !== '' && value !== 0 && value !== false && !(Array.isArray(value) && value.length === 0)
