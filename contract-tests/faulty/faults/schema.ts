import { value, without } from '../alter.ts'
import { inArea } from '../fault.ts'

export const schemaFaults = inArea('schema', [
  {
    id: 'pet-id-is-text',
    operation: 'getPetById',
    summary: 'The id of a pet is a string.',
    seams: value((pet) => ({ ...pet, id: String(pet.id) })),
    witness: async ({ get }) => (await get('/pet/1')).object.id === '1',
  },
  {
    id: 'pet-name-missing',
    operation: 'getPetById',
    summary: 'A pet comes without its required name.',
    seams: value((pet) => without(pet, 'name')),
    witness: async ({ get }) => !('name' in (await get('/pet/1')).object),
  },
])
