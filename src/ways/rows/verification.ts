import { statusOr } from '../adopt.ts'
import { isDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

/** If nobody can log in, every refusal of a login is one of these. */
function read(all: readonly Seen[]): Habit[] {
  const logins = all.filter(({ operation, method }) => operation === 'loginUser' && method !== 'OPTIONS')
  const done = logins.filter(isDone)
  if (done.length > 0) return [{ place: 'login', does: 'at once', seen: done }]
  const denied = logins.filter(({ status }) => [401, 403].includes(status))
  return denied.length === 0 ? [] : [{ place: 'login', does: String(denied[0]?.status), seen: denied }]
}

/** Whether a new user can log in at once. */
export const verification: Way = {
  id: 'verification',
  question: 'Rules of the house: unique emails, verification, lock-out after wrong passwords, a User-Agent',
  mock: ['at once'],
  part: 'status',
  read,
  say: ({ live }, server) =>
    `${server} lets no new user log in (${live}), as before a verification; the mock does at once`,
  setting: (place) => place,
  adopt: statusOr((status) => ({ logins: { loginUser: status } })),
}
