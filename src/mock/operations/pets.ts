import { ApiError } from '../../openapi/api-error.ts'
import { tokensOf } from '../../openapi/json-pointer.ts'
import type { Pet, StoredPet, Upload } from '../../openapi/model.ts'
import { done, ok } from '../exchange/reply.ts'
import type { Pets } from '../store/pets.ts'
import type { Ignored } from '../validation/ignored.ts'
import type { Handler } from './handler.ts'
import { pictureUri } from './picture-uri.ts'

/** Replaces the whole pet. Its id was checked with the body. */
export const updatePet: Handler<'updatePet'> = ({ body }, { store: { pets } }) => {
  const pet = body as StoredPet
  requirePet(pets, pet.id, '/body/id')
  pets.put(pet)
  return done()
}

/** Finds pets that have any of the statuses. */
export const findPetsByStatus: Handler<'findPetsByStatus'> = ({ query }, { store: { pets } }) =>
  ok(pets.byStatus(query.status))

/** Finds pets that have any of the tags. */
export const findPetsByTags: Handler<'findPetsByTags'> = ({ query }, { store: { pets } }) => ok(pets.byTags(query.tags))

/** Finds the pet, or refuses with the 404 that the document gives. */
export const getPetById: Handler<'getPetById'> = ({ path }, { store: { pets } }) => ok(requirePet(pets, path.petId))

/** Changes the name, the status or both. The status was checked with the body. */
export const updatePetWithForm: Handler<'updatePetWithForm'> = ({ path, body }, { store: { pets } }) => {
  pets.put({ ...requirePet(pets, path.petId), ...(body as Partial<Pet>) })
  return done()
}

/** Deletes the pet. */
export const deletePet: Handler<'deletePet'> = ({ path }, { store: { pets } }) => {
  requirePet(pets, path.petId)
  pets.delete(path.petId)
  return done()
}

/** Takes a file; the pet gets it as a photo. */
export const uploadFile: Handler<'uploadFile'> = ({ path, body, ignored, files }, { store: { pets } }) => {
  const pet = requirePet(pets, path.petId)
  const bytes = files?.get('file')
  if (body?.file && bytes) pets.put({ ...pet, photoUrls: [...pet.photoUrls, pictureUri(body.file, bytes)] })
  return ok({ code: 200, type: 'success', message: uploadMessage(body, ignored) })
}

function requirePet(pets: Pets, id: number, pointer = '/path/petId'): StoredPet {
  const pet = pets.get(id)
  if (pet !== undefined) return pet
  throw new ApiError(404, `There is no pet ${id}. List pets with GET /pet/findByStatus.`, [
    { pointer, expected: 'the id of a pet that is stored', received: id },
  ])
}

function uploadMessage(body: UploadBody, ignored: readonly Ignored[] = []): string {
  const { additionalMetadata: metadata, file } = body ?? {}
  const stored = file ? `File ${file.filename} uploaded, ${file.size} bytes` : `No file uploaded${insteadOf(ignored)}`
  return metadata === undefined ? stored : `additionalMetadata: ${metadata}\n${stored}`
}

type UploadBody = { readonly additionalMetadata?: string; readonly file?: Upload } | undefined

/** The parts that came under a name that the document does not have. */
const insteadOf = (ignored: readonly Ignored[]) => {
  const names = ignored
    .filter(({ pointer }) => pointer.startsWith('/body/'))
    .map(({ pointer }) => tokensOf(pointer).at(-1))
  return names.length === 0 ? '' : `: the part is called file, not ${names.join(', ')}`
}
