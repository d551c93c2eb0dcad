import { ApiError } from '../../openapi/api-error.ts'
import type { StoredUser } from '../../openapi/model.ts'
import { LAST_TIME } from '../clock.ts'
import { done, ok } from '../exchange/reply.ts'
import { nearestKey } from '../store/nearest-key.ts'
import type { Store } from '../store/store.ts'
import { slipIn } from '../validation/slips.ts'
import type { Handler } from './handler.ts'

const CALLS_PER_HOUR = 5000
const TOKEN_LIFETIME_MS = 60 * 60 * 1000

/** Stores the user, over one of the same name. The name was checked with the body. */
export const createUser: Handler<'createUser'> = ({ body }, { store: { users } }) => {
  users.put(body as StoredUser)
  return done()
}

/** Stores all users. Their names were checked with the body: where one is refused, none comes here. */
export const createUsersWithListInput: Handler<'createUsersWithListInput'> = ({ body }, { store: { users } }) => {
  for (const user of body) users.put(user as StoredUser)
  return done()
}

/** Gives a token to a stored user with the right password, and to any name that is not stored. */
export const loginUser: Handler<'loginUser'> = ({ query }, { store: { users }, clock, ids }) => {
  const user = users.get(query.username)
  if (user && user.password !== query.password) throw wrongPassword(query.username)
  return ok(ids.token(query.username), {
    'X-Rate-Limit': String(CALLS_PER_HOUR),
    'X-Expires-After': new Date(Math.min(clock.now() + TOKEN_LIFETIME_MS, LAST_TIME)).toISOString(),
  })
}

/** Ends nothing: the token is not tied to any state. */
export const logoutUser: Handler<'logoutUser'> = () => done()

/** Finds the user. */
export const getUserByName: Handler<'getUserByName'> = ({ path }, { store }) => ok(findUser(store, path.username))

/** Replaces the whole user; its name is the path's. */
export const updateUser: Handler<'updateUser'> = ({ path: { username }, body }, { store }) => {
  findUser(store, username)
  store.users.put({ ...body, username })
  return done()
}

/** Deletes the user. */
export const deleteUser: Handler<'deleteUser'> = ({ path: { username } }, { store }) => {
  findUser(store, username)
  store.users.delete(username)
  return done()
}

function findUser({ users }: Store, username: string): StoredUser {
  const user = users.get(username)
  if (user !== undefined) return user
  const suggestion = nearestKey(username, users)
  const hint = suggestion === undefined ? 'Create one with POST /user.' : `Did you mean ${suggestion}?`
  throw new ApiError(404, `There is no user ${username}. ${hint}${slipIn(username)}`, [
    {
      pointer: '/path/username',
      expected: 'the name of a user that is stored',
      received: username,
      ...(suggestion !== undefined && { suggestion }),
    },
  ])
}

const wrongPassword = (username: string) =>
  new ApiError(400, `The password is not that of ${username}.`, [
    { pointer: '/query/password', expected: `the password of ${username}` },
  ])
