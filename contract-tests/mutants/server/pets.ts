import { type Handling, Refusal, type Reply } from './handling.ts'
import { itemsOf } from './query.ts'
import { PET_STATUSES } from './schemas.ts'
import type { Pet } from './store.ts'

const idOf = ({ input }: Handling) => Number(input.parameter)

/** Finds the pet of that id, or refuses with 404. */
export function requirePet({ store }: Handling, id: number): Pet {
  const pet = store.pets.get(id)
  if (pet === undefined) throw new Refusal(404, 'Pet not found')
  return pet
}

/** Replaces the whole pet. */
export function updatePet(handling: Handling): Reply {
  const pet = handling.input.body as Pet
  requirePet(handling, pet.id)
  handling.store.pets.set(pet.id, pet)
  return { status: 200 }
}

/** Finds pets of any of the statuses. */
export function findPetsByStatus({ input, store }: Handling): Reply {
  const statuses = itemsOf(input.query.get('status'))
  return { status: 200, value: [...store.pets.values()].filter(({ status }) => statuses.includes(status ?? '')) }
}

/** Finds pets with any of the tags. */
export function findPetsByTags({ input, store }: Handling): Reply {
  const wanted = itemsOf(input.query.get('tags'))
  const isWanted = ({ tags = [] }: Pet) => tags.some(({ name }) => name !== undefined && wanted.includes(name))
  return { status: 200, value: [...store.pets.values()].filter(isWanted) }
}

export const getPetById = (handling: Handling): Reply => ({ status: 200, value: requirePet(handling, idOf(handling)) })

/** Changes the name, the status or both. */
export function updatePetWithForm(handling: Handling): Reply {
  const pet = requirePet(handling, idOf(handling))
  handling.store.pets.set(pet.id, { ...pet, ...(handling.input.body as Partial<Pet> | undefined) })
  return { status: 200 }
}

export function deletePet(handling: Handling): Reply {
  const { id } = requirePet(handling, idOf(handling))
  handling.store.pets.delete(id)
  return { status: 200 }
}

/** Takes the file and only says so. */
export function uploadFile(handling: Handling): Reply {
  const { id } = requirePet(handling, idOf(handling))
  const { additionalMetadata = '', file = '' } = (handling.input.body ?? {}) as Record<string, string>
  const message = `pet ${id}: ${file.length} characters received. ${additionalMetadata}`
  return { status: 200, value: { code: 200, type: 'upload', message } }
}

/** Counts the pets of each status. */
export function getInventory({ store }: Handling): Reply {
  const pets = [...store.pets.values()]
  const count = (wanted: string) => pets.filter(({ status }) => status === wanted).length
  return { status: 200, value: Object.fromEntries(PET_STATUSES.map((status) => [status, count(status)])) }
}
