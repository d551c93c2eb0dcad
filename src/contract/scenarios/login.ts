import { headers } from '../checks/headers.ts'
import { login } from '../checks/login.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { headersOf } from '../published.ts'
import type { Run } from '../run.ts'
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
function adviseOnExpiry(run: Run, interaction: Interaction): void {
  const expires = interaction.answer?.headers['x-expires-after'] ?? ''
  const now = Date.parse(interaction.answer?.headers.date ?? '')
  const named = interaction.operation ? headersOf(interaction.operation) : []
  const pointer = named.find(({ name }) => name === 'X-Expires-After')?.pointer
  const advise = (place: string, expected: string) =>
    run.remark('advice', headers, interaction, { place, expected, actual: expires, ...(pointer && { pointer }) })
  if (!isSuccess(interaction) || !isDateTime(expires)) return
  if (!/(Z|[+-]00:00)$/i.test(expires)) advise('expiry in another zone', 'X-Expires-After in UTC')
  if (Date.parse(expires) <= now)
    advise('expiry that is past', `X-Expires-After after the answer's Date, ${interaction.answer?.headers.date}`)
}

/** An empty token lets nobody know that the login went well. */
function checkToken(run: Run, interaction: Interaction): void {
  if (!isSuccess(interaction) || typeof interaction.value !== 'string') return
  run.check(login, interaction, interaction.value !== '', () => ({
    place: 'an empty token',
    expected: 'a token with at least one character',
    actual: '""',
  }))
}

/** Logs in with the right password and with wrong ones, and out; the user stays what it is. */
export async function logIn(run: Run, user: Named): Promise<void> {
  const query = (password = '') =>
    `username=${encodeURIComponent(user.username)}&password=${encodeURIComponent(password)}`
  const right = await readEveryWay(run, 'loginUser', {
    query: query(user.password),
    about: 'a login with the right password',
  })
  checkToken(run, right)
  adviseOnExpiry(run, right)
  for (const [about, password] of wrongPasswords(user.password ?? ''))
    await run.send('loginUser', { query: query(password), expect: 'refused', about: `a login with ${about}` })
  await run.send('logoutUser', { about: 'a logout' })
  await run.send('logoutUser', { about: 'another logout' })
  await checkUntouched(run, user, 'a login', right)
}
