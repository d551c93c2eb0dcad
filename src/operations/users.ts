import { ApiError } from '../errors.ts'
import type { StoredUser, User } from '../model.ts'
import { done, ok } from '../reply.ts'
import type { Store } from '../store/store.ts'
import type { Handler } from './handler.ts'

/** Paths of their own: no user of such a name could ever be read. */
const RESERVED = ['login', 'logout', 'createWithList']

const CALLS_PER_HOUR = 5000
const TOKEN_LIFETIME_MS = 60 * 60 * 1000

/** Stores the user, over one of the same name. */
export const createUser: Handler<'createUser'> = ({ body }, { store: { users } }) => {
  users.put(requireUsername(body, '/body/username'))
  return done()
}

/** Stores all users or, where one is refused, none. */
export const createUsersWithListInput: Handler<'createUsersWithListInput'> = ({ body }, { store: { users } }) => {
  const named = body.map((user, index) => requireUsername(user, `/body/${index}/username`))
  for (const user of named) users.put(user)
  return done()
}

/** Gives a token to a stored user with the right password, and to any name that is not stored. */
export const loginUser: Handler<'loginUser'> = ({ query }, { store: { users }, clock, issue }) => {
  requireCredentials(query, users.get(query.username))
  return ok(issue.token(query.username), {
    'X-Rate-Limit': String(CALLS_PER_HOUR),
    'X-Expires-After': new Date(clock.now() + TOKEN_LIFETIME_MS).toISOString(),
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
  if (isBlank(username)) throw invalid('/path/username', 'a username that is not blank', username)
  const user = users.get(username)
  if (user === undefined) throw new ApiError(404, `There is no user ${username}. Create one with POST /user.`)
  return user
}

function requireUsername(user: User, pointer: string): StoredUser {
  const { username } = user
  if (username === undefined || isBlank(username)) throw invalid(pointer, 'a username that is not blank', username)
  if (RESERVED.includes(username)) throw invalid(pointer, `a username other than ${RESERVED.join(', ')}`, username)
  return { ...user, username }
}

function requireCredentials(
  { username, password }: { username: string; password: string },
  user: StoredUser | undefined,
) {
  if (isBlank(username)) throw invalid('/query/username', 'a username that is not blank', username)
  if (isBlank(password)) throw invalid('/query/password', 'a password that is not blank')
  if (user && user.password !== password) throw invalid('/query/password', `the password of ${username}`)
}

function invalid(pointer: string, expected: string, received?: string): ApiError {
  const violation = { pointer, expected, ...(received !== undefined && { received }) }
  return new ApiError(400, `${pointer} must be ${expected}.`, [violation])
}

const isBlank = (text: string) => text.trim() === ''
