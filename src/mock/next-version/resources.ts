import { ApiError } from '../../openapi/api-error.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import type { Order, StoredDomain, StoredPet, StoredUser } from '../../openapi/model.ts'
import type { Operation } from '../../openapi/operation.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { Schema } from '../../openapi/schema.ts'
import type { HandlerContext } from '../operations/handler.ts'
import type { Store } from '../store/store.ts'
import { refusalStatus } from '../validation/refusal.ts'
import { createMaker } from './adapt-reply.ts'

export type Record = Readonly<globalThis.Record<string, unknown>>

/** The records of one schema, by their key. */
export interface Records {
  readonly list: () => readonly Record[]
  /** The record; throws an ApiError (404) if there is none. */
  readonly require: (key: unknown) => Record
  /** Stores a new record under its own key or the next free one. Throws an ApiError for a key that cannot be. */
  readonly create: (operation: Operation, record: Record) => Record
  readonly put: (key: unknown, record: Record) => Record
  readonly remove: (key: unknown) => void
}

/** A kind of records that operations of another version of the document work on. */
export interface Resource {
  readonly collection: string
  readonly schema: Schema
  /** The records of a session. */
  readonly open: (context: HandlerContext) => Records
}

/** How many records of a new kind a session starts with. */
const SEEDED = 3

/** The records that the mock keeps already, or new ones. */
export function resourceFor(
  document: ApiDocument,
  collection: string,
  schema: Schema,
  parameter: string | undefined,
  seed: number,
): Resource {
  const known = knownShelf(collection, schema.name)
  if (known) return { collection, schema, open: (context) => recordsOf(collection, known(context)) }
  const property = keyProperty(schema, parameter)
  const make = createMaker(document, seed)
  const seeds = Array.from({ length: SEEDED }, (_, index) => {
    const key = keyOf(schema, property, index + 1)
    return { ...(make(schema, `${collection}/${key}`) as Record), [property]: key }
  })
  const open = ({ store }: HandlerContext) =>
    recordsOf(collection, addedShelf(store, collection, property, schema, seeds))
  return { collection, schema, open }
}

/** The property that holds a record's key: the one that the path's parameter is named for, or `id`. */
function keyProperty({ properties }: Schema, parameter = 'id'): string {
  return Object.hasOwn(properties, parameter) ? parameter : 'id'
}

const keyOf = ({ properties }: Schema, property: string, number: number): string | number =>
  ['integer', 'number'].includes(properties[property]?.type ?? '') ? number : String(number)

/** A place to keep records by key. */
interface Shelf {
  readonly values: () => Iterable<Record>
  readonly get: (key: unknown) => Record | undefined
  readonly put: (record: Record) => void
  readonly delete: (key: unknown) => void
  /** The record with the key that it is stored under; undefined for one that cannot be a key. */
  readonly withKey: (record: Record, key?: unknown) => Record | undefined
}

function recordsOf(collection: string, shelf: Shelf): Records {
  const requireRecord = (key: unknown) => {
    const record = shelf.get(key)
    if (record !== undefined) return record
    throw new ApiError(404, `There is no ${collection}/${plainText(key)}. List the records, or create one.`)
  }
  return {
    list: () => [...shelf.values()],
    require: requireRecord,
    create: (operation, record) => {
      const stored = shelf.withKey(record)
      if (stored === undefined) {
        const violations = [{ pointer: '/body', expected: 'a record with a key that can be stored', received: record }]
        throw new ApiError(
          refusalStatus(operation, violations),
          'The record has no key that can be stored.',
          violations,
        )
      }
      shelf.put(stored)
      return stored
    },
    put: (key, record) => {
      const stored = shelf.withKey(record, key) ?? record
      shelf.put(stored)
      return stored
    },
    remove: (key) => shelf.delete(key),
  }
}

/** The collections of the store, by the name of their schema; orders are Domains too. */
function knownShelf(collection: string, schema: string | undefined): ((context: HandlerContext) => Shelf) | undefined {
  if (schema === 'Pet') return petShelf
  if (schema === 'User') return userShelf
  if (schema !== 'Domain') return undefined
  return /order/i.test(collection) ? orderShelf : domainShelf
}

const isFilled = (text: unknown): text is string => typeof text === 'string' && text.trim() !== ''
const isNumber = (number: unknown): number is number => Number.isSafeInteger(number) && Number(number) >= 0

const petShelf = ({ store: { pets } }: HandlerContext): Shelf => ({
  values: () => pets.values(),
  get: (key) => (isNumber(Number(key)) ? pets.get(Number(key)) : undefined),
  put: (record) => pets.put(record as StoredPet),
  delete: (key) => pets.delete(Number(key)),
  withKey: (record, key) => {
    const id = key ?? (isNumber(record.id) ? record.id : Math.max(0, ...pets.keys()) + 1)
    return isNumber(Number(id)) ? { ...record, id: Number(id) } : undefined
  },
})

const userShelf = ({ store: { users } }: HandlerContext): Shelf => ({
  values: () => users.values(),
  get: (key) => users.get(plainText(key)),
  put: (record) => users.put(record as StoredUser),
  delete: (key) => users.delete(plainText(key)),
  withKey: (record, key) => {
    const username = key ?? record.username
    return isFilled(username) ? { ...record, username } : undefined
  },
})

const domainShelf = ({ store, ids }: HandlerContext): Shelf => ({
  values: () => store.domains.values(),
  get: (key) => store.domains.get(plainText(key)),
  put: (record) => store.domains.put(record as StoredDomain),
  delete: (key) => store.domains.delete(plainText(key)),
  withKey: (record, key) => {
    const id = key ?? (isFilled(record.id) ? record.id : ids.domain(store.nextDomainNumber()).id)
    return { ...record, id: plainText(id) }
  },
})

const orderShelf = ({ store }: HandlerContext): Shelf => ({
  values: () => store.orders.values(),
  get: (key) => (isNumber(Number(key)) ? store.orders.get(Number(key)) : undefined),
  put: (record) => store.orders.put(record as Order),
  delete: (key) => store.orders.delete(Number(key)),
  withKey: (record, key) => {
    const number = Number(plainText(key ?? record.id ?? store.nextOrderNumber()))
    return isNumber(number) && number > 0 ? { ...record, id: String(number) } : undefined
  },
})

/** New records, which a session starts with at their first use. */
function addedShelf(
  { added }: Store,
  collection: string,
  property: string,
  schema: Schema,
  seeds: readonly Record[],
): Shelf {
  const nameOf = (key: unknown) => `${collection}/${plainText(key)}`
  const put = (record: Record) => added.put({ name: nameOf(record[property]), record })
  const values = () =>
    [...added.values()].filter(({ name }) => name.startsWith(`${collection}/`)).map(({ record }) => record)
  if (!added.has(collection)) {
    added.put({ name: collection, record: {} })
    for (const record of seeds) put(record)
  }
  const nextKey = () => {
    const numbers = values()
      .map((record) => Number(plainText(record[property])))
      .filter(Number.isSafeInteger)
    return keyOf(schema, property, Math.max(0, ...numbers) + 1)
  }
  return {
    values,
    get: (key) => added.get(nameOf(key))?.record,
    put,
    delete: (key) => added.delete(nameOf(key)),
    withKey: (record, key) => {
      const own = record[property]
      const isKey = isFilled(own) || typeof own === 'number'
      return { ...record, [property]: key ?? (isKey ? own : nextKey()) }
    },
  }
}
