import { afterAll, beforeAll, expect, test } from '@jest/globals'
import supertest from 'supertest'
import { type Aim, takeAim, writingTest } from './aim.ts'

let aim: Aim
beforeAll(async () => {
  aim = await takeAim()
})
afterAll(() => aim.close())

const api = () => supertest(aim.url)

writingTest('POST /store/order places an order that can be read and deleted by its number', async () => {
  const placed = await api().post('/store/order').send({ name: 'order.example' }).accept('application/json').expect(200)
  expect(placed.body).toMatchObject({ name: 'order.example' })
  const { id } = placed.body
  expect(typeof id).toBe('string')
  if (!/^\d+$/.test(id)) return
  const read = await api().get(`/store/order/${id}`).accept('application/json').expect(200)
  expect(read.body).toMatchObject({ name: 'order.example' })
  expect((await api().delete(`/store/order/${id}`)).ok).toBe(true)
  expect([400, 404]).toContain((await api().get(`/store/order/${id}`)).status)
})

test.each(['0', '-1', 'abc', '1.5'])('GET /store/order/%s is refused', async (id) => {
  expect([400, 404]).toContain((await api().get(`/store/order/${id}`)).status)
})

writingTest('POST /store/order refuses a name that is no text', async () => {
  expect([400, 405, 415, 422]).toContain((await api().post('/store/order').send({ name: 7 })).status)
})
