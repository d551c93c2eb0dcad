import { inLanes } from '../in-lanes.ts'
import type { Placed } from './place.ts'
import { type Patience, type Played, type Recorded, replay } from './session.ts'
import type { Step } from './step.ts'

/** The first request that shows a mutant. */
export interface Difference {
  readonly step: Step
  readonly difference: string
}

/** A mutant that is told from the plain server, one that does not even start, or neither. */
export type Verdict = Difference | 'no start' | 'no difference'

/** How mutants are told apart. */
export interface Telling {
  readonly placed: Placed
  readonly sessions: readonly Recorded[]
  readonly lanes: number
  readonly patience?: Patience
  /** Called with the verdict on each mutant as soon as there is one. */
  readonly decide: (number: number, verdict: Verdict) => Promise<void>
}

/** So many mutants at once go through the sessions in which none of them showed alone. */
const GROUP = 12
/** Mutants that change how often the code of others runs are put among others once more, and then go alone. */
const ROUNDS = 2

/**
 * Tells mutants from the plain server. Each plays the first session that runs its code alone. Those that it does not show go through
 * all sessions in groups: if a group answers as the plain server, and the code of a mutant runs as often as without the
 * others, it has no difference. If a group differs, each of its mutants plays the session alone.
 */
export async function tellApart(telling: Telling, only: readonly number[]): Promise<void> {
  const { lanes, sessions, decide } = telling
  let left = await openingsOf(telling, only)
  for (let round = 0; round < ROUNDS && left.length > 1; round++)
    left = (await inLanes(lanes, groupsOf(left), (group) => together(telling, group))).flat()
  await inLanes(lanes, left, async (number) =>
    decide(number, await alone(telling, number, sessionsOf(number, sessions))),
  )
}

/** Plays the first session of each mutant, and returns those that it does not show. */
async function openingsOf(telling: Telling, only: readonly number[]): Promise<number[]> {
  const left: number[] = []
  await inLanes(telling.lanes, only, async (number) => {
    const sessions = sessionsOf(number, telling.sessions)
    const verdict = await alone(telling, number, sessions.slice(0, 1))
    if (verdict === 'no difference' && sessions.length > 0) left.push(number)
    else await telling.decide(number, verdict)
  })
  return left.sort((one, other) => one - other)
}

/** Mutants of one place would hide each other, so those of a group stand far apart. */
function groupsOf(numbers: readonly number[]): number[][] {
  const count = Math.ceil(numbers.length / GROUP)
  return Array.from({ length: count }, (_, group) => numbers.filter((_, index) => index % count === group))
}

const runs = (number: number, { hits }: Recorded) => (hits[number] ?? 0) > 0

/** The sessions in which the code of a mutant runs: all, if it runs at the start. */
const sessionsOf = (number: number, sessions: readonly Recorded[]) =>
  sessions.filter((session) => runs(number, session))

/** Plays the sessions on one mutant. */
async function alone({ placed, patience }: Telling, number: number, sessions: readonly Recorded[]): Promise<Verdict> {
  for (const session of sessions) {
    const played = await replay(placed, [number], session, patience)
    if (played.kind !== 'same') return verdictOf(played)
  }
  return 'no difference'
}

const verdictOf = (played: Exclude<Played, { kind: 'same' }>): Verdict =>
  played.kind === 'no start' ? 'no start' : played

/** Plays the sessions on several mutants at once. Returns those of which the group tells nothing. */
async function together(telling: Telling, group: readonly number[]): Promise<number[]> {
  const unsure: number[] = []
  let members = [...group]
  for (const session of telling.sessions) {
    const { kept, lost } = await playTogether(telling, members, session)
    unsure.push(...lost)
    members = kept
  }
  for (const number of members) await telling.decide(number, 'no difference')
  return unsure
}

interface Split {
  readonly kept: number[]
  readonly lost: number[]
}

/** Plays one session on a group, without the members that it shows, until the rest answers as the plain server. */
async function playTogether(telling: Telling, members: readonly number[], session: Recorded): Promise<Split> {
  const [running, resting] = partition(members, (number) => runs(number, session))
  if (running.length === 0) return { kept: resting, lost: [] }
  const played = await replay(telling.placed, running, session, telling.patience)
  if (played.kind === 'same') {
    const [kept, lost] = partition(running, (number) => session.hits[number] === played.hits[number])
    return { kept: [...resting, ...kept], lost }
  }
  const left = await withoutShown(telling, running, session)
  if (left.length === running.length) return { kept: resting, lost: left }
  const { kept, lost } = await playTogether(telling, left, session)
  return { kept: [...resting, ...kept], lost }
}

/** Plays the session on each alone, and leaves out those that it shows. */
async function withoutShown(telling: Telling, members: readonly number[], session: Recorded): Promise<number[]> {
  const left: number[] = []
  for (const number of members) {
    const verdict = await alone(telling, number, [session])
    if (verdict === 'no difference') left.push(number)
    else await telling.decide(number, verdict)
  }
  return left
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [yes: T[], no: T[]] {
  return [items.filter(test), items.filter((item) => !test(item))]
}
