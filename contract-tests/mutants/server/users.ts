import { type Handling, Refusal, type Reply } from './handling.ts'
import type { User } from './store.ts'

const RESERVED = ['login', 'logout', 'createWithList']
const HOUR_MS = 60 * 60 * 1000

/** Stores the user under its name. */
export function createUser({ input, store }: Handling): Reply {
  const user = requireName(input.body as Partial<User>)
  store.users.set(user.username, user)
  return { status: 200 }
}

/** Stores all users, or none where one is refused. */
export function createUsersWithListInput({ input, store }: Handling): Reply {
  const users = (input.body as Partial<User>[]).map(requireName)
  for (const user of users) store.users.set(user.username, user)
  return { status: 200 }
}

function requireName(user: Partial<User>): User {
  const { username = '' } = user
  if (username.trim() === '' || RESERVED.includes(username)) throw new Refusal(400, 'Invalid username supplied')
  return { ...user, username }
}

/** Gives a token, but not for a wrong password. */
export function loginUser({ input, store, now }: Handling): Reply {
  const [username = ''] = input.query.get('username') ?? []
  const [password = ''] = input.query.get('password') ?? []
  const user = store.users.get(username)
  if (username.trim() === '' || password === '') throw new Refusal(400, 'Invalid username/password supplied')
  if (user && user.password !== password) throw new Refusal(400, 'Invalid username/password supplied')
  const headers = { 'X-Rate-Limit': '5000', 'X-Expires-After': new Date(now() + HOUR_MS).toISOString() }
  return { status: 200, value: `session-${Buffer.from(username).toString('hex')}`, headers }
}

export const logoutUser = (): Reply => ({ status: 200 })

export const getUserByName = (handling: Handling): Reply => ({ status: 200, value: requireUser(handling) })

/** Replaces the whole user; the path names it. */
export function updateUser(handling: Handling): Reply {
  const { username } = requireUser(handling)
  handling.store.users.set(username, { ...(handling.input.body as Partial<User>), username })
  return { status: 200 }
}

export function deleteUser(handling: Handling): Reply {
  handling.store.users.delete(requireUser(handling).username)
  return { status: 200 }
}

/** Finds the user that the path names, or refuses with 404. */
export function requireUser({ input, store }: Handling): User {
  const user = store.users.get(input.parameter)
  if (user === undefined) throw new Refusal(404, 'User not found')
  return user
}
