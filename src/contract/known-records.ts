import type { User } from '../openapi/model.ts'
import { causedBy } from './checks/check.ts'
import { inventory } from './checks/inventory.ts'
import { isolation } from './checks/isolation.ts'
import { type Interaction, isSuccess } from './interaction.ts'
import { isObject } from './json-value.ts'
import { ALL_STATUSES, type KnownPet, petsIn } from './listed-pets.ts'
import type { Run } from './run.ts'

/** The server's records as far as the run knows them; scenarios share this. */
export interface KnownRecords {
  /** The pets as last listed, by id. */
  pets: ReadonlyMap<number, KnownPet>
  /** The pet that writes are tried on, and a pet that must not change with it. */
  subject?: KnownPet
  bystander?: KnownPet
  /** A user and an order that later scenarios do not write to: they must stay as they are. */
  keptUser?: User & { readonly username: string }
  keptOrder?: { readonly orderId: string; readonly name: string }
}

/** Lists the pets of the statuses. */
export const listPets = (run: Run, statuses: string, about: string): Promise<Interaction> =>
  run.send('findPetsByStatus', { query: `status=${statuses}`, accept: 'application/json', about })

/** Lists all pets again: only the pet with this id may have changed. Resolves with that pet as listed. */
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

/** Reads the user and the order that must stay as they are. */
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

/** Compares the inventory with the lists. */
export async function checkInventory(run: Run, known: KnownRecords, cause: string): Promise<void> {
  const interaction = await run.send('getInventory', { accept: 'application/json', about: `counting after ${cause}` })
  const { value } = interaction
  if (!isSuccess(interaction) || !isObject(value)) return
  run.check(inventory, interaction, inventory.counts(value, known.pets, cause))
}
