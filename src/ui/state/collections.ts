import type { Collection } from '../control/types.ts'

export const COLLECTIONS: readonly Collection[] = ['pets', 'users', 'domains', 'orders']

export const isCollection = (name: string | undefined): name is Collection => COLLECTIONS.some((one) => one === name)

/** One record of a collection, in words. */
export const ONE: Readonly<Record<Collection, string>> = {
  pets: 'pet',
  users: 'user',
  domains: 'domain',
  orders: 'order',
}

/** The schema of the records in the API's document. An order is stored as a domain. */
export const SCHEMA: Readonly<Record<Collection, string>> = {
  pets: 'Pet',
  users: 'User',
  domains: 'Domain',
  orders: 'Domain',
}

/** The member that is the key of a record. */
export const KEY: Readonly<Record<Collection, string>> = { pets: 'id', users: 'username', domains: 'id', orders: 'id' }
