import { habitsOf } from './habits-of.ts'
import { isDone, type Seen } from './seen.ts'
import type { Way } from './way.ts'

/** A request that a server may accept or refuse. */
interface Rule extends Pick<Way, 'id' | 'question' | 'adopt'> {
  /** How the plan or a probe calls the request. */
  readonly about: readonly string[]
  /** How a sentence calls it. */
  readonly what: string
}

/** A way that one kind of request shows by its status. */
export const ruleWay = ({ about, what, ...rest }: Rule): Way => ({
  ...rest,
  mock: ['accepts'],
  part: 'status',
  read: (all) => {
    const isMeant = (seen: Seen) => about.includes(seen.about) && seen.status < 500
    // A rule is to blame only where the server takes other requests.
    const open = new Set(all.filter((seen) => !isMeant(seen) && isDone(seen)).map(({ operation }) => operation))
    return habitsOf({
      isMeant: (seen) => isMeant(seen) && (isDone(seen) || open.has(seen.operation)),
      place: ({ operation }) => operation,
      does: (seen) => (isDone(seen) ? 'accepts' : `refuses with ${seen.status}`),
    })(all)
  },
  say: ({ live, mock }, server) =>
    `${server} ${live.replace(/^(accepts|refuses)(.*)/, `$1 ${what}$2`)}, the mock ${mock}`,
})
