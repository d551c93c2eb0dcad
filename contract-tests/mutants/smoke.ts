import type { Client, Received } from './client.ts'
import { user as userSchema } from './server/schemas.ts'
import { readXml } from './server/xml.ts'

/** Walks through the operations on records of its own making and lists the steps that went wrong; none on a correct server. */
export async function smoke(client: Client): Promise<string[]> {
  const steps = [...(await walkUsers(client)), ...(await walkOrders(client)), ...(await walkPets(client))]
  return steps.filter(([, isRight]) => !isRight).map(([name]) => name)
}

type Step = readonly [name: string, isRight: boolean]

const isDone = ({ status }: Received) => status >= 200 && status < 300
const isRefused = ({ status }: Received) => [400, 405, 415, 422].includes(status)
const isMissing = ({ status }: Received) => status === 404

function firstNameIn(text: string): unknown {
  try {
    return Object(readXml(text, 'User', userSchema)).firstName
  } catch {
    return undefined
  }
}

async function walkUsers({ get, getXml, put, post, remove }: Client): Promise<Step[]> {
  const user = { username: 'smoke-ada', firstName: 'Ada & Zoë', password: 'pw' }
  return [
    ['createUser', isDone(await post('/user', user))],
    ['createUsersWithListInput', isDone(await post('/user/createWithList', [{ username: 'smoke-bob' }]))],
    ['createUser refuses', isRefused(await post('/user', { username: 1 }))],
    ['getUserByName', (await get('/user/smoke-ada')).object.firstName === user.firstName],
    ['getUserByName in XML', firstNameIn((await getXml('/user/smoke-ada')).text) === user.firstName],
    ['updateUser', isDone(await put('/user/smoke-ada', { ...user, firstName: 'Eve' }))],
    ['updateUser is stored', (await get('/user/smoke-ada')).object.firstName === 'Eve'],
    ['loginUser', typeof (await get('/user/login?username=smoke-ada&password=pw')).value === 'string'],
    ['logoutUser', isDone(await get('/user/logout'))],
    ['deleteUser', isDone(await remove('/user/smoke-ada'))],
    ['a deleted user is missing', isMissing(await get('/user/smoke-ada'))],
  ]
}

async function walkOrders({ get, post, remove, send }: Client): Promise<Step[]> {
  const placed = await post('/store/order', { name: 'smoke.example', active: true })
  const path = `/store/order/${placed.object.id}`
  const isNumbered = /^[0-9]+$/.test(String(placed.object.id))
  return [
    ['placeOrder', isDone(placed) && placed.object.name === 'smoke.example'],
    ['getOrderById', !isNumbered || (await get(path)).object.name === 'smoke.example'],
    ['deleteOrder', !isNumbered || isDone(await remove(path))],
    ['a deleted order is missing', [400, 404].includes((await get(path)).status)],
    ['placeOrder refuses', isRefused(await post('/store/order', { active: 'yes' }))],
    ['a wrong method', (await send('PATCH', '/store/order')).status === 405],
  ]
}

async function walkPets({ get, put, post, form, remove, send }: Client): Promise<Step[]> {
  const found = await get('/pet/findByStatus?status=available,pending,sold')
  const { id } = found.list[0] ?? {}
  const upload = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--b--\r\n'
  const general: Step[] = [
    ['findPetsByStatus', isDone(found) && Array.isArray(found.value)],
    ['findPetsByTags', Array.isArray((await get('/pet/findByTags?tags=tag1,tag2')).value)],
    ['getInventory', isDone(await get('/store/inventory'))],
    ['no key', [401, 403].includes((await get('/store/inventory', { key: null })).status)],
    ['addDomain', isDone(await post('/domain', { name: 'smoke.example' }))],
    ['a missing pet', isMissing(await get('/pet/987654321'))],
  ]
  if (id === undefined) return general
  const path = `/pet/${id}`
  return [
    ...general,
    ['updatePet', isDone(await put('/domain', { id, name: 'Smoke', photoUrls: ['a', 'b'], status: 'sold' }))],
    ['updatePet is stored', (await get(path)).object.name === 'Smoke'],
    ['updatePet refuses', isRefused(await put('/domain', { id, name: 1, photoUrls: [] }))],
    ['updatePetWithForm', isDone(await form(path, 'status=pending'))],
    ['updatePetWithForm is stored', (await get(path)).object.status === 'pending'],
    [
      'uploadFile',
      isDone(await send('POST', `${path}/uploadImage`, { type: 'multipart/form-data; boundary=b', body: upload })),
    ],
    ['deletePet', isDone(await remove(path))],
    ['a deleted pet is missing', isMissing(await get(path))],
  ]
}
