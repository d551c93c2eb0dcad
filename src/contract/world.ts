import { isDeepStrictEqual } from 'node:util'
import type { Pet } from '../model.ts'
import type { Exchange } from './exchange.ts'
import { isSuccess } from './exchange.ts'
import { isObject, show } from './schema-judge.ts'
import type { Session } from './session.ts'

export const STATUSES = ['available', 'pending', 'sold'] as const
export const ALL_STATUSES = STATUSES.join(',')

export type KnownPet = Pet & { readonly id: number }

/** What a run has come to know of the server's records, shared by its scenarios. */
export interface World {
  /** The pets as last listed, by id. */
  pets: ReadonlyMap<number, KnownPet>
  /** The pet that writes are tried on, and one that must not change with it. */
  subject?: KnownPet
  bystander?: KnownPet
}

/** The records of a list that can be told apart. */
export function petsIn(value: unknown): KnownPet[] {
  return Array.isArray(value) ? value.filter((item) => isObject(item) && Number.isSafeInteger(item.id)) : []
}

/** Lists the pets of the statuses. */
export const listPets = (session: Session, statuses: string, about: string): Promise<Exchange> =>
  session.send('findPetsByStatus', { query: `status=${statuses}`, accept: 'application/json', about })

/**
 * Lists all pets again and holds the list against what is known: but for one pet, nothing may have changed. Where
 * `shown` is given it is that pet as its own path shows it, undefined where it is gone.
 */
export async function checkOthers(
  session: Session,
  world: World,
  id: number,
  cause: string,
): Promise<KnownPet | undefined> {
  const exchange = await listPets(session, ALL_STATUSES, `listing after ${cause}`)
  if (!isSuccess(exchange) || !Array.isArray(exchange.value)) return undefined
  const now = new Map(petsIn(exchange.value).map((pet) => [pet.id, pet]))
  const ids = new Set([...world.pets.keys(), ...now.keys()])
  ids.delete(id)
  const changed = [...ids].find((other) => !isDeepStrictEqual(world.pets.get(other), now.get(other)))
  session.check('isolation', exchange, changed === undefined, () => ({
    place: `other pets after ${cause}`,
    expected: show(world.pets.get(changed ?? 0)),
    actual: show(now.get(changed ?? 0)),
    ...(cause === 'reading' && { cause: exchange }),
  }))
  world.pets = now
  return now.get(id)
}

/** Holds the inventory against the lists. A status that it does not name counts as none. */
export async function checkInventory(session: Session, world: World, cause: string): Promise<void> {
  const exchange = await session.send('getInventory', { accept: 'application/json', about: `counting after ${cause}` })
  const { value } = exchange
  if (!isSuccess(exchange) || !isObject(value)) return
  const counts = STATUSES.map((status) => [status, countOf(world, status)] as const)
  const wrong = counts.find(([status, count]) => (value[status] ?? 0) !== count)
  session.check('inventory', exchange, wrong === undefined, () => ({
    place: `inventory after ${cause}`,
    expected: `${wrong?.[1]} ${wrong?.[0]}, as the list has`,
    actual: show(value[wrong?.[0] ?? '']),
  }))
}

const countOf = ({ pets }: World, wanted: string) => [...pets.values()].filter(({ status }) => status === wanted).length
