import { habitsOf } from '../habits-of.ts'
import type { Way } from '../way.ts'

/** The answer to HEAD where GET is documented. */
export const head: Way = {
  id: 'head',
  question: 'Methods that a server does not know',
  part: 'status',
  read: habitsOf({
    isMeant: ({ method, status, expectation }) =>
      method === 'HEAD' && expectation !== 'wrong-method' && [200, 405, 501].includes(status),
    place: () => 'HEAD',
    does: ({ status, mediaType }) =>
      status === 200 ? `200${mediaType === '' ? ' without Content-Type' : ''}` : String(status),
  }),
  say: ({ live, mock }, server) => `${server} answers HEAD with ${live}, the mock with ${mock}`,
}
