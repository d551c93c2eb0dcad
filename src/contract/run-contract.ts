import type { ApiDocument } from '../openapi/document.ts'
import { nearest } from '../openapi/nearest.ts'
import { createJournal, type Journal, type JournalLine } from './cleanup-log.ts'
import { createTarget, type Target } from './client.ts'
import { coverageOf } from './coverage.ts'
import { createFindings } from './findings.ts'
import { createGuard, type Guard } from './guard.ts'
import type { Request } from './interaction.ts'
import type { World } from './known-records.ts'
import { preflight } from './preflight.ts'
import { createRedact } from './redact.ts'
import type { ContractReport, Mode } from './report.ts'
import { createSession, type Session } from './run.ts'
import { SCENARIOS } from './scenarios/index.ts'
import type { Scenario } from './scenarios/scenario.ts'

/** What a run is given. */
export interface ContractOptions {
  readonly document: ApiDocument
  /** The API's address with its base path, such as `http://127.0.0.1:4010/v2`. */
  readonly baseUrl: string
  readonly apiKey?: string
  /** `safe` unless the host is this machine, where it is `full`. */
  readonly mode?: Mode
  /** 1 where absent. Same seed and same server give the same report, times apart. */
  readonly seed?: number
  /** Operations to look at; empty or absent for all. */
  readonly only?: readonly string[]
  /** Requests per second at most. */
  readonly perSecond?: number
  /** For one answer; 10 seconds where absent. */
  readonly timeoutMs?: number
  /** For the whole run; scenarios that would begin later are skipped. */
  readonly maxMs?: number
  /** For all waits that 429 and 503 ask for; 30 seconds where absent. */
  readonly waitBudgetMs?: number
  /** True where owned mode may create what the API cannot remove. */
  readonly allowLeftovers?: boolean
  /** How many random sequences are tried; 7 where absent. */
  readonly sequences?: number
  /** Stops the run; what was created is removed all the same. */
  readonly signal?: AbortSignal
  /** Gets each line of the journal before the write that it is about. */
  readonly journal?: (line: JournalLine) => void
  /** Hears of each request that goes out. */
  readonly onRequest?: (request: Request) => void
  /** Hears of each scenario as it begins: its name, how many were before it, and how many there are. */
  readonly progress?: (name: string, done: number, all: number) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
}

const DEFAULT_SEQUENCES = 7

/** Hosts that are this machine. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/

/** The mode for an address, where none is asked for. */
export const defaultMode = (baseUrl: string): Mode => (LOOPBACK.test(new URL(baseUrl).hostname) ? 'full' : 'safe')

/** What the names of all records of a run begin with. */
export const prefixOf = (seed: number): string => `Ct${seed.toString(36)}x`

/** Holds the server at `baseUrl` to the document. Resolves also where it could not run; the verdict says so. */
export async function runContract(options: ContractOptions): Promise<ContractReport> {
  const { document, now, seed = 1, only = [] } = options
  const baseUrl = options.baseUrl.replace(/\/$/, '')
  const mode = options.mode ?? defaultMode(baseUrl)
  const startedAt = now()
  const journal = createJournal(options.journal ?? (() => {}))
  const prefix = prefixOf(seed)
  const redact = createRedact(options.apiKey)
  const guard = createGuard(mode, { prefix, owns: journal.owns })
  const target = createTarget({
    baseUrl,
    now,
    guard,
    timeoutMs: options.timeoutMs ?? 10_000,
    waitBudgetMs: options.waitBudgetMs ?? 30_000,
    ...(options.perSecond !== undefined && { perSecond: options.perSecond }),
    ...(options.signal && { signal: options.signal }),
    ...(options.onRequest && { onRequest: options.onRequest }),
  })
  const findings = createFindings({ document, baseUrl, flags: replayFlags(options), redact, only })
  const session = createSession({
    document,
    mode,
    seed,
    prefix,
    key: options.apiKey,
    allowLeftovers: options.allowLeftovers ?? false,
    sequences: options.sequences ?? DEFAULT_SEQUENCES,
    target,
    guard,
    findings,
    journal,
  })
  const { problem, isPartial = false } = await carryOut(session, options, startedAt).finally(async () => {
    await cleanUp(options, journal, guard)
    target.close()
  })
  const list = findings.list()
  const hasFailed = list.some(({ level }) => level === 'failure')
  return {
    version: 1,
    document: document.name,
    baseUrl,
    mode,
    seed,
    only,
    verdict: hasFailed && (isPartial || problem === '') ? 'fails' : problem ? 'could-not-run' : 'conforms',
    problem: redact(problem),
    requests: target.requests(),
    waits: target.waits(),
    findings: list,
    checks: findings.results(),
    coverage: coverageOf(document, {
      exchanges: session.exchanges,
      failed: findings.failed,
      mode,
      only,
      allowLeftovers: options.allowLeftovers ?? false,
    }),
    skipped: session.skipped,
    leftovers: [...journal.leftovers(), ...journal.toRemove().map((path) => `DELETE ${path}`)],
    times: { startedAt: new Date(startedAt).toISOString(), durationMs: now() - startedAt },
  }
}

/** What a replay must say besides the address; a finding may hang on it. */
function replayFlags({ mode, seed = 1, sequences, allowLeftovers }: ContractOptions): string {
  return [
    ...(mode ? [`--mode ${mode}`] : []),
    ...(seed === 1 ? [] : [`--seed ${seed}`]),
    ...(sequences === undefined || sequences === DEFAULT_SEQUENCES ? [] : [`--sequences ${sequences}`]),
    ...(allowLeftovers ? ['--allow-leftovers'] : []),
  ]
    .map((flag) => ` ${flag}`)
    .join('')
}

/** How the scenarios ended. */
interface Ending {
  /** Why not all could run; '' where they did. */
  readonly problem: string
  /** True where some did, so that what they found counts. */
  readonly isPartial?: boolean
}

/** Runs the scenarios. */
async function carryOut(session: Session, options: ContractOptions, startedAt: number): Promise<Ending> {
  const { only = [], maxMs, now, progress, signal } = options
  const world: World = { pets: new Map() }
  try {
    const problem = unknownOperation(session, only) || (await start(session, options))
    if (problem) return { problem }
    const meant = scenariosFor(only, session.mode)
    for (const [done, scenario] of meant.entries()) {
      if (maxMs !== undefined && now() - startedAt > maxMs) return timeUp(session, meant.slice(done))
      progress?.(scenario.name, done, meant.length)
      await scenario.run(session, world)
    }
    return { problem: '' }
  } catch (error) {
    if (signal?.aborted) return { problem: 'The run was stopped before it was done.' }
    throw error
  }
}

/** An operation that the document does not have would be looked at by nothing, and pass. */
function unknownOperation({ document }: Session, only: readonly string[]): string {
  const ids = document.operations.map(({ id }) => id)
  const unknown = only.find((id) => !ids.includes(id))
  if (unknown === undefined) return ''
  const suggestion = nearest(unknown, ids)
  return `The document has no operation ${unknown}. ${suggestion ? `Did you mean --only ${suggestion}?` : `It has ${ids.join(', ')}.`}`
}

async function start(session: Session, { baseUrl, journal }: ContractOptions): Promise<string> {
  journal?.({ target: baseUrl })
  return preflight(session)
}

/** The scenarios that look at one of the operations, or all, and that the mode allows. */
const scenariosFor = (only: readonly string[], mode: Mode): readonly Scenario[] =>
  SCENARIOS.filter(({ operations, modes }) => {
    const isMeant = only.length === 0 || operations.some((id) => only.includes(id))
    return isMeant && modes.includes(mode)
  })

/** What was not looked at is no pass. */
function timeUp(session: Session, left: readonly Scenario[]): Ending {
  for (const { name } of left) session.skip(`${name}: the time was up.`)
  const problem = `The time was up before all was looked at: ${left.length} parts were left out. Allow more by --max-ms.`
  return { problem, isPartial: true }
}

/** Removes what the run created, whatever became of it, past the signal that stopped it. */
async function cleanUp(options: ContractOptions, journal: Journal, guard: Guard): Promise<void> {
  if (journal.toRemove().length === 0) return
  const { now, timeoutMs = 10_000 } = options
  const target = createTarget({
    baseUrl: options.baseUrl.replace(/\/$/, ''),
    now,
    guard,
    timeoutMs,
    waitBudgetMs: 30_000,
  })
  await removeAll(journal.toRemove(), target, (path) => {
    journal.forget(path)
    options.journal?.({ removed: path })
  })
  target.close()
}

/** Deletes each path; `removed` hears of those that are gone. */
export async function removeAll(
  paths: readonly string[],
  target: Target,
  removed: (path: string) => void,
): Promise<void> {
  for (const path of paths) {
    const { answer } = await target.send({ method: 'DELETE', path, headers: {} })
    const isGone = answer !== undefined && (answer.status < 300 || [400, 404].includes(answer.status))
    if (isGone) removed(path)
  }
}
