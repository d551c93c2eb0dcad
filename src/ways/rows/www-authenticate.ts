import { habitsOf } from '../habits-of.ts'
import type { Way } from '../way.ts'

/** Whether a 401 says how to authenticate (RFC 9110, section 11.6.1). */
export const wwwAuthenticate: Way = {
  id: 'www-authenticate',
  question: 'No 401 or 403 is documented though 9 operations "must be authenticated"',
  mock: ['with'],
  part: 'header',
  read: habitsOf({
    isMeant: ({ status, isSecured }) => status === 401 && isSecured,
    place: () => '401',
    does: ({ headers }) => (headers['www-authenticate'] === undefined ? 'without' : 'with'),
  }),
  say: ({ live, mock }, server) => `${server} answers 401 ${live} WWW-Authenticate, the mock ${mock} it`,
}
