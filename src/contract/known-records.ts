import { isDeepStrictEqual } from 'node:util'
import type { Pet, User } from '../openapi/model.ts'
import { inventory } from './checks/inventory.ts'
import { isolation } from './checks/isolation.ts'
import { findLoss } from './compare.ts'
import type { Interaction } from './interaction.ts'
import { isSuccess, statusOf } from './interaction.ts'
import type { Run } from './run.ts'
import { isObject, show } from './schema-judge.ts'

export const STATUSES = ['available', 'pending', 'sold'] as const
export const ALL_STATUSES = STATUSES.join(',')

export type KnownPet = Pet & { readonly id: number }

/** What a run has come to know of the server's records, shared by its scenarios. */
export interface KnownRecords {
  /** The pets as last listed, by id. */
  pets: ReadonlyMap<number, KnownPet>
  /** The pet that writes are tried on, and one that must not change with it. */
  subject?: KnownPet
  bystander?: KnownPet
  /** A user and an order of this run that nothing is done to any more: writes of other kinds must leave them alone. */
  keptUser?: User & { readonly username: string }
  keptOrder?: { readonly orderId: string; readonly name: string }
}

/** The records of a list that can be told apart. */
export function petsIn(value: unknown): KnownPet[] {
  return Array.isArray(value) ? value.filter((item) => isObject(item) && Number.isSafeInteger(item.id)) : []
}

/** Lists the pets of the statuses. */
export const listPets = (run: Run, statuses: string, about: string): Promise<Interaction> =>
  run.send('findPetsByStatus', { query: `status=${statuses}`, accept: 'application/json', about })

/**
 * Lists all pets again and holds the list against what is known: but for one pet, nothing may have changed. Where
 * `shown` is given it is that pet as its own path shows it, undefined where it is gone.
 */
export async function checkOthers(
  run: Run,
  known: KnownRecords,
  id: number,
  cause: string,
): Promise<KnownPet | undefined> {
  const interaction = await listPets(run, ALL_STATUSES, `listing after ${cause}`)
  if (!isSuccess(interaction) || !Array.isArray(interaction.value)) return undefined
  const now = new Map(petsIn(interaction.value).map((pet) => [pet.id, pet]))
  const ids = new Set([...known.pets.keys(), ...now.keys()])
  ids.delete(id)
  const changed = [...ids].find((other) => !isDeepStrictEqual(known.pets.get(other), now.get(other)))
  run.check(isolation, interaction, changed === undefined, () => ({
    place: 'other pets',
    expected: `${show(known.pets.get(changed ?? 0))} after ${cause}, as before`,
    actual: show(now.get(changed ?? 0)),
    ...(cause === 'reading' && { cause: interaction }),
  }))
  known.pets = now
  return now.get(id)
}

/** Reads the user and the order that were kept; a write of another kind must have left them alone. */
export async function checkKept(run: Run, { keptUser, keptOrder }: KnownRecords, cause: string): Promise<void> {
  if (keptUser) await checkKeptRecord(run, 'getUserByName', { username: keptUser.username }, keptUser, cause)
  if (keptOrder) {
    const { orderId, name } = keptOrder
    await checkKeptRecord(run, 'getOrderById', { orderId }, { name }, cause)
  }
}

async function checkKeptRecord(
  run: Run,
  operationId: string,
  path: Readonly<Record<string, string>>,
  record: object,
  cause: string,
): Promise<void> {
  const { password, ...expected } = { password: undefined, ...record }
  const about = `a record of another kind after ${cause}`
  const read = await run.send(operationId, { path, accept: 'application/json', expect: 'any', about })
  const loss = isSuccess(read) ? findLoss(expected, read.value) : undefined
  run.check(isolation, read, isSuccess(read) && loss === undefined, () => ({
    place: `${operationId} of another record`,
    expected: `${loss ? `${loss.at}: ${loss.expected}` : 'the record'} as before ${cause}`,
    actual: loss?.actual ?? String(statusOf(read)),
  }))
}

/** Holds the inventory against the lists. A status that it does not name counts as none. */
export async function checkInventory(run: Run, known: KnownRecords, cause: string): Promise<void> {
  const interaction = await run.send('getInventory', { accept: 'application/json', about: `counting after ${cause}` })
  const { value } = interaction
  if (!isSuccess(interaction) || !isObject(value)) return
  const counts = STATUSES.map((status) => [status, countOf(known, status)] as const)
  const wrong = counts.find(([status, count]) => (value[status] ?? 0) !== count)
  run.check(inventory, interaction, wrong === undefined, () => ({
    place: `quantity of ${wrong?.[0]}`,
    expected: `${wrong?.[1]} ${wrong?.[0]}, as the list has after ${cause}`,
    actual: show(value[wrong?.[0] ?? '']),
  }))
}

const countOf = ({ pets }: KnownRecords, wanted: string) =>
  [...pets.values()].filter(({ status }) => status === wanted).length
