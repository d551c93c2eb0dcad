import { loadPackage } from '../../openapi/package-files.ts'
import { sequence } from '../checks/sequence.ts'
import type { Interaction } from '../interaction.ts'
import type { KnownPet, KnownRecords } from '../known-records.ts'
import { CLASSICS } from '../model/classics.ts'
import { clearOrders, ORDER_ACTIONS } from '../model/orders.ts'
import { countOthers, PET_ACTIONS, readPets, restorePets } from '../model/pets.ts'
import { type Action, type Play, shown } from '../model/play.ts'
import { type Departure, RECORDS, STATUSES, type Step } from '../model/step.ts'
import { clearUsers, USER_ACTIONS } from '../model/users.ts'
import type { Run } from '../run.ts'
import { type Scenario, WRITING } from './scenario.ts'

type FastCheck = typeof import('fast-check')

/** The longest sequence that is tried. */
const LONGEST = 24
/** How often what departs is played again, so that a shorter sequence is found. */
const MOST_PLAYS_MORE = 60

/** What came of a sequence: where it departed, and the steps up to there. */
interface Outcome {
  readonly departure: Departure | undefined
  readonly steps: readonly Step[]
  /** The look at a record that showed it, where no step did. */
  readonly look?: readonly Step[]
  readonly sent: readonly Interaction[]
}

/** Sequences, most of them random, held against a model of the API; what departs is shrunk to the shortest that does. */
export const sequences: Scenario = {
  name: 'random sequences',
  operations: [
    ...['createUser', 'createUsersWithListInput', 'getUserByName', 'updateUser', 'deleteUser', 'loginUser'],
    ...['updatePet', 'updatePetWithForm', 'getPetById', 'findPetsByStatus', 'findPetsByTags', 'getInventory'],
    ...['placeOrder', 'getOrderById', 'deleteOrder'],
  ],
  modes: WRITING,
  run: async (run, known) => {
    const fc = loadPackage<FastCheck>('fast-check')
    const groups = groupsFor(run)
    const actions: Readonly<Record<string, Action>> = Object.assign({}, ...groups)
    const outcomes: Outcome[] = []
    const tryOut = async (steps: readonly Step[]) => {
      const outcome = await play(run, known, actions, steps, outcomes.length)
      outcomes.push(outcome)
      return outcome
    }
    const property = fc.asyncProperty(anySequence(fc, groups), async (steps) => !(await tryOut(steps)).departure)
    const examples = CLASSICS.filter((steps) => steps.every(({ kind }) => kind in actions)).map((steps): [Step[]] => [
      [...steps],
    ])
    await fc.check(property, { seed: run.seed, numRuns: run.sequences, examples, endOnFailure: true })
    const first = outcomes.find(({ departure }) => departure !== undefined)
    report(run, first && (await shorten(first, tryOut)), outcomes)
  },
}

/** Leaves out one step after the other, as long as what is left still departs. */
async function shorten(first: Outcome, tryOut: (steps: readonly Step[]) => Promise<Outcome>): Promise<Outcome> {
  let shortest = first
  let plays = 0
  let index = first.steps.length - 1
  while (index >= 0 && plays < MOST_PLAYS_MORE) {
    plays += 1
    const fewer = await tryOut(shortest.steps.toSpliced(index, 1))
    if (fewer.departure) shortest = fewer
    index = fewer.departure ? shortest.steps.length - 1 : index - 1
  }
  return shortest
}

/** What is ours alone, and what else the mode allows; each group by itself. */
const groupsFor = ({ mode, allowLeftovers }: Run): readonly Readonly<Record<string, Action>>[] => [
  USER_ACTIONS,
  ...(mode === 'full' || allowLeftovers ? [ORDER_ACTIONS] : []),
  ...(mode === 'full' ? [PET_ACTIONS] : []),
]

/** Mostly steps on one kind of record, which depend on one another; now and then steps on all kinds. */
const anySequence = (fc: FastCheck, groups: readonly Readonly<Record<string, Action>>[]) =>
  fc.noBias(fc.oneof(...[...groups, Object.assign({}, ...groups)].map((actions) => stepsOf(fc, Object.keys(actions)))))

/** Most steps write: what they come to is looked at in the end anyway. */
const stepsOf = (fc: FastCheck, kinds: readonly string[]) =>
  fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds, ...kinds.filter((kind) => !LOOKING.test(kind))),
      who: fc.nat({ max: RECORDS - 1 }),
      text: fc.constantFrom('Ada', 'Zoë', '小白 & co', ''),
      number: fc.integer({ min: 0, max: 9 }),
      status: fc.constantFrom(...STATUSES),
    }),
    { minLength: 1, maxLength: LONGEST, size: 'max' },
  )

const LOOKING = /^(read|list status|list tag|count)/

/** Plays a sequence, then looks at every record; leaves the server as it was. */
async function play(
  run: Run,
  known: KnownRecords,
  actions: Readonly<Record<string, Action>>,
  steps: readonly Step[],
  count: number,
): Promise<Outcome> {
  const state = await begin(run, known, `${run.prefix}seq${count}`)
  const before = new Map(state.pets)
  const played = await take(state, actions, steps)
  const sent = [...state.sent]
  const looked = played.departure ? undefined : await take(state, actions, lastLooks(actions))
  await clearUsers(state, RECORDS)
  await clearOrders(state)
  await restorePets(state, before)
  if (!looked?.departure) return { ...played, sent }
  const { departure } = looked
  return { departure, steps, look: looked.steps.slice(-1), sent: [...sent, departure.interaction] }
}

/** Takes the steps up to the first that departs. */
async function take(
  state: Play,
  actions: Readonly<Record<string, Action>>,
  steps: readonly Step[],
): Promise<Pick<Outcome, 'departure' | 'steps'>> {
  for (const [index, step] of steps.entries()) {
    const departure = await actions[step.kind]?.(state, step)
    if (departure) return { departure, steps: steps.slice(0, index + 1) }
  }
  return { departure: undefined, steps }
}

/** The model begins with what the server now shows, whatever an earlier sequence has done to it. */
async function begin(run: Run, known: KnownRecords, name: string): Promise<Play> {
  const pets = run.mode === 'full' ? await readPets(run, known) : new Map<number, KnownPet>()
  return {
    run,
    name,
    users: new Map(),
    orders: new Map(),
    deletedOrders: new Map(),
    pets,
    others: run.mode === 'full' ? await countOthers(run, [...pets.values()]) : {},
    sent: [],
  }
}

const LOOKS = ['read user', 'log in user', 'read order', 'read pet', 'count pet']

/** At the end every record is looked at, so that nothing is lost unnoticed. */
function lastLooks(actions: Readonly<Record<string, Action>>): Step[] {
  const kinds = LOOKS.filter((kind) => kind in actions)
  return kinds.flatMap((kind) =>
    Array.from({ length: kind === 'count pet' ? 1 : RECORDS }, (_, who) => ({
      kind,
      who,
      text: '',
      number: 0,
      status: 'sold' as const,
    })),
  )
}

function report(run: Run, departed: Outcome | undefined, outcomes: readonly Outcome[]): void {
  const last = outcomes.findLast(({ sent }) => sent.length > 0)?.sent.at(-1)
  if (last === undefined) return
  const { departure, steps = [], look = [], sent = [] } = departed ?? {}
  const taken = [...steps, ...look]
  const seen =
    departure && sequence.parted({ ...departure, endsIn: taken.at(-1)?.kind ?? '', steps: taken.map(shown), sent })
  run.check(sequence, departure?.interaction ?? last, seen)
}
