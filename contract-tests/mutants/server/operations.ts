import { type Handling, JSON_TYPE, type MediaType, type Reply, XML_TYPE } from './handling.ts'
import { addDomain, deleteOrder, getOrderById, placeOrder } from './orders.ts'
import * as pets from './pets.ts'
import * as schemas from './schemas.ts'
import { listOf, type Schema } from './schemas.ts'
import * as users from './users.ts'

export const FORM_TYPE = 'application/x-www-form-urlencoded'
export const MULTIPART_TYPE = 'multipart/form-data'

/** One operation: how it is asked for, how it refuses, how it answers. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly secured: boolean
  readonly parameter?: 'id' | 'orderId' | 'username'
  readonly query?: Readonly<Record<string, 'text' | 'tags' | 'statuses'>>
  readonly body?: {
    readonly types: readonly string[]
    readonly schema: Schema
    readonly root?: string
    readonly required: boolean
  }
  readonly refuses: { readonly parameter: number; readonly body: number }
  /** The media types of a 200, JSON first, and the root of its XML. */
  readonly gives?: { readonly types: readonly MediaType[]; readonly root: string }
  readonly handle: (handling: Handling) => Reply
}

const BOTH = [JSON_TYPE, XML_TYPE] as const
const both = (root: string) => ({ types: BOTH, root })
const onlyJson = { types: [JSON_TYPE], root: '' } as const
const json = (schema: Schema) => ({ types: [JSON_TYPE], schema, required: true })
const optional = (type: string, schema: Schema) => ({ types: [type], schema, required: false })
const USUAL = { parameter: 400, body: 400 } as const

/** The 19 operations of the published document. */
export const OPERATIONS: readonly Operation[] = [
  {
    id: 'addDomain',
    method: 'POST',
    path: '/domain',
    secured: true,
    body: json(schemas.domainIn),
    refuses: { parameter: 405, body: 405 },
    gives: onlyJson,
    handle: addDomain,
  },
  {
    id: 'updatePet',
    method: 'PUT',
    path: '/domain',
    secured: true,
    body: { types: BOTH, schema: schemas.pet, root: 'Pet', required: true },
    refuses: { parameter: 400, body: 405 },
    handle: pets.updatePet,
  },
  {
    id: 'findPetsByStatus',
    method: 'GET',
    path: '/pet/findByStatus',
    secured: true,
    query: { status: 'statuses' },
    refuses: USUAL,
    gives: both('Pets'),
    handle: pets.findPetsByStatus,
  },
  {
    id: 'findPetsByTags',
    method: 'GET',
    path: '/pet/findByTags',
    secured: true,
    query: { tags: 'tags' },
    refuses: USUAL,
    gives: both('Pets'),
    handle: pets.findPetsByTags,
  },
  {
    id: 'getPetById',
    method: 'GET',
    path: '/pet/{petId}',
    secured: true,
    parameter: 'id',
    refuses: USUAL,
    gives: both('Pet'),
    handle: pets.getPetById,
  },
  {
    id: 'updatePetWithForm',
    method: 'POST',
    path: '/pet/{petId}',
    secured: true,
    parameter: 'id',
    body: optional(FORM_TYPE, schemas.petForm),
    refuses: { parameter: 405, body: 405 },
    handle: pets.updatePetWithForm,
  },
  {
    id: 'deletePet',
    method: 'DELETE',
    path: '/pet/{petId}',
    secured: true,
    parameter: 'id',
    refuses: USUAL,
    handle: pets.deletePet,
  },
  {
    id: 'uploadFile',
    method: 'POST',
    path: '/pet/{petId}/uploadImage',
    secured: true,
    parameter: 'id',
    body: optional(MULTIPART_TYPE, schemas.upload),
    refuses: USUAL,
    gives: onlyJson,
    handle: pets.uploadFile,
  },
  {
    id: 'getInventory',
    method: 'GET',
    path: '/store/inventory',
    secured: true,
    refuses: USUAL,
    gives: onlyJson,
    handle: pets.getInventory,
  },
  {
    id: 'placeOrder',
    method: 'POST',
    path: '/store/order',
    secured: false,
    body: json(schemas.domain),
    refuses: USUAL,
    gives: both('Domain'),
    handle: placeOrder,
  },
  {
    id: 'getOrderById',
    method: 'GET',
    path: '/store/order/{orderId}',
    secured: false,
    parameter: 'orderId',
    refuses: USUAL,
    gives: both('DomainIn'),
    handle: getOrderById,
  },
  {
    id: 'deleteOrder',
    method: 'DELETE',
    path: '/store/order/{orderId}',
    secured: false,
    parameter: 'orderId',
    refuses: USUAL,
    handle: deleteOrder,
  },
  {
    id: 'createUser',
    method: 'POST',
    path: '/user',
    secured: false,
    body: json(schemas.user),
    refuses: USUAL,
    handle: users.createUser,
  },
  {
    id: 'createUsersWithListInput',
    method: 'POST',
    path: '/user/createWithList',
    secured: false,
    body: json(listOf(schemas.user)),
    refuses: USUAL,
    handle: users.createUsersWithListInput,
  },
  {
    id: 'loginUser',
    method: 'GET',
    path: '/user/login',
    secured: false,
    query: { username: 'text', password: 'text' },
    refuses: USUAL,
    gives: both('string'),
    handle: users.loginUser,
  },
  {
    id: 'logoutUser',
    method: 'GET',
    path: '/user/logout',
    secured: false,
    refuses: USUAL,
    handle: users.logoutUser,
  },
  {
    id: 'getUserByName',
    method: 'GET',
    path: '/user/{username}',
    secured: false,
    parameter: 'username',
    refuses: USUAL,
    gives: both('User'),
    handle: users.getUserByName,
  },
  {
    id: 'updateUser',
    method: 'PUT',
    path: '/user/{username}',
    secured: false,
    parameter: 'username',
    body: json(schemas.user),
    refuses: USUAL,
    handle: users.updateUser,
  },
  {
    id: 'deleteUser',
    method: 'DELETE',
    path: '/user/{username}',
    secured: false,
    parameter: 'username',
    refuses: USUAL,
    handle: users.deleteUser,
  },
]
