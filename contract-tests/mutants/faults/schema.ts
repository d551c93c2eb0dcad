import { value, without } from '../alter.ts'
import { inArea } from '../fault.ts'
import type { Pet, User } from '../server/store.ts'

/** Values that the documented schema does not allow. */
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
  {
    id: 'pet-photos-missing-where-none',
    operation: ['getPetById', 'findPetsByStatus', 'findPetsByTags'],
    summary: 'A pet without photos comes without the required photoUrls.',
    seams: value<Pet | Pet[]>((found) => (Array.isArray(found) ? found.map(hideNoPhotos) : hideNoPhotos(found))),
    witness: async ({ get }) => !('photoUrls' in (await get('/pet/11')).object),
  },
  {
    id: 'pet-status-in-capitals-where-sold',
    operation: 'getPetById',
    summary: 'A sold pet has a status outside the enum.',
    seams: value((pet) => (pet.status === 'sold' ? { ...pet, status: 'SOLD' } : pet)),
    witness: async ({ get }) => (await get('/pet/2')).object.status === 'SOLD',
  },
  {
    id: 'pet-tags-null-where-none',
    operation: 'getPetById',
    summary: 'A pet without tags has null for them.',
    seams: value((pet) => ({ ...pet, tags: pet.tags ?? null })),
    witness: async ({ get }) => (await get('/pet/5')).object.tags === null,
  },
  {
    id: 'pet-category-is-text',
    operation: 'getPetById',
    summary: 'The category is its bare name, not an object.',
    seams: value<Pet>((pet) => (pet.category ? { ...pet, category: pet.category.name ?? '' } : pet)),
    witness: async ({ get }) => typeof (await get('/pet/1')).object.category === 'string',
  },
  {
    id: 'only-photo-is-no-list',
    operation: 'getPetById',
    summary: 'A list of one photo is that photo.',
    seams: value<Pet>((pet) => (pet.photoUrls.length === 1 ? { ...pet, photoUrls: pet.photoUrls[0] } : pet)),
    witness: async ({ get }) => typeof (await get('/pet/1')).object.photoUrls === 'string',
  },
  {
    id: 'tag-ids-are-text',
    operation: 'findPetsByTags',
    summary: 'The ids of tags are strings, in the list only.',
    seams: value<Pet[]>((pets) =>
      pets.map((pet) => ({ ...pet, tags: pet.tags?.map((tag) => ({ ...tag, id: String(tag.id) })) })),
    ),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=tag1')).text.includes('"id":"1"'),
  },
  {
    id: 'last-pet-of-list-without-name',
    operation: 'findPetsByStatus',
    summary: 'The last pet of a list lacks its required name.',
    seams: value<Pet[]>((pets) => [
      ...pets.slice(0, -1),
      ...pets.slice(-1).map((pet) => ({ ...pet, name: undefined })),
    ]),
    witness: async ({ get }) => (await get('/pet/findByStatus?status=sold')).list.some((pet) => !('name' in pet)),
  },
  {
    id: 'pet-list-in-envelope',
    operation: 'findPetsByStatus',
    summary: 'The list is wrapped in an object.',
    seams: value((pets) => ({ items: pets })),
    witness: async ({ get }) => 'items' in (await get('/pet/findByStatus?status=sold')).object,
  },
  {
    id: 'empty-list-is-null',
    operation: 'findPetsByTags',
    summary: 'A filter that finds nothing gives null.',
    seams: value<Pet[]>((pets) => (pets.length === 0 ? null : pets)),
    witness: async ({ get }) => (await get('/pet/findByTags?tags=nobody')).value === null,
  },
  {
    id: 'only-pet-of-list-is-no-list',
    operation: 'findPetsByTags',
    summary: 'A list of one pet is that pet.',
    seams: value<Pet[]>((pets) => (pets.length === 1 ? pets[0] : pets)),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ name: 'alone' }] })
      return (await get('/pet/findByTags?tags=alone')).object.id === 1
    },
  },
  {
    id: 'inventory-counts-are-text',
    operation: 'getInventory',
    summary: 'Quantities are strings.',
    seams: value((counts) => Object.fromEntries(Object.entries(counts).map(([status, count]) => [status, `${count}`]))),
    witness: async ({ get }) => typeof (await get('/store/inventory')).object.sold === 'string',
  },
  {
    id: 'inventory-is-list',
    operation: 'getInventory',
    summary: 'The map of quantities is a list of pairs.',
    seams: value((counts) => Object.entries(counts).map(([status, quantity]) => ({ status, quantity }))),
    witness: async ({ get }) => Array.isArray((await get('/store/inventory')).value),
  },
  {
    id: 'inventory-zero-is-null',
    operation: 'getInventory',
    summary: 'A status without pets has null.',
    seams: value((counts) =>
      Object.fromEntries(Object.entries(counts).map(([status, count]) => [status, count === 0 ? null : count])),
    ),
    witness: async ({ get, form }) => {
      for (const id of [2, 5, 8]) await form(`/pet/${id}`, 'status=available')
      return (await get('/store/inventory')).object.sold === null
    },
  },
  {
    id: 'upload-code-is-text',
    operation: 'uploadFile',
    summary: 'The code of an upload is a string.',
    seams: value((reply) => ({ ...reply, code: String(reply.code) })),
    witness: async ({ send }) => (await send('POST', '/pet/1/uploadImage')).object.code === '200',
  },
  {
    id: 'placed-order-id-is-number',
    operation: 'placeOrder',
    summary: 'The id of a placed order is a number; the document says string.',
    seams: value((order) => ({ ...order, id: Number(order.id) })),
    witness: async ({ post }) => typeof (await post('/store/order', {})).object.id === 'number',
  },
  {
    id: 'placed-order-active-is-number',
    operation: 'placeOrder',
    summary: 'A boolean comes back as 0 or 1.',
    seams: value((order) => ('active' in order ? { ...order, active: Number(order.active) } : order)),
    witness: async ({ post }) => (await post('/store/order', { active: true })).object.active === 1,
  },
  {
    id: 'order-name-null-where-none',
    operation: 'getOrderById',
    summary: 'An order without a name has null for it.',
    seams: value((order) => ({ ...order, name: order.name ?? null })),
    witness: async ({ get, post }) => {
      await post('/store/order', { id: '77' })
      return (await get('/store/order/77')).object.name === null
    },
  },
  {
    id: 'domain-status-outside-enum',
    operation: 'addDomain',
    summary: 'A new domain has a status that the enum does not have.',
    seams: value((domain) => ({ ...domain, status: 'pending' })),
    witness: async ({ post }) => (await post('/domain', { name: 'a.example' })).object.status === 'pending',
  },
  {
    id: 'user-status-beyond-int32',
    operation: 'getUserByName',
    summary: 'A user status is written as an unsigned number.',
    seams: value<User>((user) => ({ ...user, userStatus: Number(user.userStatus ?? 0) + 2 ** 31 })),
    witness: async ({ get }) => Number((await get('/user/user1')).object.userStatus) >= 2 ** 31,
  },
  {
    id: 'user-phone-is-number-where-digits',
    operation: 'getUserByName',
    summary: 'A phone of digits alone becomes a number.',
    seams: value<User>((user) => (/^\d+$/.test(user.phone ?? '') ? { ...user, phone: Number(user.phone) } : user)),
    witness: async ({ get, put }) => {
      await put('/user/user1', { phone: '5550100' })
      return (await get('/user/user1')).object.phone === 5550100
    },
  },
  {
    id: 'user-optional-fields-null',
    operation: 'getUserByName',
    summary: 'Fields that were never set are null.',
    seams: value((user) => ({ email: null, phone: null, ...user })),
    witness: async ({ get, put }) => {
      await put('/user/user1', {})
      return (await get('/user/user1')).object.email === null
    },
  },
  {
    id: 'user-in-list',
    operation: 'getUserByName',
    summary: 'A single user comes in a list.',
    seams: value((user) => [user]),
    witness: async ({ get }) => (await get('/user/user1')).list.length === 1,
  },
  {
    id: 'token-in-object',
    operation: 'loginUser',
    summary: 'The token is an object, not a string.',
    seams: value<string>((token) => ({ token })),
    witness: async ({ get }) => 'token' in (await get('/user/login?username=new&password=a')).object,
  },
])

const hideNoPhotos = (pet: Pet) => (pet.photoUrls.length === 0 ? { ...pet, photoUrls: undefined } : pet)
