import { setTimeout as sleep } from 'node:timers/promises'
import { findDifference } from '../http/answers/compare.ts'
import type { Entry, Findings } from './findings.ts'
import { type Interaction, isSuccess, statusOf } from './interaction.ts'
import type { KnownRecords } from './known-records.ts'
import { ALL_STATUSES, petsIn } from './listed-pets.ts'
import type { Run } from './run.ts'
import { relist } from './scenarios/discover.ts'
import { placeNamed, readNamed } from './scenarios/named-order.ts'
import { NAMED_USER } from './scenarios/named-records.ts'
import type { Scenario } from './scenarios/scenario.ts'
import type { Sending } from './sending.ts'

/** Runs scenarios one after the other, and looks twice before it accuses a server that others may write to. */
export interface SecondLook {
  readonly run: (scenario: Scenario, known: KnownRecords) => Promise<void>
}

/** Records that other clients may write to. The users of a run have names that nobody else has. */
const SHARED: readonly string[] = [
  ...['updatePet', 'findPetsByStatus', 'findPetsByTags', 'getPetById', 'updatePetWithForm', 'deletePet', 'uploadFile'],
  ...['getInventory', 'getOrderById', 'deleteOrder'],
]

/** Checks of one response whose failure another client may cause, with the statuses that it then has. */
const OF_ONE_RESPONSE: Readonly<Record<string, RegExp>> = { status: /^(404|409|410)$/, existence: /^2\d\d$/ }

/** Checks of one response; every other check compares several, and time passes between them. */
const TIMELESS: readonly string[] = [
  ...['answered', 'server-error', 'authentication', 'refusal', 'wrong-method', 'allow', 'content-type', 'accept'],
  ...[
    'content-encoding',
    'charset',
    'byte-order-mark',
    'well-formed',
    'xml-root',
    'xml-types',
    'body-schema',
    'headers',
  ],
]

/** Checks that look at all pets. */
const OF_ALL_PETS: readonly string[] = ['inventory', 'isolation']

/** How long a suspected server is watched, the first time and later, in milliseconds. Two writes a second show in both. */
const WATCH_MS = [1500, 700] as const
const PAUSE_MS = 30

export function createSecondLook(run: Run, findings: Findings): SecondLook {
  let watches = 0

  const isMoved = async (suspects: readonly Entry[]) => {
    const milliseconds = WATCH_MS[Math.min(watches, 1)] ?? 0
    watches += 1
    const readings = readingsOf(suspects)
    const moving = await watch(run, readings, milliseconds)
    return moving !== undefined && !(await movesByReading(run, moving, readings))
  }
  /** The repetition has other pets, so that a count may be wrong of another status, and another write may have come last. */
  const keyOfEntry = (entry: Entry) => (OF_ALL_PETS.includes(entry.check) ? entry.check : findings.idOf(entry))
  const drop = (entries: readonly Entry[]) => {
    run.skip(DISTURBED)
    for (const entry of entries) if (!mayBeOfOthers(entry)) findings.commit(entry)
  }
  const playAgain = async (scenario: Scenario, known: KnownRecords, before: KnownRecords['pets']) => {
    await putBack(run, before)
    await relist(run, known)
    const again = { ...run, prefix: `${run.prefix}again` }
    const play = async () => {
      await renewKeptOrder(again, known)
      await scenario.run(again, known)
    }
    return findings.record(play, isSure)
  }
  return {
    run: async (scenario, known) => {
      const before = known.pets
      const entries = await findings.record(() => scenario.run(run, known), isSure)
      const suspects = entries.filter(isSuspect)
      if (run.isDisturbed()) return drop(entries)
      if (suspects.length === 0) return entries.forEach(findings.commit)
      if (await isMoved(suspects)) run.setDisturbed()
      if (run.isDisturbed()) return drop(entries)
      if (!suspects.some(needsRepeating)) return entries.forEach(findings.commit)
      const again = await playAgain(scenario, known, before.size > 0 ? before : known.pets)
      const seen = new Set(again.filter(isSuspect).map(keyOfEntry))
      for (const entry of [...entries, ...again.filter((other) => !mayBeOfOthers(other))])
        findings.commit(needsRepeating(entry) && !seen.has(keyOfEntry(entry)) ? notSeenAgain(entry) : entry)
    },
  }
}

const DISTURBED =
  'Somebody else writes here: lists and pets changed while nothing was sent. Comparisons of several answers about pets, orders and the inventory were left out. Run the suite on a quiet server for them.'

const isShared = ({ operation, request }: Interaction) =>
  SHARED.includes(operation?.id ?? '') || request.path === `/user/${NAMED_USER}`

/** True if another client may be the cause: the records are shared, and time passed. */
function mayBeOfOthers({ check, interaction, observation }: Entry): boolean {
  if (!observation || observation.isProven || !isShared(interaction)) return false
  return OF_ONE_RESPONSE[check]?.test(observation.actual) ?? !TIMELESS.includes(check)
}

const isSure = (entry: Entry) => !mayBeOfOthers(entry)

/** A sequence was repeated when it was found. */
const needsRepeating = (entry: Entry) => isSuspect(entry) && entry.check !== 'sequence'

const isSuspect = (entry: Entry) => mayBeOfOthers(entry) && (entry.observation?.level ?? 'failure') === 'failure'

/** A difference that a second attempt does not show accuses nobody. */
function notSeenAgain(entry: Entry): Entry {
  const { observation } = entry
  if (!observation) return entry
  const actual = `${observation.actual}, not seen again when all was repeated`
  return { ...entry, observation: { ...observation, level: 'advice', actual } }
}

/** A pet that the server changed by itself is changed back, so that it can do so again. Only full mode writes to pets. */
async function putBack(run: Run, before: KnownRecords['pets']): Promise<void> {
  if (run.mode !== 'full') return
  const accept = 'application/json'
  const { value } = await run.look('findPetsByStatus', { query: `status=${ALL_STATUSES}`, accept })
  for (const pet of petsIn(value)) {
    const then = before.get(pet.id)
    if (then === undefined || findDifference(then, pet) === undefined) continue
    // A list need not show every part.
    const read = await run.look('getPetById', { path: { petId: pet.id }, accept })
    const [whole = pet] = petsIn([read.value])
    await run.look('updatePet', { json: { ...whole, ...then } })
  }
}

/** An order that must stay, in place of one that is gone: its loss can then show again. */
async function renewKeptOrder(run: Run, known: KnownRecords): Promise<void> {
  if (!known.keptOrder) return
  const path = { orderId: known.keptOrder.orderId }
  if (isSuccess(await run.look('getOrderById', { path, accept: 'application/json' }))) return
  const order = await placeNamed(run, 'kept', 'an order that stays')
  if (!order) return
  known.keptOrder = order
  await readNamed(run, order, 'its creation')
}

const MOST_READINGS = 6

/** The readings that showed something, each once. */
function readingsOf(suspects: readonly Entry[]): Interaction[] {
  const shown = suspects.flatMap(({ interaction, observation }) => [interaction, ...(observation?.shownBy ?? [])])
  const readings = shown.filter(({ request }) => request.method === 'GET')
  const byRequest = new Map(readings.map((reading) => [keyOf(reading), reading]))
  return [...byRequest.values()].slice(0, MOST_READINGS)
}

const keyOf = ({ request }: Interaction) => `${request.path} ${request.headers.Accept ?? ''}`

/** Reads the same again and again and sends nothing else. Resolves with the first reading that comes out otherwise. */
async function watch(
  run: Run,
  readings: readonly Interaction[],
  milliseconds: number,
): Promise<Interaction | undefined> {
  const end = run.now() + milliseconds
  let before = await readAll(run, readings)
  while (run.now() < end) {
    await sleep(PAUSE_MS)
    const now = await readAll(run, readings)
    const moved = now.find((reading, index) => isOtherwise(before[index], reading))
    if (moved) return moved
    before = now
  }
  return undefined
}

async function readAll(run: Run, readings: readonly Interaction[]): Promise<Interaction[]> {
  const all: Interaction[] = []
  const look = async (id: string, sending: Sending) => {
    const isDocumented = run.document.operations.some((operation) => operation.id === id)
    if (isDocumented) all.push(await run.look(id, { ...sending, accept: 'application/json' }))
  }
  await look('findPetsByStatus', { query: `status=${ALL_STATUSES}` })
  await look('getInventory', {})
  for (const reading of readings) all.push(await run.lookAgain(reading))
  return all
}

const isOtherwise = (before: Interaction | undefined, now: Interaction) =>
  before !== undefined && (statusOf(before) !== statusOf(now) || findDifference(before.value, now.value) !== undefined)

const BURSTS = 4
const AT_ONCE = 6

/** True if reading itself moves the record: the reading that shows it, or another one of the suspected readings. */
async function movesByReading(run: Run, moving: Interaction, readings: readonly Interaction[]): Promise<boolean> {
  if (await movesItself(run, moving)) return true
  for (const reading of readings)
    if (keyOf(reading) !== keyOf(moving) && (await isCause(run, reading, moving))) return true
  return false
}

const TRIALS = 8

/** True if one reading changes each time what the other one shows, which never changes in as much time without it. */
async function isCause(run: Run, suspect: Interaction, shown: Interaction): Promise<boolean> {
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const before = await run.lookAgain(shown)
    await run.lookAgain(shown)
    const control = await run.lookAgain(shown)
    await run.lookAgain(suspect)
    const after = await run.lookAgain(shown)
    if (isOtherwise(before, control) || !isOtherwise(control, after)) return false
  }
  return true
}

/**
 * Readings at the same time leave another client no time to write, so most of them are equal, unless each reading changes
 * what the next one shows.
 */
async function movesItself(run: Run, reading: Interaction): Promise<boolean> {
  for (let burst = 0; burst < BURSTS; burst += 1) {
    const read = await Promise.all(Array.from({ length: AT_ONCE }, () => run.lookAgain(reading)))
    const equal = read.map((one) => read.filter((other) => !isOtherwise(one, other)).length)
    if (Math.max(...equal) > AT_ONCE / 2) return false
  }
  return true
}
