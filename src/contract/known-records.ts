import type { User } from '../openapi/model.ts'
import { causedBy } from './checks/check.ts'
import { inventory } from './checks/inventory.ts'
import { isolation } from './checks/isolation.ts'
import { type Interaction, isSuccess } from './interaction.ts'
import { isObject } from './json-value.ts'
import { ALL_STATUSES, type KnownPet, petsIn } from './listed-pets.ts'
import type { Run } from './run.ts'

export { ALL_STATUSES, type KnownPet, petsIn, STATUSES } from './listed-pets.ts'

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
  const seen = isolation.otherPets(known.pets, now, id, cause)
  run.check(isolation, interaction, causedBy(seen, cause === 'reading' ? interaction : undefined))
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
  run.check(isolation, read, isolation.otherRecord(operationId, expected, read, cause))
}

/** Holds the inventory against the lists. A status that it does not name counts as none. */
export async function checkInventory(run: Run, known: KnownRecords, cause: string): Promise<void> {
  const interaction = await run.send('getInventory', { accept: 'application/json', about: `counting after ${cause}` })
  const { value } = interaction
  if (!isSuccess(interaction) || !isObject(value)) return
  run.check(inventory, interaction, inventory.counts(value, known.pets, cause))
}
