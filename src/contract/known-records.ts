import { isObject } from '../openapi/json-object.ts'
import type { User } from '../openapi/model.ts'
import { causedBy } from './checks/check.ts'
import { deletion } from './checks/deletion.ts'
import { inventory } from './checks/inventory.ts'
import { isolation } from './checks/isolation.ts'
import type { RecordKind } from './habits.ts'
import { type Interaction, isSuccess } from './interaction.ts'
import { ALL_STATUSES, type KnownPet, petsIn, petsOfStatus, STATUSES, showsPart } from './listed-pets.ts'
import type { Run } from './run.ts'
import type { Sending } from './sending.ts'

/** The server's records as far as the run knows them; scenarios share this. */
export interface KnownRecords {
  /** The pets as last listed, by id. */
  pets: ReadonlyMap<number, KnownPet>
  /** How many listed pets of each status have no id that a path can name. */
  unnamed: Readonly<Record<string, number>>
  /** The pet that writes are tried on, and a pet that must not change with it. */
  subject?: KnownPet
  bystander?: KnownPet
  /** A user and an order that later scenarios do not write to: they must stay as they are. */
  keptUser?: User & { readonly username: string }
  keptOrder?: { readonly orderId: string; readonly name: string }
  /** A user and an order that ways are tried on. `own` if this run made the user. */
  variedUser?: { readonly username: string; readonly isOwn: boolean } | undefined
  variedOrder?: string | undefined
  /**
   * A user as it was written last, and a user, an order and a pet that were deleted, the pet at a time in milliseconds: they
   * must stay so to the end.
   */
  lastUser?: User & { readonly username: string }
  goneUser?: string
  goneOrder?: { readonly orderId: string; readonly name: string }
  gonePet?: { readonly id: number; readonly at: number }
}

/** Lists the pets of the statuses. */
export const listPets = (run: Run, statuses: string, about: string, until?: Sending['until']): Promise<Interaction> =>
  run.send('findPetsByStatus', {
    query: `status=${statuses}`,
    accept: 'application/json',
    about,
    ...(until && { until }),
  })

/** Lists all pets again: only the pet with this id may have changed. Resolves with that pet as listed. */
export async function checkOthers(
  run: Run,
  known: KnownRecords,
  id: number,
  cause: string,
  isRight: (listed: KnownPet | undefined) => boolean = () => true,
): Promise<KnownPet | undefined> {
  const mapOf = ({ value }: Interaction) => new Map(petsIn(value).map((pet) => [pet.id, pet]))
  const areRight = (list: Interaction) => {
    const now = mapOf(list)
    if (!showsPart([...now.values()], 'status')) return true
    return isolation.otherPets(known.pets, now, id, cause) === undefined && isRight(now.get(id))
  }
  const list = await listPets(run, ALL_STATUSES, `listing after ${cause}`, areRight)
  if (!isSuccess(list) || !Array.isArray(list.value)) return undefined
  const now = await withStatuses(run, mapOf(list), cause)
  const seen = isolation.otherPets(known.pets, now, id, cause)
  run.check(isolation, list, causedBy(seen, cause === 'reading' ? list : undefined))
  known.pets = now
  return now.get(id)
}

/** A list need not show the statuses; the lists by one status then tell them. */
async function withStatuses(
  run: Run,
  pets: ReadonlyMap<number, KnownPet>,
  cause: string,
): Promise<ReadonlyMap<number, KnownPet>> {
  if (pets.size === 0 || showsPart([...pets.values()], 'status')) return pets
  const all = new Map(pets)
  for (const status of STATUSES) {
    const { value } = await listPets(run, status, `listing ${status} after ${cause}`)
    for (const pet of petsOfStatus(value, status)) all.set(pet.id, pet)
  }
  return all
}

/** Reads the user and the order that must stay as they are, and those that must stay away. */
export async function checkKept(run: Run, known: KnownRecords, cause: string): Promise<void> {
  const { keptUser, keptOrder, goneUser, goneOrder } = known
  if (keptUser) await checkKeptRecord(run, 'getUserByName', { username: keptUser.username }, keptUser, cause)
  if (keptOrder) {
    const { orderId, name } = keptOrder
    await checkKeptRecord(run, 'getOrderById', { orderId }, { name }, cause)
  }
  if (goneUser !== undefined) await checkGone(run, 'getUserByName', { username: goneUser }, 'a deleted user', cause)
  if (goneOrder) await checkGoneOrder(run, goneOrder, cause)
}

/** A record that was deleted some writes ago must not be there. */
export async function checkGone(
  run: Run,
  id: string,
  path: Readonly<Record<string, string>>,
  what: string,
  cause: string,
): Promise<void> {
  const read = await run.send(id, { path, expect: 'missing', about: `${what} after ${cause}` })
  run.check(deletion, read, deletion.notFound(`${what}, later`, read))
}

/** A server may give the id of a deleted order to another one, but not the order itself. */
export async function checkGoneOrder(
  run: Run,
  { orderId, name }: NonNullable<KnownRecords['goneOrder']>,
  cause: string,
): Promise<void> {
  const isBack = (read: Interaction) => isSuccess(read) && Object(read.value).name === name
  const read = await run.send('getOrderById', {
    path: { orderId },
    accept: 'application/json',
    expect: 'any',
    about: `a deleted order after ${cause}`,
    until: (shown) => !isBack(shown),
  })
  run.check(deletion, read, isBack(read) ? deletion.back('order') : undefined)
}

/** Reads a record that no write should have reached: it must show what it showed before, as far as that is known. */
export async function checkKeptRecord(
  run: Run,
  operationId: string,
  path: Readonly<Record<string, string>>,
  record: object,
  cause: string,
): Promise<void> {
  const { password, ...stored } = { password: undefined, ...record }
  const before = run.shown.at(run.pathFor(operationId, { path }), stored)
  const about = `a record of another kind after ${cause}`
  const read = await run.send(operationId, { path, accept: 'application/json', expect: 'any', about })
  const tolerance = run.habits.allows(KIND_OF[operationId] ?? 'order')
  if (before) run.check(isolation, read, isolation.otherRecord(operationId, before, read, cause, tolerance))
}

const KIND_OF: Readonly<Record<string, RecordKind>> = {
  getUserByName: 'user',
  getPetById: 'pet',
  getOrderById: 'order',
}

/** Compares the inventory with the lists. */
export async function checkInventory(run: Run, known: KnownRecords, cause: string): Promise<void> {
  const wrong = ({ value }: Interaction) =>
    isObject(value) ? inventory.counts(value, known.pets, known.unnamed, cause) : undefined
  const interaction = await run.send('getInventory', {
    accept: 'application/json',
    about: `counting after ${cause}`,
    until: (counted) => wrong(counted) === undefined,
  })
  if (!isSuccess(interaction) || !isObject(interaction.value)) return
  run.check(inventory, interaction, wrong(interaction))
}
