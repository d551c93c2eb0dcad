import { randomUUID } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { REFUSED } from './statuses.ts'
import { useTarget, writingTest } from './target.ts'

interface User {
  readonly username: string
  readonly password: string
  readonly email: string
}

/** The reference says that no operation on users needs a key. */
const { anonymous } = useTarget()

const newUser = (): User => ({
  username: `contract ${randomUUID()} Zoë`,
  password: 'p&ss word+1',
  email: 'zoe@mail.example',
})

const pathOf = ({ username }: Pick<User, 'username'>) => `/user/${encodeURIComponent(username)}`
const readUser = (user: Pick<User, 'username'>) => anonymous().get(pathOf(user)).accept('application/json')
const removeUser = (user: User) => anonymous().delete(pathOf(user))

/**
 * Creates a user, acts on it and removes it. The reference says "This can only be done by the logged in user", so a server
 * may answer 401 or 403; then there is nothing to test.
 */
async function withUser(act: (user: User) => Promise<void>): Promise<void> {
  const user = newUser()
  const created = await anonymous().post('/user').send(user)
  if ([401, 403].includes(created.status)) return
  try {
    expect(created.ok).toBe(true)
    await act(user)
  } finally {
    await removeUser(user)
  }
}

describe('POST /user', () => {
  writingTest('stores a user', () =>
    withUser(async (user) => {
      const { username, email } = user
      expect((await readUser(user).expect(200)).body).toMatchObject({ username, email })
    }),
  )

  writingTest('refuses a user whose email is not a string, and stores nothing', async () => {
    const user = newUser()
    const { status } = await anonymous()
      .post('/user')
      .send({ ...user, email: 7 })
    expect([...REFUSED, 401, 403]).toContain(status)
    await readUser(user).expect(404)
  })
})

describe('POST /user/createWithList', () => {
  const createAll = (users: unknown) =>
    anonymous().post('/user/createWithList').send(JSON.stringify(users)).type('json')

  writingTest('stores every user of the list', async () => {
    const users = [newUser(), newUser()]
    try {
      expect((await createAll(users)).ok).toBe(true)
      for (const user of users) expect((await readUser(user).expect(200)).body).toMatchObject({ email: user.email })
    } finally {
      for (const user of users) await removeUser(user)
    }
  })

  writingTest('refuses the whole list if one user is invalid', async () => {
    const [good, bad] = [newUser(), { ...newUser(), email: 7 }]
    expect(REFUSED).toContain((await createAll([good, bad])).status)
    await readUser(good).expect(404)
  })

  writingTest('refuses a single user that is not in a list', async () => {
    expect(REFUSED).toContain((await createAll(newUser())).status)
  })
})

describe('GET /user/{username}', () => {
  writingTest('gives the user as XML if the client asks for it', () =>
    withUser(async (user) => {
      const { text } = await anonymous()
        .get(pathOf(user))
        .accept('application/xml')
        .expect(200)
        .expect('Content-Type', /^application\/xml/i)
      expect(text).toMatch(/<(\w+:)?User[\s>]/)
      expect(text).toContain(user.email)
    }),
  )

  test('gives 404 for a user who is not there', async () => {
    await readUser(newUser()).expect(404)
  })
})

describe('PUT /user/{username}', () => {
  writingTest('replaces the user', () =>
    withUser(async (user) => {
      const { username } = user
      expect((await anonymous().put(pathOf(user)).send({ username, firstName: 'Ada' })).ok).toBe(true)
      const { body } = await readUser(user).expect(200)
      expect(body).toMatchObject({ username, firstName: 'Ada' })
      expect(body.email).not.toBe(user.email)
    }),
  )

  writingTest('refuses a first name that is not a string, which changes nothing', () =>
    withUser(async (user) => {
      const { body: before } = await readUser(user).expect(200)
      expect(REFUSED).toContain(
        (
          await anonymous()
            .put(pathOf(user))
            .send({ ...user, firstName: 7 })
        ).status,
      )
      expect((await readUser(user).expect(200)).body).toEqual(before)
    }),
  )

  writingTest('gives 404 for a user who is not there', async () => {
    const user = newUser()
    expect([401, 403, 404]).toContain((await anonymous().put(pathOf(user)).send(user)).status)
  })
})

describe('DELETE /user/{username}', () => {
  writingTest('removes the user, once', () =>
    withUser(async (user) => {
      expect((await removeUser(user)).ok).toBe(true)
      await readUser(user).expect(404)
      await removeUser(user).expect(404)
    }),
  )

  writingTest('gives 404 for a user who is not there', async () => {
    expect([401, 403, 404]).toContain((await removeUser(newUser())).status)
  })
})

describe('GET /user/login', () => {
  const login = (query: object) => anonymous().get('/user/login').query(query).accept('application/json')

  writingTest('gives a token and both headers for the right password', () =>
    withUser(async ({ username, password }) => {
      const { body, headers } = await login({ username, password }).expect(200)
      expect(typeof body).toBe('string')
      expect(headers['x-rate-limit']).toMatch(/^\d+$/)
      expect(Date.parse(headers['x-expires-after'] ?? '')).not.toBeNaN()
    }),
  )

  writingTest('gives the token as XML if the client asks for it', () =>
    withUser(async ({ username, password }) => {
      await login({ username, password })
        .accept('application/xml')
        .expect(200)
        .expect('Content-Type', /^application\/xml/i)
    }),
  )

  writingTest('refuses a wrong password', () =>
    withUser(async ({ username }) => {
      await login({ username, password: 'wrong' }).expect(400)
    }),
  )

  test('refuses a request without a password', async () => {
    expect(REFUSED).toContain((await login({ username: 'contract-nobody' })).status)
  })
})

describe('GET /user/logout', () => {
  test('succeeds, with or without a login', async () => {
    expect((await anonymous().get('/user/logout')).ok).toBe(true)
  })
})
