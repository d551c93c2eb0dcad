import { afterEach, expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock } from '../../index.ts'
import { loadDocument } from '../../openapi/load-document.ts'
import { type Operation, type OperationId, responseFor } from '../../openapi/operation.ts'
import { pathOf } from '../../openapi/package-files.ts'

const document = loadDocument(pathOf('openapi.yaml'))
const mock = createMock()
afterEach(() => {
  mock.reset()
  expect(mock.defects).toEqual([])
})

/** A request: the path's values and query in place, a body of a type. */
interface Ask {
  readonly target: string
  readonly type?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) })
const form = (body: string) => ({ type: 'application/x-www-form-urlencoded', body })
const file = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nbytes\r\n--b--\r\n'
const multipart = { type: 'multipart/form-data; boundary=b', body: file }
const PET = { id: 1, name: 'rex', photoUrls: [] }

/** For each operation, a request that gets each documented status; 401, 406, 413 and 415 are made from the first. */
const ASKS: { readonly [Id in OperationId]: Readonly<Record<string, Ask>> } = {
  addDomain: { 200: { target: '/domain', ...json({ name: 'a.example' }) }, 405: { target: '/domain', ...json({}) } },
  updatePet: {
    200: { target: '/domain', ...json(PET) },
    400: { target: '/domain', ...json({ ...PET, id: 'x' }) },
    404: { target: '/domain', ...json({ ...PET, id: 999 }) },
    405: { target: '/domain', ...json({ ...PET, name: 1 }) },
  },
  findPetsByStatus: { 200: { target: '/pet/findByStatus?status=sold' }, 400: { target: '/pet/findByStatus?status=x' } },
  findPetsByTags: { 200: { target: '/pet/findByTags?tags=tag1' }, 400: { target: '/pet/findByTags' } },
  getPetById: { 200: { target: '/pet/1' }, 400: { target: '/pet/x' }, 404: { target: '/pet/999' } },
  updatePetWithForm: {
    200: { target: '/pet/1', ...form('name=rex') },
    404: { target: '/pet/999', ...form('name=rex') },
    405: { target: '/pet/1', ...form('status=gone') },
  },
  deletePet: { 200: { target: '/pet/1' }, 400: { target: '/pet/x' }, 404: { target: '/pet/999' } },
  uploadFile: {
    200: { target: '/pet/1/uploadImage', ...multipart },
    400: { target: '/pet/1/uploadImage', ...multipart, body: 'x' },
    404: { target: '/pet/999/uploadImage', ...multipart },
  },
  getInventory: {
    200: { target: '/store/inventory' },
    400: { target: '/store/inventory', headers: { prefer: 'code=404' } },
  },
  placeOrder: { 200: { target: '/store/order', ...json({}) }, 400: { target: '/store/order', ...json({ id: 'x' }) } },
  getOrderById: {
    200: { target: '/store/order/1' },
    400: { target: '/store/order/0' },
    404: { target: '/store/order/10' },
  },
  deleteOrder: {
    200: { target: '/store/order/1' },
    400: { target: '/store/order/0' },
    404: { target: '/store/order/99' },
  },
  createUser: { default: { target: '/user', ...json({ username: 'ada' }) }, 400: { target: '/user', ...json({}) } },
  createUsersWithListInput: {
    default: { target: '/user/createWithList', ...json([{ username: 'ada' }]) },
    400: { target: '/user/createWithList', ...json({}) },
  },
  loginUser: { 200: { target: '/user/login?username=a&password=b' }, 400: { target: '/user/login?username=a' } },
  logoutUser: {
    default: { target: '/user/logout' },
    400: { target: '/user/logout', headers: { prefer: 'code=404' } },
  },
  getUserByName: { 200: { target: '/user/user1' }, 400: { target: '/user/%20' }, 404: { target: '/user/nobody' } },
  updateUser: {
    200: { target: '/user/user1', ...json({}) },
    400: { target: '/user/user1', ...json({ id: 'x' }) },
    404: { target: '/user/nobody', ...json({}) },
  },
  deleteUser: { 200: { target: '/user/user1' }, 400: { target: '/user/%20' }, 404: { target: '/user/nobody' } },
}

const asks: Readonly<Record<string, Readonly<Record<string, Ask>>>> = ASKS

/** Statuses that no request gets without a fault asked for. */
const ON_DEMAND = ['429', '500', '503']

/** The requests of an operation by status, with those that every operation answers alike. */
function asksOf({ id, secured, requestBody, responses }: Operation): Record<string, Ask> {
  const own = asks[id] ?? {}
  const good = own[200] ?? own.default ?? { target: '' }
  const tooLarge = { ...good, headers: { 'content-length': String(11 * 1024 * 1024) } }
  return {
    ...own,
    ...(secured && { 401: { ...good, headers: { api_key: 'wrong' } } }),
    ...('406' in responses && { 406: { ...good, headers: { accept: 'text/html' } } }),
    ...(requestBody ? { 413: tooLarge, 415: { ...good, type: 'text/plain', body: 'x' } } : {}),
  }
}

function ask({ method }: Operation, { target, type, body, headers }: Ask) {
  const request = supertest(mock.app)
    [method.toLowerCase() as 'get'](`/v2${target}`)
    .set({ api_key: 'special-key', ...headers })
  return type === undefined ? request : request.type(type).send(body)
}

const CELLS = document.operations.flatMap((operation) =>
  Object.keys(operation.responses)
    .filter((status) => !ON_DEMAND.includes(status) && (operation.requestBody || !['413', '415'].includes(status)))
    .map((status) => [`${operation.id} gives ${status}`, operation, status] as const),
)

test.each(CELLS)('%s', async (_name, operation, status) => {
  if (operation.id === 'getOrderById' && status === '404') mock.store.orders.delete(10)
  const { [status]: row } = asksOf(operation)
  const response = await ask(operation, row as Ask)
  expect(response.status).toBe(status === 'default' ? 200 : Number(status))
  const [documented] = Object.keys(responseFor(operation, response.status)?.content ?? {})
  if (documented === undefined) expect(response.headers['content-type']).toBeUndefined()
  if (status.startsWith('4')) expect(response.body).toMatchObject({ status: Number(status), title: expect.any(String) })
})

const MEDIA = document.operations.flatMap((operation) =>
  Object.keys(responseFor(operation, 200)?.content ?? {}).map(
    (type) => [`${operation.id} answers in ${type}`, operation, type] as const,
  ),
)

test.each(MEDIA)('%s', async (_name, operation, type) => {
  const { status, headers, text } = await ask(operation, {
    ...(asks[operation.id]?.[200] as Ask),
    headers: { accept: type },
  })
  expect(status).toBe(200)
  expect(headers['content-type']).toBe(type)
  expect(text.startsWith('<?xml')).toBe(type === 'application/xml')
})

const BODIES = document.operations.flatMap((operation) =>
  Object.keys(operation.requestBody?.content ?? {}).map(
    (type) => [`${operation.id} takes ${type}`, operation, type] as const,
  ),
)

test.each(BODIES)('%s', async (_name, operation, type) => {
  const asked = asks[operation.id]?.[200] ?? asks[operation.id]?.default
  const body = type === 'application/xml' ? { type, body: '<Pet><id>1</id><name>rex</name></Pet>' } : {}
  expect((await ask(operation, { ...(asked as Ask), ...body })).status).toBe(200)
})
