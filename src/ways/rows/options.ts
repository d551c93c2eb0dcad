import { habitsOf } from '../habits-of.ts'
import type { Way } from '../way.ts'

/** The answer to OPTIONS. */
export const options: Way = {
  id: 'options',
  question: '405 also means a wrong method',
  mock: ['204'],
  part: 'status',
  read: habitsOf({
    isMeant: ({ method }) => method === 'OPTIONS',
    place: () => 'OPTIONS',
    does: ({ status, headers, hasBody }) =>
      `${status}${status < 300 && headers.allow === undefined ? ' without Allow' : ''}${status < 300 && hasBody ? ' and a body' : ''}`,
  }),
  say: ({ live, mock }, server) => `${server} answers OPTIONS with ${live}, the mock with ${mock}`,
  adopt: ({ live }) =>
    live.includes(' or ')
      ? 'the server does one thing here and another there'
      : {
          options: {
            status: Number(live.slice(0, 3)),
            allow: live.startsWith('2') && !live.includes('without Allow'),
            body: live.includes('and a body'),
          },
        },
}
