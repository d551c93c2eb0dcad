import { findConflict, findLoss } from '../../http/answers/compare.ts'
import { isObject } from '../../openapi/json-object.ts'
import { plainText } from '../../openapi/plain-text.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { KnownRecords } from '../known-records.ts'
import { countsStatuses, type KnownPet, petsIn, STATUSES } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { compareStatus, type Mismatch, type Model, type Server, type StepKind, type StepKinds, send } from './model.ts'
import { RECORDS, type Step } from './step.ts'

const tagOf = ({ name }: Model, number: number) => `${name}t${number % 2}`

const always = () => true
const isKnown = ({ pets }: Readonly<Model>, { record }: Step) => pets.has(record)

const putPet: StepKind = {
  check: isKnown,
  run: async (model, server, { record, text, number, status }) => {
    const id = model.pets.get(record)?.id ?? 0
    const tags = [{ id: number, name: tagOf(model, number) }]
    const pet: KnownPet = { id, name: `${model.name}${text}`, photoUrls: [text], tags, status }
    const interaction = await send(server, 'updatePet', { json: pet })
    if (isSuccess(interaction)) model.pets.set(record, pet)
    return compareStatus(interaction, true, 'an update of a pet')
  },
}

/** Changes the name, the status or both. */
const changeByForm: StepKind = {
  check: isKnown,
  run: async (model, server, { record, text, number, status }) => {
    const pet = model.pets.get(record)
    if (!pet) return undefined
    const form = { ...(number % 3 !== 0 && { name: `${model.name}${text}` }), ...(number % 3 !== 1 && { status }) }
    const interaction = await send(server, 'updatePetWithForm', {
      path: { petId: pet.id },
      body: new URLSearchParams(form).toString(),
      type: 'application/x-www-form-urlencoded',
    })
    if (isSuccess(interaction)) model.pets.set(record, { ...pet, ...form })
    return compareStatus(interaction, true, 'a form for a pet')
  },
}

const readPet: StepKind = {
  check: isKnown,
  run: async (model, server, { record }) => {
    const pet = model.pets.get(record)
    const { id = 0, ...fields } = pet ?? {}
    const lossIn = ({ value }: Interaction) => findLoss(fields, value, server.run.habits.allows('pet'))
    const interaction = await send(server, 'getPetById', {
      path: { petId: id },
      until: (read) => lossIn(read) === undefined,
    })
    const loss = isSuccess(interaction) ? lossIn(interaction) : undefined
    return (
      compareStatus(interaction, true, 'a reading of the pet') ??
      (loss && { interaction, expected: `${loss.at}: ${loss.expected}`, actual: loss.actual })
    )
  },
}

const listStatus: StepKind = {
  check: always,
  run: async (model, server, { status }) => {
    const belongs = (pet: KnownPet) => pet.status === status
    const until = (list: Interaction) => compareListed(model, list, belongs) === undefined
    const interaction = await send(server, 'findPetsByStatus', { query: `status=${status}`, until })
    return compareListed(model, interaction, belongs)
  },
}

const listTag: StepKind = {
  check: always,
  run: async (model, server, { number }) => {
    const tag = tagOf(model, number)
    const belongs = ({ tags = [] }: KnownPet) => tags.some(({ name }) => name === tag)
    const until = (list: Interaction) => compareListed(model, list, belongs) === undefined
    const interaction = await send(server, 'findPetsByTags', { query: `tags=${encodeURIComponent(tag)}`, until })
    return compareListed(model, interaction, belongs)
  },
}

/** Each pet of the sequence is listed once or not at all, with the fields that the model has. */
function compareListed(
  { pets }: Model,
  interaction: Interaction,
  belongs: (pet: KnownPet) => boolean,
): Mismatch | undefined {
  if (!isSuccess(interaction)) return compareStatus(interaction, true, 'a list')
  for (const [record, pet] of pets) {
    const found = petsIn(interaction.value).filter(({ id }) => id === pet.id)
    const wanted = belongs(pet) ? 1 : 0
    if (found.length !== wanted)
      return { interaction, expected: `pet ${record + 1} listed ${wanted} times`, actual: `${found.length} times` }
    const conflict = found[0] && findConflict(pet, found[0])
    if (conflict)
      return {
        interaction,
        expected: `pet ${record + 1} in the list, ${conflict.at}: ${conflict.expected}`,
        actual: conflict.actual,
      }
  }
  return undefined
}

const count: StepKind = {
  check: always,
  run: async (model, server) => {
    const until = (counted: Interaction) => compareCounted(model, counted) === undefined
    return compareCounted(model, await send(server, 'getInventory', { until }))
  },
}

function compareCounted({ pets, otherPets }: Model, interaction: Interaction): Mismatch | undefined {
  const { value } = interaction
  if (!isSuccess(interaction) || !isObject(value)) return compareStatus(interaction, true, 'the inventory')
  if (!countsStatuses(value)) return undefined
  const wanted = (status: string) =>
    (otherPets[status] ?? 0) + [...pets.values()].filter((pet) => pet.status === status).length
  const wrong = STATUSES.find((status) => (value[status] ?? 0) !== wanted(status))
  return (
    wrong && {
      interaction,
      expected: `${wanted(wrong)} ${wrong} in the inventory`,
      actual: plainText(value[wrong] ?? 0),
    }
  )
}

export const PET_STEPS: StepKinds = {
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
  const some = [...pets.keys()].filter((id) => id >= 1).slice(0, RECORDS)
  for (const [record, id] of some.entries()) {
    const { value } = await run.send('getPetById', {
      path: { petId: id },
      accept: 'application/json',
      about: `a pet ${ABOUT}`,
    })
    const [pet] = petsIn(isObject(value) ? [{ id, ...value }] : [])
    if (pet?.id === id) read.set(record, pet)
  }
  return read
}

/** How many pets of each status the inventory has besides these. */
export async function countOthers(run: Run, pets: readonly KnownPet[]): Promise<Record<string, number>> {
  const { value } = await run.send('getInventory', { accept: 'application/json', about: `the inventory ${ABOUT}` })
  const counted = (status: string) => Number(plainText(Object(value)[status] ?? 0))
  return Object.fromEntries(
    STATUSES.map((status) => [status, counted(status) - pets.filter((pet) => pet.status === status).length]),
  )
}

/** Puts all pets back if one has changed: every sequence then begins after the same writes, as shrinking needs it. */
export async function restorePets(
  { pets }: Model,
  { run }: Server,
  before: ReadonlyMap<number, KnownPet>,
): Promise<void> {
  if ([...before].every(([record, pet]) => pets.get(record) === pet)) return
  for (const pet of before.values())
    await run.send('updatePet', { json: pet, expect: 'any', about: 'putting a pet back after a sequence' })
}
