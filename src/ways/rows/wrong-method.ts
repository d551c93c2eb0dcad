import { statusOr } from '../adopt.ts'
import { habitsOf } from '../habits-of.ts'
import type { Way } from '../way.ts'

const REFUSALS = [400, 403, 404, 405, 501]

/** The status of a method that a path does not have. */
export const wrongMethod: Way = {
  id: 'wrong-method',
  question: '405 also means a wrong method',
  mock: ['405'],
  part: 'status',
  read: habitsOf({
    isMeant: ({ expectation, about, status, method }) =>
      method !== 'HEAD' &&
      expectation === 'wrong-method' &&
      about !== 'a path that nobody has' &&
      REFUSALS.includes(status),
    place: () => 'methods',
    does: ({ status }) => String(status),
  }),
  say: ({ live, mock }, server) =>
    `${server} refuses a method that a path does not have with ${live}, the mock with ${mock}`,
  adopt: statusOr((status) => ({ wrongMethod: { status } })),
}
