import { statusOr } from '../adopt.ts'
import { habitsOf } from '../habits-of.ts'
import type { Way } from '../way.ts'

/** The refusal of a request without the key, or with a wrong one. */
export const missingKey: Way = {
  id: 'missing-key',
  question: 'No 401 or 403 is documented though 9 operations "must be authenticated"',
  mock: ['401'],
  part: 'status',
  read: habitsOf({
    // Other spellings of a path, and methods that it does not have, may be refused for that.
    isMeant: ({ expectation, isSecured, status }) =>
      isSecured && expectation === 'unauthorised' && [401, 403].includes(status),
    place: ({ operation }) => operation,
    does: ({ status }) => String(status),
  }),
  say: ({ live, mock }, server) => `${server} refuses a missing or wrong key with ${live}, the mock with ${mock}`,
  adopt: statusOr((status) => ({ key: { status } })),
}
