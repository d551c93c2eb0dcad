import { findConflict, findLoss } from '../compare.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { type KnownPet, type KnownRecords, petsIn } from '../known-records.ts'
import type { Run } from '../run.ts'
import { isObject } from '../schema-judge.ts'
import { type Action, judge, type Play, send } from './play.ts'
import { type Departure, RECORDS, STATUSES } from './step.ts'

const tagOf = ({ name }: Play, number: number) => `${name}t${number % 2}`

const putPet: Action = async (play, { who, text, number, status }) => {
  const id = play.pets.get(who)?.id
  if (id === undefined) return undefined
  const tags = [{ id: number, name: tagOf(play, number) }]
  const pet: KnownPet = { id, name: `${play.name}${text}`, photoUrls: [text], tags, status }
  const interaction = await send(play, 'updatePet', { json: pet })
  if (isSuccess(interaction)) play.pets.set(who, pet)
  return judge(interaction, true, 'an update of a pet')
}

/** Changes the name, the status or both. */
const changeByForm: Action = async (play, { who, text, number, status }) => {
  const pet = play.pets.get(who)
  if (!pet) return undefined
  const form = { ...(number % 3 !== 0 && { name: `${play.name}${text}` }), ...(number % 3 !== 1 && { status }) }
  const interaction = await send(play, 'updatePetWithForm', {
    path: { petId: pet.id },
    body: new URLSearchParams(form).toString(),
    type: 'application/x-www-form-urlencoded',
  })
  if (isSuccess(interaction)) play.pets.set(who, { ...pet, ...form })
  return judge(interaction, true, 'a form for a pet')
}

const readPet: Action = async (play, { who }) => {
  const pet = play.pets.get(who)
  if (!pet) return undefined
  const interaction = await send(play, 'getPetById', { path: { petId: pet.id } })
  const loss = isSuccess(interaction) ? findLoss(pet, interaction.value) : undefined
  return (
    judge(interaction, true, 'a reading of the pet') ??
    (loss && { interaction, expected: `${loss.at}: ${loss.expected}`, actual: loss.actual })
  )
}

const listStatus: Action = async (play, { status }) => {
  const interaction = await send(play, 'findPetsByStatus', { query: `status=${status}` })
  return checkListed(play, interaction, (pet) => pet.status === status)
}

const listTag: Action = async (play, { number }) => {
  const tag = tagOf(play, number)
  const interaction = await send(play, 'findPetsByTags', { query: `tags=${encodeURIComponent(tag)}` })
  return checkListed(play, interaction, ({ tags = [] }) => tags.some(({ name }) => name === tag))
}

/** Each pet of the play is listed once or not at all, as it is now. */
function checkListed(
  { pets }: Play,
  interaction: Interaction,
  isMeant: (pet: KnownPet) => boolean,
): Departure | undefined {
  if (!isSuccess(interaction)) return judge(interaction, true, 'a list')
  for (const [who, pet] of pets) {
    const found = petsIn(interaction.value).filter(({ id }) => id === pet.id)
    const wanted = isMeant(pet) ? 1 : 0
    if (found.length !== wanted)
      return { interaction, expected: `pet ${who + 1} listed ${wanted} times`, actual: `${found.length} times` }
    const conflict = found[0] && findConflict(pet, found[0])
    if (conflict)
      return {
        interaction,
        expected: `pet ${who + 1} in the list, ${conflict.at}: ${conflict.expected}`,
        actual: conflict.actual,
      }
  }
  return undefined
}

const count: Action = async (play) => {
  const interaction = await send(play, 'getInventory', {})
  if (!isSuccess(interaction) || !isObject(interaction.value)) return judge(interaction, true, 'the inventory')
  const { value } = interaction
  const wanted = (status: string) =>
    (play.others[status] ?? 0) + [...play.pets.values()].filter((pet) => pet.status === status).length
  const wrong = STATUSES.find((status) => (value[status] ?? 0) !== wanted(status))
  return (
    wrong && { interaction, expected: `${wanted(wrong)} ${wrong} in the inventory`, actual: String(value[wrong] ?? 0) }
  )
}

export const PET_ACTIONS: Readonly<Record<string, Action>> = {
  'put pet': putPet,
  'form pet': changeByForm,
  'read pet': readPet,
  'list status of pet': listStatus,
  'list tag of pet': listTag,
  'count pet': count,
}

const ABOUT = 'before a random sequence'

/** The first pets that are listed, as their own paths show them. */
export async function readPets(run: Run, { pets }: KnownRecords): Promise<Map<number, KnownPet>> {
  const read = new Map<number, KnownPet>()
  for (const [who, id] of [...pets.keys()].slice(0, RECORDS).entries()) {
    const { value } = await run.send('getPetById', {
      path: { petId: id },
      accept: 'application/json',
      about: `a pet ${ABOUT}`,
    })
    const [pet] = petsIn([value])
    if (pet?.id === id) read.set(who, pet)
  }
  return read
}

/** How many of each status the inventory has besides these pets. */
export async function countOthers(run: Run, pets: readonly KnownPet[]): Promise<Record<string, number>> {
  const { value } = await run.send('getInventory', { accept: 'application/json', about: `the inventory ${ABOUT}` })
  const counted = (status: string) => Number(Object(value)[status] ?? 0)
  return Object.fromEntries(
    STATUSES.map((status) => [status, counted(status) - pets.filter((pet) => pet.status === status).length]),
  )
}

/** Puts the pets back to what they were. */
export async function restorePets({ run, pets }: Play, before: ReadonlyMap<number, KnownPet>): Promise<void> {
  for (const [who, pet] of before)
    if (pets.get(who) !== pet)
      await run.send('updatePet', { json: pet, expect: 'any', about: 'putting a pet back after a sequence' })
}
