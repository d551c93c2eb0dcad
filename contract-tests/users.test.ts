import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import supertest from 'supertest'
import { type Aim, takeAim, writingTest } from './aim.ts'

let aim: Aim
beforeAll(async () => {
  aim = await takeAim()
})
afterAll(() => aim.close())

const api = () => supertest(aim.url)
const pathOf = (username: string) => `/user/${encodeURIComponent(username)}`
const read = (username: string) => api().get(pathOf(username)).accept('application/json')

/** Acts on a user of its own, which it removes; does nothing where a login is needed first. */
async function withUser(act: (user: { username: string; password: string }) => Promise<void>): Promise<void> {
  const user = { username: `contract ${randomUUID()} Zoë`, password: 'p&ss word+1', email: 'zoe@mail.example' }
  const created = await api().post('/user').send(user)
  if ([401, 403].includes(created.status)) return
  try {
    expect(created.ok).toBe(true)
    await act(user)
  } finally {
    await api().delete(pathOf(user.username))
  }
}

writingTest('POST /user stores a user that GET /user/{username} reads', () =>
  withUser(async ({ username }) => {
    expect((await read(username).expect(200)).body).toMatchObject({ username, email: 'zoe@mail.example' })
  }),
)

writingTest('PUT /user/{username} replaces the user', () =>
  withUser(async ({ username }) => {
    expect((await api().put(pathOf(username)).send({ username, firstName: 'Ada' })).ok).toBe(true)
    const { body } = await read(username).expect(200)
    expect(body).toMatchObject({ username, firstName: 'Ada' })
    expect(body.email).not.toBe('zoe@mail.example')
  }),
)

writingTest('DELETE /user/{username} removes the user, once', () =>
  withUser(async ({ username }) => {
    expect((await api().delete(pathOf(username))).ok).toBe(true)
    await read(username).expect(404)
    await api().delete(pathOf(username)).expect(404)
  }),
)

writingTest('GET /user/login takes the right password, sends both headers, and refuses a wrong one', () =>
  withUser(async ({ username, password }) => {
    const login = await api().get('/user/login').query({ username, password }).accept('application/json').expect(200)
    expect(typeof login.body).toBe('string')
    expect(login.headers['x-rate-limit']).toMatch(/^\d+$/)
    expect(Date.parse(login.headers['x-expires-after'] ?? '')).not.toBeNaN()
    await api().get('/user/login').query({ username, password: 'wrong' }).expect(400)
  }),
)

test('GET /user/logout is no user of that name', async () => {
  expect((await api().get('/user/logout')).ok).toBe(true)
})

test('GET /user/{username} of nobody is 404', () => read(`nobody-${randomUUID()}`).expect(404))
