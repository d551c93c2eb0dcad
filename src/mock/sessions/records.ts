import { ApiError } from '../../openapi/api-error.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { StateInput } from '../admin/accept-state.ts'
import { refusalOf } from '../admin/accept-state.ts'
import { issueDomain } from '../operations/domains.ts'
import type { HandlerContext } from '../operations/handler.ts'
import { nextOrderNumber } from '../operations/store.ts'
import type { Collection } from '../store/collection.ts'
import { nearestKey } from '../store/nearest-key.ts'
import type { CollectionName, State } from '../store/state.ts'

/** Changes of single records, which are validated as a whole state is. Rejects with an ApiError, with pointers, otherwise. */
export interface RecordChanges {
  /** Adds a record, under its own key or the next free one; resolves with the record as it is stored. */
  addRecord(collection: CollectionName, record: object): Promise<object>
  /** Puts a record in place of the one of this key, or adds it; resolves with the record as it is stored. */
  putRecord(collection: CollectionName, key: string, record: object): Promise<object>
  /** Deletes a record. Throws an ApiError (404) if there is none of this key. */
  deleteRecord(collection: CollectionName, key: string): void
}

/** The parts of a session that its records are changed by. */
export interface RecordSources {
  readonly context: () => HandlerContext
  readonly accept: (state: StateInput) => Promise<Partial<State>>
  /** Is called after each change. */
  readonly changed: () => void
}

type AnyRecord = Readonly<Record<string, unknown>>
type AnyCollection = Collection<string | number, object>

export function recordChanges({ context, accept, changed }: RecordSources): RecordChanges {
  const collectionOf = (name: CollectionName): AnyCollection => context().store[name]
  const valid = async (name: CollectionName, record: object): Promise<AnyRecord> => {
    try {
      const [accepted] = (await accept({ [name]: [record] }))[name] ?? []
      return { ...accepted }
    } catch (error) {
      throw error instanceof ApiError ? within(error, `/body/${name}/0`) : error
    }
  }
  const store = (name: CollectionName, record: AnyRecord): object => {
    collectionOf(name).put(record)
    changed()
    return record
  }
  return {
    addRecord: async (name, record) => {
      const isKeyed = Reflect.get(record, KEY_NAMES[name]) !== undefined
      const trial = { ...context(), store: context().store.fork() }
      const accepted = await valid(name, isKeyed ? record : { ...record, ...newKey(name, trial) })
      const keyed = isKeyed ? accepted : { ...accepted, ...newKey(name, context()) }
      if (collectionOf(name).has(keyIn(name, keyed))) throw taken(name, keyed[KEY_NAMES[name]])
      return store(name, keyed)
    },
    putRecord: async (name, key, record) => {
      const given: unknown = Reflect.get(record, KEY_NAMES[name])
      if (given !== undefined && plainText(given) !== key) throw otherKey(name, key, given)
      return store(name, await valid(name, { ...record, [KEY_NAMES[name]]: keyOf(name, key) }))
    },
    deleteRecord: (name, key) => {
      const records = collectionOf(name)
      if (!records.delete(name === 'pets' || name === 'orders' ? numberOf(key) : key))
        throw unknownKey(name, key, records)
      changed()
    },
  }
}

/** The record of a key. Throws an ApiError (404) if there is none. */
export function readRecord({ store }: Pick<HandlerContext, 'store'>, name: CollectionName, key: string): object {
  const records: AnyCollection = store[name]
  const record = records.get(name === 'pets' || name === 'orders' ? numberOf(key) : key)
  if (record === undefined) throw unknownKey(name, key, records)
  return record
}

/** The key as a record has it. What is no number stays as it is, and is refused as such. */
const keyOf = (name: CollectionName, key: string) => (name === 'pets' && numberOf(key) !== NO_KEY ? numberOf(key) : key)

/** The property that a record is stored under. */
const KEY_NAMES: { readonly [Name in CollectionName]: string } = {
  pets: 'id',
  users: 'username',
  domains: 'id',
  orders: 'id',
}

const NO_KEY = -1

/** The number that the text is in canonical decimal; NO_KEY, which no record has, for any other text. */
const numberOf = (key: string) =>
  /^(0|[1-9]\d{0,15})$/.test(key) && Number.isSafeInteger(Number(key)) ? Number(key) : NO_KEY

const keyIn = (name: CollectionName, record: AnyRecord): string | number => {
  const key = record[KEY_NAMES[name]]
  return name === 'pets' || name === 'orders' ? Number(key) : plainText(key)
}

/** A key that no record has, and what else a server would give. */
function newKey(name: CollectionName, context: HandlerContext): AnyRecord {
  const { store, ids } = context
  const above = ids.above ?? 0
  if (name === 'domains') return issueDomain(context, 400)
  if (name === 'orders') return { id: String(nextOrderNumber(store)) }
  if (name === 'pets') return { id: firstFree(above + store.pets.size + 1, (id) => store.pets.has(id)) }
  return { username: `user${firstFree(above + store.users.size + 1, (number) => store.users.has(`user${number}`))}` }
}

function firstFree(from: number, isTaken: (number: number) => boolean): number {
  let number = from
  while (isTaken(number)) number += 1
  return number
}

/** The record is the whole body here, not a part of it. */
function within({ status, violations }: ApiError, inside: string): ApiError {
  const moved = violations.map((violation) => ({ ...violation, pointer: violation.pointer.replace(inside, '/body') }))
  return refusalOf(status, moved)
}

const taken = (name: CollectionName, key: unknown) =>
  refusalOf(400, [
    { pointer: `/body/${KEY_NAMES[name]}`, expected: 'one that no record has; PUT replaces a record', received: key },
  ])

const otherKey = (name: CollectionName, key: string, received: unknown) =>
  refusalOf(400, [{ pointer: `/body/${KEY_NAMES[name]}`, expected: `${key}, as in the path, or absent`, received }])

function unknownKey(name: CollectionName, key: string, records: AnyCollection): ApiError {
  const suggestion = name === 'pets' || name === 'orders' ? undefined : nearestKey(key, records)
  const hint = suggestion === undefined ? `GET /__admin/state/${name} lists them.` : `Did you mean ${suggestion}?`
  return new ApiError(404, `There is no record ${key} in ${name}. ${hint}`, [
    {
      pointer: '/path/key',
      expected: `the ${KEY_NAMES[name]} of a record that is stored`,
      received: key,
      ...(suggestion !== undefined && { suggestion }),
    },
  ])
}
