import { expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock } from '../../index.ts'

const LAST = Number.MAX_SAFE_INTEGER

const DOORS = [
  { name: 'placeOrder', path: '/v2/store/order', status: 400, counter: 'order' },
  { name: 'addDomain', path: '/v2/domain', status: 405, counter: 'domain' },
] as const

const post = (mock: ReturnType<typeof createMock>, path: string) =>
  supertest(mock.app).post(path).set('api_key', 'special-key').send({ name: 'shop.example' })

test.each(DOORS)(
  '$name gives the last number that JSON carries, and none after it',
  async ({ path, status, counter }) => {
    const mock = createMock()
    await mock.putState({ counters: { ...mock.store.counters, [counter]: LAST - 1 } })
    const { body } = await post(mock, path).expect(200)
    if (counter === 'order') expect(body.id).toBe(String(LAST))
    const refused = await post(mock, path).expect(status)
    expect(refused.body.detail).toContain(String(LAST))
    const exported = mock.store.export()
    expect(exported.counters[counter]).toBe(LAST)
    await mock.putState(exported)
    expect(mock.store.export()).toEqual(exported)
    expect(mock.defects).toEqual([])
  },
)

test.each(DOORS)('$name does not count on from the highest counter that a state may have', async (door) => {
  const mock = createMock()
  await mock.putState({ orders: [{ id: String(LAST) }], counters: { order: LAST, domain: LAST } })
  await post(mock, door.path).expect(door.status)
  expect(mock.store.counters).toEqual({ order: LAST, domain: LAST })
})

test('placeOrder refuses if all numbers above the counter are taken', async () => {
  const mock = createMock()
  await mock.putState({ orders: [{ id: String(LAST) }], counters: { order: LAST - 1, domain: 0 } })
  await post(mock, '/v2/store/order').expect(400)
  const given = { id: '11', name: 'shop.example' }
  await supertest(mock.app).post('/v2/store/order').send(given).expect(200)
})

test('a login at the end of the years that RFC 3339 has shows a time that conforms', async () => {
  const mock = createMock()
  mock.clock.set(Date.UTC(9999, 11, 31, 23, 59, 59))
  mock.clock.freeze()
  const { status, headers } = await supertest(mock.app).get('/v2/user/login?username=ada&password=x')
  expect([status, mock.defects]).toEqual([200, []])
  expect(headers['x-expires-after']).toMatch(/^9999-/)
})
