import { isDeepStrictEqual } from 'node:util'
import { pointerTo } from '../openapi/json-pointer.ts'
import type { Schema } from '../openapi/schema.ts'
import { isObject, show } from './json-value.ts'

/** The first place where two values differ. */
export interface Difference {
  readonly at: string
  readonly expected: string
  readonly actual: string
}

/** Finds the first part of `expected` that `actual` lacks. More properties and absent empty lists are fine. */
export function findLoss(expected: unknown, actual: unknown, at = ''): Difference | undefined {
  if (isObject(expected) && isObject(actual)) {
    return firstOf(Object.keys(expected), (name) => findLoss(expected[name], actual[name], pointerTo(at, name)))
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return firstOf([...expected.keys()], (index) => findLoss(expected[index], actual[index], pointerTo(at, index)))
  }
  const isAbsentList = Array.isArray(expected) && expected.length === 0 && actual === undefined
  const isSame = expected === undefined || isDeepStrictEqual(expected, actual) || isAbsentList
  return isSame ? undefined : { at, expected: show(expected), actual: show(actual) }
}

/** Finds the first place where two values differ at all. */
export function findDifference(expected: unknown, actual: unknown): Difference | undefined {
  return findLoss(expected, actual) ?? reversed(findLoss(actual, expected))
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
  return isDeepStrictEqual(one, other) ? undefined : { at, expected: show(one), actual: show(other) }
}

const reversed = (difference: Difference | undefined) =>
  difference && { at: difference.at, expected: difference.actual, actual: difference.expected }

function firstOf<T>(items: readonly T[], find: (item: T) => Difference | undefined): Difference | undefined {
  for (const item of items) {
    const difference = find(item)
    if (difference) return difference
  }
  return undefined
}

/** Finds a property of the schema that was there before, was not sent, and is still the same. */
export function findKept(
  before: unknown,
  sent: unknown,
  after: unknown,
  schema: Schema | undefined,
): string | undefined {
  if (!isObject(before) || !isObject(sent) || !isObject(after)) return undefined
  return Object.keys(schema?.properties ?? {}).find(
    (name) =>
      Object.hasOwn(before, name) &&
      !Object.hasOwn(sent, name) &&
      Object.hasOwn(after, name) &&
      isDeepStrictEqual(before[name], after[name]) &&
      isTelling(before[name]),
  )
}

/** False for values that a server might give by default. */
const isTelling = (value: unknown) =>
  value !== null && value !== '' && value !== 0 && value !== false && !(Array.isArray(value) && value.length === 0)
