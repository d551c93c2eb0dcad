import { habitsOf } from '../habits-of.ts'
import { operationIn } from '../operations.ts'
import type { Way } from '../way.ts'

const DENIED = [401, 403]
const INVALID = [400, 404, 405, 415, 422]

/** Whether the key or the rest of a request is looked at first. */
export const refusalOrder: Way = {
  id: 'refusal-order',
  question: 'Refusals come in this order',
  mock: ['the key'],
  part: 'status',
  group: (_place, live) => live,
  read: habitsOf({
    isMeant: ({ expectation, about, method, status }) =>
      (expectation === 'unauthorised' || about === 'an invalid body without a key') &&
      method !== 'HEAD' &&
      [...DENIED, ...INVALID].includes(status),
    place: ({ operation }) => `${operation} `,
    does: ({ status }) => (DENIED.includes(status) ? 'the key' : 'the body'),
  }),
  say: ({ live, mock, places }, server) =>
    `${server} looks at ${live} first at ${places.map(operationIn).join(', ')}, the mock at ${mock}`,
}
