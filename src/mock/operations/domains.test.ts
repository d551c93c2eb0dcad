import { expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock } from '../../index.ts'

const add = (mock: ReturnType<typeof createMock>) =>
  supertest(mock.app).post('/v2/domain').set('api_key', 'special-key').send({ name: 'shop.example' }).expect(200)

test('addDomain never gives an id that is taken, though its serial is still to come', async () => {
  const [first, second] = [createMock(), createMock()]
  const { body: taken } = await add(first)
  second.store.domains.put(taken)
  const { body: added } = await add(second)
  expect(added.id).not.toBe(taken.id)
  expect(second.store.domains.get(taken.id)).toEqual(taken)
})
