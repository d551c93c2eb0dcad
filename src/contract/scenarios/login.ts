import { isDateTime } from '../../openapi/formats.ts'
import { expiryOf, headers } from '../checks/headers.ts'
import { login } from '../checks/login.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'
import { readEveryWay } from './read.ts'
import { checkUntouched, type Named } from './user-record.ts'

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

/** Logs in with the right password and with wrong ones, and logs out. The user must not change. */
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
