import type { Operation } from '../../openapi/operation.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { ValidInput } from '../operations/index.ts'
import type { Key } from '../store/record-of.ts'
import type { CollectionName } from '../store/state.ts'
import type { Filter } from './knowledge.ts'

/** One record, by its collection and key. */
export interface RecordSubject {
  readonly kind: 'record'
  readonly collection: CollectionName
  readonly key: Key
}

/** The subject of a request. */
export type Subject =
  | RecordSubject
  | { readonly kind: 'list'; readonly filter: Filter }
  | { readonly kind: 'inventory' }
  | { readonly kind: 'login'; readonly username: string; readonly password: string }
  | { readonly kind: 'other' }

/** The operation that reads one record of a collection; domains have none. */
export const READERS: { readonly [Name in CollectionName]?: string } = {
  pets: 'getPetById',
  users: 'getUserByName',
  orders: 'getOrderById',
}

type Values = Readonly<Record<string, unknown>>

const record = (collection: CollectionName, key: unknown): Subject =>
  typeof key === 'string' || typeof key === 'number' ? { kind: 'record', collection, key } : { kind: 'other' }

const words = (value: unknown): string[] => [value].flat().map(String)

/** How the subject is read of the decoded parts of a request, by operation. */
const SUBJECTS: Readonly<Record<string, (path: Values, query: Values, body: Values) => Subject>> = {
  getPetById: ({ petId }) => record('pets', petId),
  updatePet: (_path, _query, { id }) => record('pets', id),
  updatePetWithForm: ({ petId }) => record('pets', petId),
  deletePet: ({ petId }) => record('pets', petId),
  uploadFile: ({ petId }) => record('pets', petId),
  getUserByName: ({ username }) => record('users', username),
  updateUser: ({ username }) => record('users', username),
  deleteUser: ({ username }) => record('users', username),
  getOrderById: ({ orderId }) => record('orders', orderId),
  deleteOrder: ({ orderId }) => record('orders', orderId),
  findPetsByStatus: (_path, { status }) => ({ kind: 'list', filter: { by: 'status', words: words(status) } }),
  findPetsByTags: (_path, { tags }) => ({ kind: 'list', filter: { by: 'tags', words: words(tags) } }),
  getInventory: () => ({ kind: 'inventory' }),
  loginUser: (_path, { username, password }) => ({
    kind: 'login',
    username: plainText(username),
    password: plainText(password),
  }),
}

/** The subject of a valid request; `other` for creations, a logout, and operations of another version of the document. */
export function subjectOf(
  { id }: Operation,
  { path, query, body }: Pick<ValidInput, 'path' | 'query' | 'body'>,
): Subject {
  const read = Object.hasOwn(SUBJECTS, id) ? SUBJECTS[id] : undefined
  return read?.(valuesOf(path), valuesOf(query), valuesOf(body)) ?? { kind: 'other' }
}

const valuesOf = (value: unknown): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
