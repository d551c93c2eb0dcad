import { habitsOf } from '../habits-of.ts'
import { isRightlyDone } from '../seen.ts'
import type { Way } from '../way.ts'

/** Any other status breaks the document. */
const STATUSES: readonly unknown[] = ['missing validation', 'validated']

/** The status of a domain that was just added. */
export const newDomains: Way = {
  id: 'new-domains',
  question: 'POST /domain documents no success',
  mock: ['missing validation'],
  part: 'shape',
  read: habitsOf({
    isMeant: (seen) =>
      seen.operation === 'addDomain' && isRightlyDone(seen) && STATUSES.includes(Object(seen.raw).status),
    place: () => 'domain',
    does: ({ raw }) => `${Object(raw).status}${Object(raw).active === true ? ' and active' : ''}`,
  }),
  say: ({ live, mock }, server) => `${server}'s new domains are ${live}, the mock's ${mock}`,
  adopt: ({ live }) => ({
    newDomains: { status: live.replace(' and active', ''), active: live.endsWith(' and active') },
  }),
}
