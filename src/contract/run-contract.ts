import { isLoopbackHost } from '../http/address.ts'
import type { ApiDocument } from '../openapi/document.ts'
import { nearest } from '../openapi/nearest.ts'
import { type CleanupLine, type CleanupLog, createCleanupLog } from './cleanup-log.ts'
import { type Client, createClient } from './client.ts'
import { coverageOf } from './coverage.ts'
import { DEFAULTS } from './defaults.ts'
import { createFindings } from './findings.ts'
import { createGuard, type Guard } from './guard.ts'
import type { Request } from './interaction.ts'
import type { KnownRecords } from './known-records.ts'
import { preflight } from './preflight.ts'
import { createRedact } from './redact.ts'
import type { ContractReport, Mode } from './report.ts'
import { createRun, type Run } from './run.ts'
import { scenariosFor } from './scenarios/index.ts'
import type { Scenario } from './scenarios/scenario.ts'
import type { Fetch } from './transport.ts'

/** The options of a run. */
export interface ContractOptions {
  readonly document: ApiDocument
  /** The API's address with its base path, such as `http://127.0.0.1:4010/v2`. */
  readonly baseUrl: string
  readonly apiKey?: string
  /** By default `full` for a server on this machine, otherwise `safe`. */
  readonly mode?: Mode
  /** 1 by default. The same seed and server give the same report, except for its times. */
  readonly seed?: number
  /** The operations to check; empty or absent for all. */
  readonly only?: readonly string[]
  /** Requests per second at most. */
  readonly perSecond?: number
  /** The most milliseconds for one answer; 10 seconds by default. */
  readonly timeoutMs?: number
  /** The most milliseconds for the whole run; scenarios that would begin later are skipped. */
  readonly maxMs?: number
  /** The most milliseconds for all waits that 429 and 503 ask for; 30 seconds by default. */
  readonly waitBudgetMs?: number
  /** True if owned mode may create records that the API cannot remove. */
  readonly allowLeftovers?: boolean
  /** The number of random sequences; 7 by default. */
  readonly sequences?: number
  /** If given, the one sequence that is tried, as a finding names it. */
  readonly sequencePath?: string
  /** Stops the run; its records are removed all the same. */
  readonly signal?: AbortSignal
  /** Called with each line of the clean-up log before the write that it is about. */
  readonly journal?: (line: CleanupLine) => void
  /** Sends in place of sockets, such as `mock.fetch` for a mock of this process. */
  readonly fetch?: Fetch
  /** Called with each request that is sent. */
  readonly onRequest?: (request: Request) => void
  /** Called as each scenario begins: its name, the number of those before it, and the number of all. */
  readonly progress?: (name: string, done: number, all: number) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The default mode for a server. */
export const defaultMode = (baseUrl: string): Mode => (isLoopbackHost(new URL(baseUrl).hostname) ? 'full' : 'safe')

/** The prefix of the names of all records of a run. */
export const prefixOf = (seed: number): string => `Ct${seed.toString(36)}x`

/** Holds the server at `baseUrl` to the document. Resolves also if it could not run; the verdict says so. */
export async function runContract(options: ContractOptions): Promise<ContractReport> {
  const { document, now, seed = DEFAULTS.seed, only = [] } = options
  const baseUrl = options.baseUrl.replace(/\/$/, '')
  const mode = options.mode ?? defaultMode(baseUrl)
  const startedAt = now()
  const cleanupLog = createCleanupLog(options.journal ?? (() => {}))
  const prefix = prefixOf(seed)
  const redact = createRedact(options.apiKey)
  const guard = createGuard(mode, { prefix, owns: cleanupLog.owns })
  const client = createClient({
    baseUrl,
    now,
    guard,
    timeoutMs: options.timeoutMs ?? DEFAULTS.timeoutMs,
    waitBudgetMs: options.waitBudgetMs ?? DEFAULTS.waitBudgetMs,
    ...(options.perSecond !== undefined && { perSecond: options.perSecond }),
    ...(options.signal && { signal: options.signal }),
    ...(options.fetch && { fetch: options.fetch }),
    ...(options.onRequest && { onRequest: options.onRequest }),
  })
  const findings = createFindings({ document, baseUrl, flags: replayFlags(options), redact, only })
  const run = createRun({
    document,
    mode,
    seed,
    prefix,
    key: options.apiKey,
    allowLeftovers: options.allowLeftovers ?? false,
    sequences: options.sequences ?? DEFAULTS.sequences,
    ...(options.sequencePath !== undefined && { sequencePath: options.sequencePath }),
    client,
    guard,
    findings,
    cleanupLog,
  })
  const { problem, isPartial = false } = await carryOut(run, options, startedAt).finally(async () => {
    await cleanUp(options, cleanupLog, guard)
    client.close()
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
    requests: client.requests(),
    waits: client.waits(),
    findings: list,
    checks: findings.results(),
    coverage: coverageOf(document, {
      interactions: run.interactions,
      failed: findings.failed,
      mode,
      only,
      allowLeftovers: options.allowLeftovers ?? false,
    }),
    skipped: run.skipped,
    leftovers: [...cleanupLog.leftovers(), ...cleanupLog.toRemove().map((path) => `DELETE ${path}`)],
    times: { startedAt: new Date(startedAt).toISOString(), durationMs: now() - startedAt },
  }
}

/** The flags besides `--base-url` that a finding may depend on, so that its replay has them. */
function replayFlags({ mode, seed = DEFAULTS.seed, sequences, allowLeftovers }: ContractOptions): string {
  return [
    ...(mode ? [`--mode ${mode}`] : []),
    ...(seed === DEFAULTS.seed ? [] : [`--seed ${seed}`]),
    ...(sequences === undefined || sequences === DEFAULTS.sequences ? [] : [`--sequences ${sequences}`]),
    ...(allowLeftovers ? ['--allow-leftovers'] : []),
  ]
    .map((flag) => ` ${flag}`)
    .join('')
}

/** The end of the scenarios. */
interface Ending {
  /** Why not all of them ran; '' if they did. */
  readonly problem: string
  /** True if some ran, so that their findings count. */
  readonly isPartial?: boolean
}

/** Runs the scenarios. */
async function carryOut(run: Run, options: ContractOptions, startedAt: number): Promise<Ending> {
  const { only = [], maxMs, now, progress, signal } = options
  const known: KnownRecords = { pets: new Map() }
  try {
    const problem = unknownOperation(run, only) || (await start(run, options))
    if (problem) return { problem }
    const meant = chosenScenarios(run, only)
    for (const [done, scenario] of meant.entries()) {
      if (maxMs !== undefined && now() - startedAt > maxMs) return timeUp(run, meant.slice(done))
      progress?.(scenario.name, done, meant.length)
      await scenario.run(run, known)
    }
    return { problem: '' }
  } catch (error) {
    if (signal?.aborted) return { problem: 'The run was stopped before it was done.' }
    throw error
  }
}

/** Without this, an operation that the document does not have would pass, because nothing checks it. */
function unknownOperation({ document }: Run, only: readonly string[]): string {
  const ids = document.operations.map(({ id }) => id)
  const unknown = only.find((id) => !ids.includes(id))
  if (unknown === undefined) return ''
  const suggestion = nearest(unknown, ids)
  return `The document has no operation ${unknown}. ${suggestion ? `Did you mean --only ${suggestion}?` : `It has ${ids.join(', ')}.`}`
}

async function start(run: Run, { baseUrl, journal }: ContractOptions): Promise<string> {
  journal?.({ target: baseUrl })
  return preflight(run)
}

/** The scenarios of the mode that check one of the operations; all of the mode if none is named. */
const chosenScenarios = ({ document, mode }: Run, only: readonly string[]): readonly Scenario[] =>
  scenariosFor(document).filter(({ operations, modes }) => {
    const isMeant = only.length === 0 || operations.some((id) => only.includes(id))
    return isMeant && modes.includes(mode)
  })

/** Scenarios that did not run are no pass. */
function timeUp(run: Run, left: readonly Scenario[]): Ending {
  for (const { name } of left) run.skip(`${name}: the time was up.`)
  const problem = `The time was up before all was looked at: ${left.length} parts were left out. Allow more by --max-ms.`
  return { problem, isPartial: true }
}

/** Removes the records of the run, also after it failed or was stopped. */
async function cleanUp(options: ContractOptions, cleanupLog: CleanupLog, guard: Guard): Promise<void> {
  if (cleanupLog.toRemove().length === 0) return
  const { now, timeoutMs = DEFAULTS.timeoutMs } = options
  const client = createClient({
    baseUrl: options.baseUrl.replace(/\/$/, ''),
    now,
    guard,
    timeoutMs,
    waitBudgetMs: DEFAULTS.waitBudgetMs,
    ...(options.fetch && { fetch: options.fetch }),
  })
  await removeAll(cleanupLog.toRemove(), client, (path) => {
    cleanupLog.forget(path)
    options.journal?.({ removed: path })
  })
  client.close()
}

/** Deletes each path; `removed` is called with each one that is gone. */
export async function removeAll(
  paths: readonly string[],
  client: Client,
  removed: (path: string) => void,
): Promise<void> {
  for (const path of paths) {
    const { answer } = await client.send({ method: 'DELETE', path, headers: {} })
    const isGone = answer !== undefined && (answer.status < 300 || [400, 404].includes(answer.status))
    if (isGone) removed(path)
  }
}
