import { habitsOf } from '../habits-of.ts'
import { isDone } from '../seen.ts'
import type { Way } from '../way.ts'

const STATUSES = ['missing validation', 'validated']

/** The status of a domain that was just added. */
export const newDomains: Way = {
  id: 'new-domains',
  question: 'POST /domain documents no success',
  mock: ['missing validation'],
  part: 'shape',
  read: habitsOf({
    isMeant: (seen) => seen.operation === 'addDomain' && isDone(seen) && typeof Object(seen.raw).status === 'string',
    place: () => 'domain',
    does: ({ raw }) => `${Object(raw).status}${Object(raw).active === true ? ' and active' : ''}`,
  }),
  say: ({ live, mock }, server) => `${server}'s new domains are ${live}, the mock's ${mock}`,
  adopt: ({ live }) => {
    const status = live.replace(' and active', '')
    return STATUSES.includes(status)
      ? { newDomains: { status, active: live.endsWith(' and active') } }
      : 'it breaks the document'
  },
}
