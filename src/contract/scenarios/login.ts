import { isDateTime } from '../../openapi/formats.ts'
import { authentication } from '../checks/authentication.ts'
import { expiryOf, headers } from '../checks/headers.ts'
import { login } from '../checks/login.ts'
import { status } from '../checks/status.ts'
import { type Interaction, isDenied, isSuccess, statusOf } from '../interaction.ts'
import type { Run } from '../run.ts'
import { readEveryWay } from './read.ts'
import { checkUntouched, create, type Named } from './user-record.ts'

const wrongPasswords = (password: string): readonly (readonly [about: string, password: string])[] => [
  ['a wrong password', 'wrong'],
  ['the beginning of the password', password.slice(0, -1)],
  ['the password in capitals', password.toUpperCase()],
  ['more than the password', `${password}x`],
  ['the password of another user', 'of the twin'],
]

/** Only a well-formed expiry can be advised on. */
function adviseOnExpiry(run: Run, interaction: Interaction): void {
  if (!isSuccess(interaction) || !isDateTime(expiryOf(interaction))) return
  run.remark(headers, interaction, headers.expiryInUtc(interaction))
  run.remark(headers, interaction, headers.expiryAhead(interaction))
}

function checkToken(run: Run, interaction: Interaction): void {
  if (isSuccess(interaction) && typeof interaction.value === 'string')
    run.check(login, interaction, login.token(interaction.value))
}

/** Logs in with the right password and with wrong ones, and logs out. The user must not change. Resolves with true if it is locked out. */
export async function logIn(run: Run, user: Named): Promise<boolean> {
  const right = await readEveryWay(run, 'loginUser', {
    query: queryOf(user, user.password),
    about: 'a login with the right password',
  })
  await checkWithKey(run, user, right)
  checkToken(run, right)
  adviseOnExpiry(run, right)
  const isLocked = await guess(run, user)
  await run.send('logoutUser', { about: 'a logout' })
  await run.send('logoutUser', { about: 'another logout' })
  await checkUntouched(run, user, 'a login', right)
  return isLocked
}

/** Some servers let nobody log in before the email is verified, and then no key helps. If one helps, a key was asked for. */
async function checkWithKey(run: Run, user: Named, denied: Interaction): Promise<void> {
  if (!isDenied(statusOf(denied)) || run.key === undefined) return
  const keyed = await run.look('loginUser', { query: queryOf(user, user.password), key: { value: run.key } })
  if (isSuccess(keyed)) run.check(authentication, denied, authentication.needsKey(denied))
}

/** The query of a login as the user, with this password. */
export const queryOf = ({ username }: Named, password = '') =>
  `username=${encodeURIComponent(username)}&password=${encodeURIComponent(password)}`

/** Tries wrong passwords, on a user of their own: some servers lock a user out then. */
async function guess(run: Run, { username, password = '' }: Named): Promise<boolean> {
  const user: Named = { username: `${username}Guessed`, password }
  if (!(await create(run, user, 'a user for wrong passwords'))) return false
  for (const [about, wrong] of wrongPasswords(password))
    await run.send('loginUser', { query: queryOf(user, wrong), expect: 'refused', about: `a login with ${about}` })
  const again = await run.send('loginUser', {
    query: queryOf(user, password),
    accept: 'application/json',
    expect: 'any',
    about: 'a login after wrong passwords',
  })
  const isLocked = !isSuccess(again)
  if (isLocked) run.remark(status, again, status.houseRule('wrong passwords lock a user out', 'the right one', again))
  return isLocked
}
