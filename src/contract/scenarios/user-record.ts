import type { User } from '../../openapi/model.ts'
import { findLoss } from '../compare.ts'
import { type Exchange, isSuccess, statusOf } from '../interaction.ts'
import type { Session } from '../run.ts'

/** A user that a path can name. */
export type Named = User & { readonly username: string }

/** The path of the user. */
export const pathOf = ({ username }: Named) => ({ path: { username } })

/** Creates the user. Resolves with whether it was done. */
export async function create(session: Session, user: Named, about = 'a user with every field'): Promise<boolean> {
  return isSuccess(await session.send('createUser', { json: user, about }))
}

/** Reads a user back in JSON; it must hold what was sent, but for the password. */
export async function readUser(session: Session, user: Named, cause: string): Promise<Exchange> {
  const { password, ...expected } = user
  const sending = { ...pathOf(user), about: `reading after ${cause}` }
  const exchange = await session.send('getUserByName', { ...sending, accept: 'application/json' })
  if (!isSuccess(exchange)) return exchange
  const loss = findLoss(expected, exchange.value)
  session.check('read-back', exchange, loss === undefined, () => ({
    place: `stored ${loss?.at}`,
    expected: `${loss?.at}: ${loss?.expected}, as was sent by ${cause}`,
    actual: String(loss?.actual),
  }))
  const { username = user.username } = Object(exchange.value)
  session.check('cross-check', exchange, username === user.username, () => ({
    place: 'the name of a user',
    expected: 'the name that the path has',
    actual: String(username),
  }))
  notePassword(session, exchange)
  return exchange
}

function notePassword(session: Session, exchange: Exchange): void {
  if (Object(exchange.value).password === undefined) return
  session.remark('note', 'read-back', exchange, {
    place: 'password in the reply',
    expected: 'no password in a reply, though the schema has one',
    actual: 'a password',
  })
}

/** Reads a user that nothing was done to. */
export async function checkUntouched(session: Session, user: Named, cause: string, reading?: Exchange): Promise<void> {
  const { password, ...expected } = user
  const exchange = await session.send('getUserByName', {
    ...pathOf(user),
    accept: 'application/json',
    expect: 'any',
    about: `another user after ${cause}`,
  })
  const loss = isSuccess(exchange) ? findLoss(expected, exchange.value) : undefined
  session.check('isolation', exchange, isSuccess(exchange) && loss === undefined, () => ({
    place: 'another user',
    expected: `${loss ? `${loss.at}: ${loss.expected}` : 'the user'} as before ${cause}`,
    actual: loss?.actual ?? String(statusOf(exchange)),
    ...(reading && { cause: reading }),
  }))
}

/** Deletes a user, which must then be gone. */
export async function deleteUser(session: Session, user: Named, about: string): Promise<boolean> {
  const sent = await session.send('deleteUser', { ...pathOf(user), about })
  if (!isSuccess(sent)) return false
  const read = await session.send('getUserByName', { ...pathOf(user), expect: 'missing', about: 'a deleted user' })
  session.check('deletion', read, statusOf(read) === 404, () => ({
    place: 'a deleted user',
    expected: '404',
    actual: String(statusOf(read)),
  }))
  return true
}
