import { showBoth } from '../http/json-value.ts'
import type { Sent } from '../http/transport/transport.ts'
import type { ApiDocument } from '../openapi/document.ts'
import { valueValidatorOf } from '../openapi/validators/value-validator.ts'
import type { Observation } from './checks/check.ts'
import type { KnownCheck } from './checks/index.ts'
import { leak } from './checks/leak.ts'
import { withoutIndexes } from './checks/place.ts'
import type { CleanupLog } from './cleanup-log.ts'
import type { Client } from './client.ts'
import type { Entry, Findings } from './findings.ts'
import type { Guard } from './guard.ts'
import { createHabits, type Deviation, type Habits } from './habits.ts'
import { sawHouseRules } from './house-rules.ts'
import { type Interaction, type Request, statusOf, withoutBody } from './interaction.ts'
import { createLag } from './lag.ts'
import type { LastShown } from './last-shown.ts'
import { lastWriteBefore } from './last-write.ts'
import { readOrEnd } from './read-or-end.ts'
import type { Depth, Mode } from './report.ts'
import type { Sending } from './sending.ts'
import { AWAY } from './surroundings/away.ts'
import type { Watch } from './surroundings/watch.ts'
import { toIntent, toRequest } from './to-request.ts'

/** A scenario asks for an operation that the document does not have. */
export class MissingOperation extends Error {
  override readonly name = 'MissingOperation'
}

/** The state that scenarios share in one run. */
export interface Run {
  readonly document: ApiDocument
  readonly mode: Mode
  readonly seed: number
  /** The prefix of the names of all records of this run. */
  readonly prefix: string
  readonly key: string | undefined
  /** True if records that the API cannot remove may be created. */
  readonly allowLeftovers: boolean
  /** The number of random sequences. */
  readonly sequences: number
  /** If given, the one sequence that is tried, as a finding names it. */
  readonly sequencePath?: string
  readonly cleanupLog: CleanupLog
  readonly depth: Depth
  /** Sends a request to an operation and runs every check of one interaction. */
  readonly send: (operationId: string, sending?: Sending) => Promise<Interaction>
  /** The path of a request, as it is sent. */
  readonly pathFor: (operationId: string, sending: Sending) => string
  /** True if the mode allows the request. */
  readonly maySend: (operationId: string, sending: Sending) => boolean
  /** Sends all at the same time; the answers are checked in the order of the list. */
  readonly sendTogether: (list: readonly (readonly [operationId: string, sending: Sending])[]) => Promise<Interaction[]>
  /** Records the observation of a check at the last of its interactions; undefined if nothing is wrong. */
  readonly check: (check: KnownCheck, interaction: Interaction, seen: Observation | undefined) => void
  /** Records a note or an advice, if there is one. */
  readonly remark: (check: KnownCheck, interaction: Interaction, seen: Observation | undefined) => void
  /** Tells what stands before the server from the server itself. */
  readonly watch: Watch
  /** Records what was not checked, and why. */
  readonly skip: (what: string) => void
  /** Sends a reading that no check runs on. */
  readonly look: (operationId: string, sending: Sending) => Promise<Interaction>
  /** Sends the same request again; no check runs on it. */
  readonly lookAgain: (interaction: Interaction) => Promise<Interaction>
  /** Waits as long as the server was seen to take until its writes are done. */
  readonly settle: () => Promise<void>
  /** True once somebody else was seen to write to the server. */
  readonly isDisturbed: () => boolean
  readonly setDisturbed: () => void
  readonly habits: Habits
  readonly shown: LastShown
  /** Records each habit of the server: a note if it always has it, else the failures that it would have explained. */
  readonly settleHabits: () => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** All interactions so far, without their bodies. */
  readonly interactions: readonly Interaction[]
  readonly skipped: readonly string[]
}

/** The settings of a run, which scenarios see too, and the parts that they do not. */
interface Options
  extends Pick<
    Run,
    | 'document'
    | 'mode'
    | 'seed'
    | 'prefix'
    | 'key'
    | 'allowLeftovers'
    | 'sequences'
    | 'sequencePath'
    | 'cleanupLog'
    | 'watch'
    | 'depth'
    | 'shown'
  > {
  readonly client: Client
  readonly now: () => number
  readonly guard: Guard
  readonly findings: Findings
  /** Names of the headers that the user gives for every request. */
  readonly hidden: readonly string[]
  /** The most bytes of a body when it is decoded. */
  readonly maxBytes: number
  /** Called with each interaction of the server, bodies included. */
  readonly onInteraction?: (interaction: Interaction) => void
}

export function createRun(options: Options): Run {
  const { document, client, findings, cleanupLog, hidden, watch } = options
  const validate = valueValidatorOf(document)
  const operations = new Map(document.operations.map((operation) => [operation.id, operation]))
  const interactions: Interaction[] = []
  let isDisturbed = false
  const skipped = new Set<string>()
  /** Requests that something before the server answered: they say nothing of the server. */
  const foreign = new Set<Request>()

  const find = (operationId: string) => {
    const operation = operations.get(operationId)
    if (operation === undefined) throw new MissingOperation(`the document has no ${operationId}.`)
    return operation
  }
  const lag = createLag(options.now, (interaction, waitedMs) => findings.add('filters', interaction, lagged(waitedMs)))
  const habits = createHabits()
  const deviations: (Deviation & Pick<Entry, 'check' | 'interaction'> & Partial<Observation>)[] = []

  const start = (operationId: string, sending: Sending) => {
    const operation = find(operationId)
    const request = { ...toRequest(operation, sending, options.key), ...(hidden.length > 0 && { hidden }) }
    cleanupLog.before(operation, request)
    return { operation, request, sending, sent: client.send(request) }
  }
  const receive = async ({ operation, request, sending, sent }: ReturnType<typeof start>): Promise<Received> => {
    const first = await sent
    const { answer, failure, ms = 0 } = isPassing(first) ? await client.send(request) : first
    const reading = await readOrEnd(validate, operation, request, answer, options.maxBytes)
    return { first, interaction: { ...toIntent(operation, request, sending), answer, failure, ms, ...reading } }
  }
  const note = (check: Entry['check'], interaction: Interaction, write: Partial<Observation>) =>
    deviations.push(...habits.take().map((deviation) => ({ ...deviation, check, interaction, ...write })))
  const isAdvertised =
    options.key !== undefined && JSON.stringify(Object(document.json).info ?? '').includes(options.key)
  const inspectSecrets = (interaction: Interaction) => {
    const seen = options.key === undefined ? undefined : leak.ofKey(options.key, isAdvertised, interaction)
    if (seen) findings.add('leak', interaction, seen)
  }
  const keep = async ({ first, interaction }: Received): Promise<Interaction> => {
    cleanupLog.after(interaction)
    interactions.push(withoutBody(interaction))
    if (await watch.isForeign(interaction)) {
      foreign.add(interaction.request)
      return interaction
    }
    options.onInteraction?.(interaction)
    lag.saw(interaction)
    findings.inspect(interaction)
    inspectSecrets(interaction)
    sawHouseRules(habits, interaction)
    note('authentication', interaction, {})
    if (isPassing(first) && !isPassing(interaction))
      findings.add('answered', interaction, notSeenAgain(first, interaction))
    return interaction
  }
  const send: Run['send'] = async (operationId, sending = {}) => {
    const attempt = () => receive(start(operationId, sending))
    const first = await attempt()
    const at = client.requests()
    const { interaction: last, ...rest } = await lag.await(first, attempt, sending.until)
    const interaction = await keep({ ...rest, interaction: { ...last, at } })
    // A later write must not meet one that is still under way.
    if (statusOf(interaction) === 202) await lag.settle()
    return interaction
  }
  const sendTogether: Run['sendTogether'] = async (list) => {
    const started = list.map(([operationId, sending]) => start(operationId, sending))
    await Promise.all(started.map(({ sent }) => sent))
    const finished: Interaction[] = []
    const at = client.requests()
    for (const one of started) {
      const { first, interaction } = await receive(one)
      finished.push(await keep({ first, interaction: { ...interaction, at } }))
    }
    return finished
  }
  const check: Run['check'] = (check, interaction, seen) => {
    // Without an answer nothing is known of the records.
    if (foreign.has(interaction.request) || !interaction.answer) return void habits.take()
    const write = withLastWrite(check, interaction, interactions)
    // Where nothing is wrong, the check ran for the write that would have been to blame.
    findings.add(check.id, seen ? interaction : (write.cause ?? interaction), seen && { ...write, ...seen })
    note(check.id, interaction, write)
  }
  return {
    ...options,
    send,
    sendTogether,
    look: async (operationId, sending) =>
      (await receive(start(operationId, { ...sending, expect: 'any' }))).interaction,
    lookAgain: async (interaction) => {
      const { operation, request } = interaction
      if (!operation) return interaction
      return (await receive({ operation, request, sending: { expect: 'any' }, sent: client.send(request) })).interaction
    },
    settle: lag.settle,
    isDisturbed: () => isDisturbed,
    setDisturbed: () => {
      isDisturbed = true
    },
    habits,
    settleHabits: () => {
      const all = deviations.splice(0, deviations.length)
      const isFirst = ({ habit }: Deviation, index: number) => all.findIndex((other) => other.habit === habit) === index
      for (const deviation of all.filter((one, index) => isFirst(one, index) || !habits.isConsistent(one.habit)))
        findings.add(deviation.check, deviation.interaction, toObservation(deviation, habits))
    },
    pathFor: (operationId, sending) => toRequest(find(operationId), sending, options.key).path,
    maySend: (operationId, sending) => options.guard(toRequest(find(operationId), sending, options.key)),
    check,
    remark: ({ id }, interaction, seen) => {
      if (seen && !foreign.has(interaction.request)) findings.add(id, interaction, seen)
    },
    skip: (what) => void skipped.add(what),
    interactions,
    get skipped() {
      return [...skipped]
    },
  }
}

/** An interaction, and the first attempt at it. */
interface Received {
  readonly first: Sent
  readonly interaction: Interaction
}

/** A habit that the server always has is noted; otherwise the part was changed. */
function toObservation(
  { at, sent, shown, habit, check, interaction, ...write }: Deviation & Pick<Entry, 'check' | 'interaction'>,
  { isConsistent }: Habits,
): Observation {
  const [wanted, actual] = showBoth(sent, shown)
  const expected = `${at}: ${wanted}, as was sent`
  if (isConsistent(habit)) return { level: 'note', place: habit, expected, actual: `${actual}, always so` }
  return { ...write, place: `stored ${withoutIndexes(at)}`, expected, actual: `${actual}, but not always` }
}

/** A list that lags is advised on, with the time that it took. */
const lagged = (waitedMs: number): Observation => ({
  level: 'advice',
  place: 'a list that lags',
  expected: 'a list, or an inventory, that shows a write once it is acknowledged',
  actual: `it took up to ${Math.ceil(waitedMs / 100) * 100} ms`,
})

/** True if the same request may well be answered the next time: what stands before the server failed, or the connection did. */
const isPassing = ({ answer }: Pick<Sent, 'answer'>) => answer === undefined || AWAY.includes(answer.status)

/** A failure that the same request did not give again accuses nobody. */
const notSeenAgain = ({ answer, failure }: Sent, { about }: Interaction): Observation => ({
  level: 'advice',
  place: 'not seen again',
  expected: `an answer to ${about}, at the first attempt too`,
  actual: `${answer?.status ?? failure}, not seen again when the request was repeated`,
})

/** The last write as the cause of a finding, or beside it, as the check asks for. */
function withLastWrite(
  { id, lastWrite }: KnownCheck,
  interaction: Interaction,
  interactions: readonly Interaction[],
): Partial<Observation> {
  const write = lastWrite && lastWriteBefore(interaction, interactions, id !== 'isolation', id === 'deletion')
  if (!write) return {}
  return lastWrite === 'cause' ? { cause: write } : { shownBy: [write, interaction] }
}
