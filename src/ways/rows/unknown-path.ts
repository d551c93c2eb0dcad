import { statusOr } from '../adopt.ts'
import { habitsOf } from '../habits-of.ts'
import type { Way } from '../way.ts'

/** The status of a path that nobody has. */
export const unknownPath: Way = {
  id: 'unknown-path',
  question: '405 also means a wrong method',
  mock: ['404'],
  part: 'status',
  read: habitsOf({
    isMeant: ({ about, status }) => about === 'a path that nobody has' && status >= 400 && status < 500,
    place: () => 'paths',
    does: ({ status }) => String(status),
  }),
  say: ({ live, mock }, server) => `${server} answers a path that nobody has with ${live}, the mock with ${mock}`,
  adopt: statusOr((status) => ({ unknownPath: { status } })),
}
