import { beforeEach, expect, test } from '@jest/globals'
import { createMock, type Mock } from '../../index.ts'

let mock: Mock
beforeEach(() => {
  mock = createMock()
})

/** Sends a request to the control plane; gives the status and the body. */
async function admin(send: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }> {
  const [method = '', path = ''] = send.split(' ')
  const json = { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  const response = await mock.fetch(`/__admin/state/${path}`, { method, ...(body !== undefined && json) })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

const pet = { name: 'Rex', photoUrls: [], status: 'sold' as const }

test('a pet that is added without an id gets the next free one, and is found by the API', async () => {
  expect(await admin('POST pets', pet)).toEqual({ status: 200, body: { id: 11, ...pet } })
  expect(await admin('POST pets', pet)).toMatchObject({ body: { id: 12 } })
  const sold = await mock.fetch('/v2/pet/findByStatus?status=sold', { headers: { api_key: 'special-key' } })
  expect(await sold.json()).toContainEqual({ id: 11, ...pet })
})

test.each([
  ['users', { firstName: 'Ada' }, { username: expect.stringMatching(/^user\d+$/), firstName: 'Ada' }],
  [
    'domains',
    { name: 'a.example' },
    { id: expect.any(String), validate: expect.any(String), name: 'a.example', active: false },
  ],
  ['orders', { name: 'b.example' }, { id: '11', name: 'b.example', active: false }],
])('a record of %s that is added without a key gets one', async (collection, record, stored) => {
  const before = mock.store[collection as 'users'].size
  expect(await admin(`POST ${collection}`, record)).toEqual({ status: 200, body: stored })
  expect(mock.store[collection as 'users'].size).toBe(before + 1)
})

test('a record that is added keeps its own key, and takes no other record`s', async () => {
  expect(await admin('POST pets', { ...pet, id: 99 })).toEqual({ status: 200, body: { ...pet, id: 99 } })
  expect(await admin('POST pets', { ...pet, id: 99 })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/body/id', received: 99 }] },
  })
})

test('a record is read, replaced and deleted by its key', async () => {
  expect(await admin('PUT pets/1', pet)).toEqual({ status: 200, body: { ...pet, id: 1 } })
  expect(await admin('GET pets/1')).toEqual({ status: 200, body: { ...pet, id: 1 } })
  expect(await admin('PUT users/ada', { email: 'ada@mail.example' })).toMatchObject({ body: { username: 'ada' } })
  expect(await admin('DELETE users/ada')).toEqual({ status: 200, body: undefined })
  for (const send of ['GET users/ada', 'DELETE users/ada', 'GET pets/x', 'DELETE orders/007'])
    expect(await admin(send)).toMatchObject({ status: 404, body: { detail: expect.stringContaining('lists them') } })
})

test.each([
  ['POST pets', { name: 'Rex' }, '/body/photoUrls'],
  ['POST pets', { ...pet, status: 'solt' }, '/body/status'],
  ['POST pets', { ...pet, id: -1 }, '/body/id'],
  ['POST pets', { ...pet, id: 2 ** 53 }, '/body/id'],
  ['PUT pets/1', { ...pet, id: 2 }, '/body/id'],
  ['PUT pets/x', pet, '/body/id'],
  ['PUT orders/0', { name: 'a' }, '/body/id'],
  ['POST users', { username: ' ' }, '/body/username'],
  ['POST nothing', {}, '/path/collection'],
])('%s of %j is refused at %s, and nothing changes', async (send, record, pointer) => {
  const before = JSON.stringify(mock.store.export())
  expect(await admin(send, record)).toMatchObject({
    status: 400,
    body: { errors: [expect.objectContaining({ pointer })] },
  })
  expect(JSON.stringify(mock.store.export())).toBe(before)
})

test('the same changes in process', async () => {
  expect(await mock.addRecord('pets', pet)).toEqual({ id: 11, ...pet })
  expect(await mock.putRecord('users', 'ada', {})).toEqual({ username: 'ada' })
  mock.deleteRecord('pets', '11')
  expect(mock.store.pets.has(11)).toBe(false)
  expect(() => mock.deleteRecord('pets', '11')).toThrow('There is no record 11 in pets')
  await expect(mock.session('other').addRecord('pets', { name: 1 })).rejects.toMatchObject({ status: 400 })
})
