import { type Interaction, isSuccess } from './interaction.ts'

/** The operations on records of one kind, the reading of one record first. */
const KINDS: readonly (readonly string[])[] = [
  ['getUserByName', 'createUser', 'createUsersWithListInput', 'updateUser', 'deleteUser', 'loginUser'],
  ['getOrderById', 'placeOrder', 'deleteOrder'],
  ['getPetById', 'updatePet', 'updatePetWithForm', 'deletePet', 'uploadFile'],
]

const isWrite = ({ request, operation }: Interaction) =>
  operation !== undefined && !['GET', 'HEAD', 'OPTIONS'].includes(request.method)

/**
 * The write that is to blame for what a reading of one record shows: the last one that names the record, or else the last of its
 * kind. A check of other records than the written one asks for the very last write. A deletion is to blame for a record that is
 * there only where a check asks for deletions: a later record may have the id again.
 */
export function lastWriteBefore(
  reading: Interaction,
  interactions: readonly Interaction[],
  isOfRecord: boolean,
  isOfDeletion = true,
): Interaction | undefined {
  const kind = isOfRecord ? KINDS.find(([read]) => read === reading.operation?.id) : undefined
  if (!kind) return interactions.findLast(isWrite)
  const isOfKind = (one: Interaction) => isWrite(one) && kind.includes(one.operation?.id ?? '')
  const isKept = ({ request }: Interaction) => request.method !== 'DELETE'
  const isPossible = (write: Interaction) => isOfDeletion || isKept(write) || !isSuccess(write) || !isSuccess(reading)
  return (
    interactions.findLast((one) => isOfKind(one) && names(one, reading) && isPossible(one)) ??
    interactions.findLast((one) => isOfKind(one) && isKept(one)) ??
    interactions.findLast(isWrite)
  )
}

/** True if the path of a write, or its body, has the name or number that the path of the reading ends in. */
function names({ request }: Interaction, reading: Interaction): boolean {
  const record = decoded(reading.request.path.split('?')[0]?.split('/').at(-1) ?? '')
  if (decoded(request.path).split('/').includes(record)) return true
  return request.body !== undefined && (request.body.includes(JSON.stringify(record)) || hasId(request.body, record))
}

/** Nothing is decoded for a name: this is asked of every write, for every check. */
function hasId(body: Buffer, record: string): boolean {
  const id = Number(record)
  return !Number.isNaN(id) && new RegExp(`"id":\\s*${id}\\b|<id>${id}<`).test(body.toString('latin1'))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
