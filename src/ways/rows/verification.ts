import { habitsOf } from '../habits-of.ts'
import type { Way } from '../way.ts'

/** Whether a new user can log in at once. */
export const verification: Way = {
  id: 'verification',
  question: 'Rules of the house: unique emails, verification, lock-out after wrong passwords, a User-Agent',
  part: 'status',
  read: habitsOf({
    isMeant: ({ operation, expectation, status }) =>
      operation === 'loginUser' &&
      ['success', 'documented'].includes(expectation) &&
      (status < 300 || [401, 403].includes(status)),
    place: () => 'login',
    does: ({ status }) => (status < 300 ? 'at once' : String(status)),
  }),
  say: ({ live }, server) =>
    `${server} lets no new user log in (${live}), as before a verification; the mock does at once`,
}
