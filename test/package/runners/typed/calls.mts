import assert from 'node:assert/strict'
import type { components, operations, paths } from 'inboxes-mock'
import { openMock } from 'inboxes-mock/testing'
import createClient from 'openapi-fetch'

type Pet = components['schemas']['Pet']

const pet: Pet = { id: 20, name: 'Rex', photoUrls: [], status: 'available' }
const user: components['schemas']['User'] = { id: 20, username: 'rex', password: 'secret' }
const file = new Blob(['a'])

/** The 19 operations of the API, each called once by its path. Resolves with their statuses. */
async function callAll(baseUrl: string): Promise<Record<keyof operations, number>> {
  const api = createClient<paths>({ baseUrl, headers: { api_key: 'special-key' } })
  const status = async (call: Promise<{ response: Response }>) => (await call).response.status
  const { data: one } = await api.GET('/pet/{petId}', { params: { path: { petId: 1 } } })
  const name: string | undefined = one?.name
  assert.equal(typeof name, 'string')
  const { data: sold } = await api.GET('/pet/findByStatus', { params: { query: { status: ['sold'] } } })
  const first: Pet | undefined = sold?.[0]
  assert.equal(first?.status, 'sold')
  return {
    addDomain: await status(api.POST('/domain', { body: { name: 'example.com' } })),
    updatePet: await status(api.PUT('/domain', { body: { ...pet, id: 1 } })),
    findPetsByStatus: await status(
      api.GET('/pet/findByStatus', { params: { query: { status: ['sold', 'pending'] } } }),
    ),
    findPetsByTags: await status(api.GET('/pet/findByTags', { params: { query: { tags: ['tag1'] } } })),
    getPetById: await status(api.GET('/pet/{petId}', { params: { path: { petId: 1 } } })),
    updatePetWithForm: await status(
      api.POST('/pet/{petId}', {
        params: { path: { petId: 1 } },
        body: { name: 'Max', status: 'sold' },
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      }),
    ),
    uploadFile: await status(
      api.POST('/pet/{petId}/uploadImage', {
        params: { path: { petId: 1 } },
        body: { additionalMetadata: 'a picture', file: 'a' },
        bodySerializer: ({ additionalMetadata }: { additionalMetadata?: string } = {}) => {
          const form = new FormData()
          form.set('additionalMetadata', additionalMetadata ?? '')
          form.set('file', file, 'a.png')
          return form
        },
      }),
    ),
    getInventory: await status(api.GET('/store/inventory')),
    placeOrder: await status(api.POST('/store/order', { body: { id: '77', name: 'example.com' } })),
    getOrderById: await status(api.GET('/store/order/{orderId}', { params: { path: { orderId: 77 } } })),
    deleteOrder: await status(api.DELETE('/store/order/{orderId}', { params: { path: { orderId: 77 } } })),
    deletePet: await status(api.DELETE('/pet/{petId}', { params: { path: { petId: 1 } } })),
    createUser: await status(api.POST('/user', { body: user })),
    createUsersWithListInput: await status(api.POST('/user/createWithList', { body: [user] })),
    getUserByName: await status(api.GET('/user/{username}', { params: { path: { username: 'rex' } } })),
    updateUser: await status(api.PUT('/user/{username}', { params: { path: { username: 'rex' } }, body: user })),
    loginUser: await status(api.GET('/user/login', { params: { query: { username: 'rex', password: 'secret' } } })),
    logoutUser: await status(api.GET('/user/logout')),
    deleteUser: await status(api.DELETE('/user/{username}', { params: { path: { username: 'rex' } } })),
  }
}

/** Never called: each line is an error of TypeScript. */
export async function wrong(baseUrl: string): Promise<void> {
  const api = createClient<paths>({ baseUrl })
  // @ts-expect-error There is no such path.
  await api.GET('/pets')
  // @ts-expect-error An id is a number.
  await api.GET('/pet/{petId}', { params: { path: { petId: 'one' } } })
  // @ts-expect-error A name is a text.
  await api.POST('/domain', { body: { name: 1 } })
  const { data } = await api.GET('/pet/{petId}', { params: { path: { petId: 1 } } })
  // @ts-expect-error A pet has no such property.
  void data?.nam
}

const mock = await openMock()
await mock.run('all operations', async (session) => {
  const statuses = await callAll(session.url)
  assert.deepEqual([...new Set(Object.values(statuses))], [200])
  assert.equal(Object.keys(statuses).length, 19)
})
await mock.close()
console.log('19 operations')
