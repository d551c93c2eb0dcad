import type { Finding, Observed, Place } from './finding.ts'
import { EVERYWHERE, findingId } from './finding-id.ts'
import { groupBy } from './group-by.ts'
import { messageOf } from './message.ts'

/** The cause of which a finding is about: an operation, or several, and what its places have in common. */
interface Cause {
  readonly operation: string
  readonly family: string
}

/** Checks whose places have a rule of the document in common: a schema is used by several operations. */
const OF_RULES: readonly string[] = ['body-schema', 'headers']

/** Checks of what most servers do in one place for all operations. */
const OF_SERVERS: readonly string[] = [
  ...['authentication', 'accept', 'content-type', 'content-encoding', 'charset', 'byte-order-mark', 'well-formed'],
  ...['xml-root', 'xml-types', 'xml-equals-json', 'allow', 'head', 'wrong-method', 'server-error', 'answered'],
]
const SEVERAL = 3
/** The check of a server that keeps nothing, whichever write was the first. */
const OF_ALL = 'memory'

/** Makes one finding of all places that have one cause, in the order in which the causes were first seen. */
export function groupFindings(observed: readonly Observed[], replayOf: (id: string) => string): Finding[] {
  const isWide = wideChecks(observed)
  const keyOf = (one: Observed) => {
    const { operation, family } = causeOf(one, isWide)
    return JSON.stringify([one.level, one.check, operation, family])
  }
  return groupBy(observed, keyOf).flatMap(([, some]) => {
    const [first] = some
    if (!first) return []
    const { operation, family } = causeOf(first, isWide)
    const id = findingId(first.check, operation, family)
    return [toFinding(some.map(placeOf), { id, level: first.level, replay: replayOf(id) })]
  })
}

/** A finding of its places. */
export function toFinding(
  places: readonly Place[],
  { id, level, replay, accepted }: Pick<Finding, 'id' | 'level' | 'replay' | 'accepted'>,
): Finding {
  const [first] = places
  if (!first) throw new RangeError('A finding needs a place.')
  return { ...first, message: messageOf(places), places, id, level, replay, ...(accepted && { accepted }) }
}

const placeOf = ({ level, ...place }: Observed): Place => place

/** A remark on the document or on all servers of a kind is one for all operations; a failure is one of its operation. */
function causeOf({ level, check, operation, place, pointer }: Observed, isWide: (check: string) => boolean): Cause {
  if (level !== 'failure') return { operation: EVERYWHERE, family: place }
  if (check === OF_ALL) return { operation: EVERYWHERE, family: '' }
  if (OF_RULES.includes(check)) return { operation: EVERYWHERE, family: pointer }
  return { operation: isWide(check) ? EVERYWHERE : operation, family: '' }
}

/** Tells the checks that fail in several operations. */
function wideChecks(observed: readonly Observed[]): (check: string) => boolean {
  const failed = observed.filter(({ level, check }) => level === 'failure' && OF_SERVERS.includes(check))
  const wide = groupBy(failed, ({ check }) => check).filter(
    ([, some]) => new Set(some.map(({ operation }) => operation)).size >= SEVERAL,
  )
  return (check) => wide.some(([id]) => id === check)
}
