import { describe, expect, test } from '@jest/globals'
import { INVALID_OR_MISSING, REFUSED, UNAUTHORIZED, WRONG_METHOD } from './statuses.ts'
import { useTarget, writingTest } from './target.ts'

const STATUSES = ['available', 'pending', 'sold']
/** Beyond any id that a server is expected to have. */
const MISSING = 876_543_210

const { api, anonymous } = useTarget()

describe('GET /store/inventory', () => {
  test('counts the pets that the lists show', async () => {
    const { body: counts } = await api().get('/store/inventory').accept('application/json').expect(200)
    for (const status of STATUSES) {
      const { body: pets } = await api().get(`/pet/findByStatus?status=${status}`).accept('application/json')
      expect([status, counts[status] ?? 0]).toEqual([status, pets.length])
    }
  })

  test('refuses a request without a key', async () => {
    expect(UNAUTHORIZED).toContain((await anonymous().get('/store/inventory')).status)
  })
})

describe('POST /store/order', () => {
  const placeOrder = (order: object) => anonymous().post('/store/order').send(order)

  /** Places an order, acts on it by its number, and removes it. Only an order with an integer id can be read back. */
  async function withOrder(act: (path: string) => Promise<void>): Promise<void> {
    const { body } = await placeOrder({ name: 'order.example' }).accept('application/json').expect(200)
    if (!/^\d+$/.test(body.id)) return
    try {
      await act(`/store/order/${body.id}`)
    } finally {
      await anonymous().delete(`/store/order/${body.id}`)
    }
  }

  writingTest('places an order and gives its id', async () => {
    const placed = await placeOrder({ name: 'order.example' }).accept('application/json').expect(200)
    expect(placed.body).toMatchObject({ id: expect.any(String), name: 'order.example' })
  })

  writingTest('gives the order as XML if the client asks for it', async () => {
    const { text } = await placeOrder({ name: 'order.example' })
      .accept('application/xml')
      .expect(200)
      .expect('Content-Type', /^application\/xml/i)
    expect(text).toMatch(/<(\w+:)?Domain[\s>]/)
    expect(text).toContain('order.example')
  })

  writingTest('refuses a name that is not a string', async () => {
    expect(REFUSED).toContain((await placeOrder({ name: 7 })).status)
  })

  writingTest('GET /store/order/{orderId} reads the order, in JSON and in XML', () =>
    withOrder(async (path) => {
      const { body } = await anonymous().get(path).accept('application/json').expect(200)
      expect(body).toMatchObject({ name: 'order.example' })
      const { text } = await anonymous()
        .get(path)
        .accept('application/xml')
        .expect(200)
        .expect('Content-Type', /^application\/xml/i)
      expect(text).toContain('order.example')
    }),
  )

  writingTest('DELETE /store/order/{orderId} removes the order, once', () =>
    withOrder(async (path) => {
      expect((await anonymous().delete(path)).ok).toBe(true)
      expect(INVALID_OR_MISSING).toContain((await anonymous().get(path)).status)
      expect(INVALID_OR_MISSING).toContain((await anonymous().delete(path)).status)
    }),
  )
})

describe('An order that cannot be there', () => {
  const IDS = ['0', '-1', 'abc', '1.5', String(MISSING)]

  test.each(IDS)('is not read: GET /store/order/%s', async (id) => {
    expect(INVALID_OR_MISSING).toContain((await anonymous().get(`/store/order/${id}`)).status)
  })

  for (const id of IDS)
    writingTest(`is not deleted: DELETE /store/order/${id}`, async () => {
      expect(INVALID_OR_MISSING).toContain((await anonymous().delete(`/store/order/${id}`)).status)
    })
})

test('GET /store/order, without an id, does not exist', async () => {
  expect(WRONG_METHOD).toContain((await anonymous().get('/store/order')).status)
})
