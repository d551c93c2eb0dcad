import { habitsOf } from '../habits-of.ts'
import { listed, operationIn } from '../operations.ts'
import type { Way } from '../way.ts'

/** Whether operations that need no key ask for a login all the same. */
export const loginRequired: Way = {
  id: 'login-required',
  question: '"Can only be done by the logged in user" but "does not require authentication"',
  part: 'status',
  read: habitsOf({
    isMeant: ({ isSecured, operation, expectation, status }) =>
      operation !== '' &&
      !isSecured &&
      ['success', 'documented', 'refused', 'missing', 'any'].includes(expectation) &&
      status < 500 &&
      !PASSWORD.test(operation),
    place: ({ operation, about }) => `${operation} ${about}`,
    does: ({ status }) => ([401, 403].includes(status) ? String(status) : 'no login'),
  }),
  group: (_place, live) => live,
  say: ({ live, places }, server) =>
    `${server} asks for a login at ${listed(places.map(operationIn))} (${live}), the mock does not`,
}

const PASSWORD = /^loginUser$/
