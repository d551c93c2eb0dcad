import { statusOr } from '../adopt.ts'
import { habitsOf } from '../habits-of.ts'
import type { Way } from '../way.ts'

/** The answer to HEAD where GET is documented. */
export const head: Way = {
  id: 'head',
  question: 'Methods that a server does not know',
  mock: ['200', '405'],
  part: 'status',
  read: habitsOf({
    isMeant: ({ method, status }) => method === 'HEAD' && [200, 405, 501].includes(status),
    place: ({ expectation }) => (expectation === 'wrong-method' ? 'where no GET is' : 'where a GET is'),
    does: ({ status, mediaType }) =>
      status === 200 ? `200${mediaType === '' ? ' without Content-Type' : ''}` : String(status),
  }),
  say: ({ live, mock }, server) => `${server} answers HEAD with ${live}, the mock with ${mock}`,
  adopt: statusOr((status) => ({ head: { status } })),
}
