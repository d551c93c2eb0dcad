import { createSeedData } from '../fixtures/index.ts'
import { PREPARED_SEED, type PreparedFixtures } from '../fixtures/prepared.ts'
import type { Source } from '../src/mock/store/seed-data.ts'

/** How many pets a mock starts with, unless it is told otherwise. */
const PETS = 10

/** The records that a mock starts with unless it is told otherwise, as JSON: see `fixtures/prepared.ts`. */
export function prepareFixtures(): string {
  const { pets, users, domains, orders } = createSeedData({ seed: PREPARED_SEED, pets: PETS })
  const prepared: PreparedFixtures = {
    pets: byKey(pets),
    users: byKey(users),
    domains: byKey(domains),
    orders: byKey(orders),
  }
  return JSON.stringify(prepared)
}

const byKey = <K extends string | number, T>({ keys, make }: Source<K, T>) =>
  Object.fromEntries([...keys].map((key) => [key, make(key)])) as Record<K, T>
