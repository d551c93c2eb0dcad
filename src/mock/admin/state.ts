import { ApiError, type Violation } from '../../openapi/api-error.ts'
import { done, ok } from '../reply.ts'
import type { PackName } from '../store/pack.ts'
import type { State } from '../store/state.ts'
import type { ControlHandler } from './context.ts'

type CollectionName = Exclude<keyof State, 'counters'>

/** Puts the session back to its fixtures, or to those of another pack. */
export const reset: ControlHandler = ({ body }, { session }) => {
  session.reset((body as { pack?: PackName } | undefined)?.pack)
  return done()
}

/** Gives all that the session remembers. */
export const getState: ControlHandler = (_input, { session }) => ok(session.store.export())

/** Gives one collection. */
export const getCollection: ControlHandler = ({ path }, { session }) =>
  ok(session.store.export()[path.collection as CollectionName])

/** Replaces the collections that are given, all or none. */
export const putState: ControlHandler = ({ body }, { session }) => {
  const state = body as Partial<State>
  const violations = judgeKeys(state)
  if (violations.length > 0)
    throw new ApiError(400, `${violations[0]?.pointer} must be ${violations[0]?.expected}.`, violations)
  session.replaceStore(session.store.with(state))
  return done()
}

/** Replaces one collection, whole or not at all. */
export const putCollection: ControlHandler = async ({ path: { collection = '' }, body }, { session }) => {
  try {
    await session.putState({ [collection]: body })
    return done()
  } catch (error) {
    throw error instanceof ApiError ? withinBody(error, collection) : error
  }
}

/** The collection is the whole body here, not a part of it. */
function withinBody({ status, violations }: ApiError, collection: string): ApiError {
  const inside = `/body/${collection}`
  const moved = violations.map((violation) => ({
    ...violation,
    pointer: violation.pointer.replace(inside, '/body'),
  }))
  return new ApiError(status, `${moved[0]?.pointer} must be ${moved[0]?.expected}.`, moved)
}

/** Moves a domain to validated and active: the transition that the API mentions and cannot make. */
export const validateDomain: ControlHandler = ({ path: { id = '' } }, { session }) => ok(session.validateDomain(id))

interface KeyRule {
  readonly property: string
  readonly expected: string
  readonly isKey: (value: unknown) => boolean
}

/** What a record is kept under. The schemas leave it out; a store cannot. */
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
    isKey: (id) => /^[1-9]\d{0,15}$/.test(String(id)) && Number.isSafeInteger(Number(id)),
  },
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

/** Every record has a key of its own. */
export function judgeKeys(state: Partial<State>): Violation[] {
  return Object.entries(KEYS).flatMap(([name, rule]) => {
    const seen = new Set<unknown>()
    return (state[name as CollectionName] ?? []).flatMap((record, index) => {
      const key: unknown = Reflect.get(record, rule.property)
      const pointer = `/body/${name}/${index}/${rule.property}`
      const expected = rule.isKey(key) ? `unique among ${name}` : rule.expected
      if (rule.isKey(key) && !seen.has(key)) {
        seen.add(key)
        return []
      }
      return [{ pointer, expected, ...(key !== undefined && { received: key }) }]
    })
  })
}
