import type { ApiDocument } from '../../openapi/document.ts'
import type { Order, StoredDomain, StoredPet, StoredUser } from '../../openapi/model.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { Schema } from '../../openapi/schema.ts'
import type { SeedData, Source } from '../store/seed-data.ts'
import { createMaker } from './adapt-reply.ts'

/** Fits the records of the seed data to the schemas of another document. Values that still conform stay the same. */
export function adaptSeedData(seedData: SeedData, document: ApiDocument, own: ApiDocument, seed: number): SeedData {
  const make = createMaker(document, seed)
  const fitting =
    <T extends object>(name: string, key: string) =>
    (record: T): T => {
      const [next, known] = [document.schemas[name], own.schemas[name]]
      return next && known ? (fitRecord(record, key, next, known, make) as T) : record
    }
  const { pets, users, domains, orders, counters } = seedData
  const fittedPets = fitted(pets, fitting<StoredPet>('Pet', 'id'))
  return {
    pets: {
      ...fittedPets,
      status: (id) => fittedPets.make(id).status,
      tags: (id) => tagsOf(fittedPets.make(id)),
    },
    users: fitted(users, fitting<StoredUser>('User', 'username')),
    domains: fitted(domains, fitting<StoredDomain>('Domain', 'id')),
    orders: fitted(orders, fitting<Order>('Domain', 'id')),
    counters,
  }
}

const fitted = <K, T>({ keys, make }: Source<K, T>, adapt: (record: T) => T): Source<K, T> => ({
  keys,
  make: (key) => adapt(make(key)),
})

const tagsOf = ({ tags }: StoredPet): string[] =>
  Array.isArray(tags) ? tags.flatMap((tag) => (typeof tag?.name === 'string' ? tag.name : [])) : []

/** Drops what the schema does not name, replaces what breaks it, and gives a value to each property that is new in it. */
function fitRecord(
  record: object,
  key: string,
  next: Schema,
  known: Schema,
  make: ReturnType<typeof createMaker>,
): object {
  const identity = `${next.pointer}/${plainText(Reflect.get(record, key))}`
  const entries = Object.entries(next.properties).flatMap(([name, schema]) => {
    const value: unknown = Reflect.get(record, name)
    const isNew = !Object.hasOwn(known.properties, name) || next.required.includes(name)
    if (value === undefined) return isNew ? [[name, make(schema, `${identity}/${name}`)] as const] : []
    return [[name, name === key || isOf(schema, value) ? value : make(schema, `${identity}/${name}`)] as const]
  })
  return { ...Object.fromEntries(entries), [key]: Reflect.get(record, key) }
}

/** True if the value has the type of the schema, and is one of its texts. */
function isOf({ type, enum: texts }: Schema, value: unknown): boolean {
  if (texts) return typeof value === 'string' && texts.includes(value)
  if (type === undefined) return true
  if (type === 'array') return Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type && !Array.isArray(value)
}
