import { type Exchange, Refusal, type Reply } from './exchange.ts'
import type { User } from './store.ts'

const RESERVED = ['login', 'logout', 'createWithList']
const HOUR_MS = 60 * 60 * 1000

/** Stores the user under its name. */
export function createUser({ input, store }: Exchange): Reply {
  const user = requireName(input.body as Partial<User>)
  store.users.set(user.username, user)
  return { status: 200 }
}

/** Stores all users, or none where one is refused. */
export function createUsersWithListInput({ input, store }: Exchange): Reply {
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
export function loginUser({ input, store, now }: Exchange): Reply {
  const [username = ''] = input.query.get('username') ?? []
  const [password = ''] = input.query.get('password') ?? []
  const user = store.users.get(username)
  if (username.trim() === '' || password === '') throw new Refusal(400, 'Invalid username/password supplied')
  if (user && user.password !== password) throw new Refusal(400, 'Invalid username/password supplied')
  const headers = { 'X-Rate-Limit': '5000', 'X-Expires-After': new Date(now() + HOUR_MS).toISOString() }
  return { status: 200, value: `session-${Buffer.from(username).toString('hex')}`, headers }
}

export const logoutUser = (): Reply => ({ status: 200 })

export const getUserByName = (exchange: Exchange): Reply => ({ status: 200, value: requireUser(exchange) })

/** Replaces the whole user; the path names it. */
export function updateUser(exchange: Exchange): Reply {
  const { username } = requireUser(exchange)
  exchange.store.users.set(username, { ...(exchange.input.body as Partial<User>), username })
  return { status: 200 }
}

export function deleteUser(exchange: Exchange): Reply {
  exchange.store.users.delete(requireUser(exchange).username)
  return { status: 200 }
}

/** Finds the user that the path names, or refuses with 404. */
export function requireUser({ input, store }: Exchange): User {
  const user = store.users.get(input.parameter)
  if (user === undefined) throw new Refusal(404, 'User not found')
  return user
}
