import { type Exchange, isSuccess } from '../interaction.ts'
import { headersOf } from '../published.ts'
import type { Session } from '../run.ts'
import { isDateTime } from '../schema-judge.ts'
import { readEveryWay } from './read.ts'
import { checkUntouched, type Named } from './user-record.ts'

const wrongPasswords = (password: string): readonly (readonly [about: string, password: string])[] => [
  ['a wrong password', 'wrong'],
  ['the beginning of the password', password.slice(0, -1)],
  ['the password in capitals', password.toUpperCase()],
  ['more than the password', `${password}x`],
  ['the password of another user', 'of the twin'],
]

/** "Date in UTC when token expires": another offset names the same moment, and the server's clock is its own. */
function adviseOnExpiry(session: Session, exchange: Exchange): void {
  const expires = exchange.answer?.headers['x-expires-after'] ?? ''
  const now = Date.parse(exchange.answer?.headers.date ?? '')
  const named = exchange.operation ? headersOf(exchange.operation) : []
  const pointer = named.find(({ name }) => name === 'X-Expires-After')?.pointer
  const advise = (place: string, expected: string) =>
    session.remark('advice', 'headers', exchange, { place, expected, actual: expires, ...(pointer && { pointer }) })
  if (!isSuccess(exchange) || !isDateTime(expires)) return
  if (!/(Z|[+-]00:00)$/i.test(expires)) advise('expiry in another zone', 'X-Expires-After in UTC')
  if (Date.parse(expires) <= now)
    advise('expiry that is past', `X-Expires-After after the answer's Date, ${exchange.answer?.headers.date}`)
}

/** An empty token lets nobody know that the login went well. */
function checkToken(session: Session, exchange: Exchange): void {
  if (!isSuccess(exchange) || typeof exchange.value !== 'string') return
  session.check('login', exchange, exchange.value !== '', () => ({
    place: 'an empty token',
    expected: 'a token with at least one character',
    actual: '""',
  }))
}

/** Logs in with the right password and with wrong ones, and out; the user stays what it is. */
export async function login(session: Session, user: Named): Promise<void> {
  const query = (password = '') =>
    `username=${encodeURIComponent(user.username)}&password=${encodeURIComponent(password)}`
  const right = await readEveryWay(session, 'loginUser', {
    query: query(user.password),
    about: 'a login with the right password',
  })
  checkToken(session, right)
  adviseOnExpiry(session, right)
  for (const [about, password] of wrongPasswords(user.password ?? ''))
    await session.send('loginUser', { query: query(password), expect: 'refused', about: `a login with ${about}` })
  await session.send('logoutUser', { about: 'a logout' })
  await session.send('logoutUser', { about: 'another logout' })
  await checkUntouched(session, user, 'a login', right)
}
