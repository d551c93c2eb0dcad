import { isLoopbackHost } from '../http/address.ts'
import type { Redaction } from '../http/redaction/redaction.ts'
import { carryOut } from './carry-out.ts'
import { cleanUp } from './clean-up.ts'
import { type CleanupLog, createCleanupLog } from './cleanup-log.ts'
import { type ClientOptions, createClient } from './client.ts'
import type { ContractOptions } from './contract-options.ts'
import { coverageOf } from './coverage.ts'
import { DEFAULTS } from './defaults.ts'
import { createFindings, type Findings } from './findings.ts'
import { createGuard } from './guard.ts'
import { createRunRedaction, withoutSecrets } from './redact.ts'
import type { ContractReport, Mode } from './report.ts'
import { createRun, type Run } from './run.ts'
import { startTimeLimit, type TimeLimit } from './time-limit.ts'

/** The default mode for a server. */
export const defaultMode = (baseUrl: string): Mode => (isLoopbackHost(new URL(baseUrl).hostname) ? 'full' : 'safe')

/** The prefix of the names of all records of a run. */
export const prefixOf = (seed: number): string => `Ct${seed.toString(36)}x`

/** Holds the server at `baseUrl` to the document. Resolves also if it could not run; the verdict says so. */
export async function runContract(given: ContractOptions): Promise<ContractReport> {
  const options = { ...given, baseUrl: withoutSecrets(given.baseUrl) }
  const startedAt = options.now()
  const limit = startTimeLimit(maxMsOf(options), options.signal)
  const parts = assemble(options, limit)
  const { run, findings, cleanupLog, client, redaction } = parts
  const baseUrl = redaction.target(options.baseUrl)
  const { problem, isPartial = false } = await carryOut(run, { ...options, baseUrl }, limit).finally(async () => {
    limit.clear()
    await cleanUp(options, cleanupLog, parts.clientOptions)
    client.close()
  })
  const list = findings.list()
  const hasFailed = list.some(({ level }) => level === 'failure')
  const { mode, seed } = run
  const { document, only = [], allowLeftovers = false } = options
  const { interactions } = run
  return {
    version: 1,
    document: document.name,
    baseUrl,
    mode,
    seed,
    only,
    verdict: hasFailed && (isPartial || problem === '') ? 'fails' : problem ? 'could-not-run' : 'conforms',
    problem: redaction.phrase(problem),
    requests: client.requests(),
    waits: client.waits(),
    findings: list,
    checks: findings.results(),
    coverage: coverageOf(document, { interactions, failed: findings.failed, mode, only, allowLeftovers }),
    skipped: run.skipped.map((what) => redaction.phrase(what)),
    leftovers: [...cleanupLog.leftovers(), ...cleanupLog.toRemove().map((path) => `DELETE ${path}`)].map((what) =>
      redaction.phrase(what),
    ),
    times: { startedAt: new Date(startedAt).toISOString(), durationMs: options.now() - startedAt },
  }
}

/** The parts of one run. */
interface Parts {
  readonly run: Run
  readonly findings: Findings
  readonly cleanupLog: CleanupLog
  readonly client: ReturnType<typeof createClient>
  readonly clientOptions: ClientOptions
  readonly redaction: Redaction
}

function assemble(options: ContractOptions, limit: TimeLimit): Parts {
  const { document, baseUrl, apiKey, sequencePath, onRequest, seed = DEFAULTS.seed, only = [] } = options
  const mode = options.mode ?? defaultMode(baseUrl)
  const prefix = prefixOf(seed)
  const redaction = createRunRedaction(apiKey)
  const cleanupLog = createCleanupLog(options.journal ?? (() => {}), redaction.hide)
  const guard = createGuard(mode, { prefix, owns: cleanupLog.owns })
  const clientOptions = clientOptionsOf(options, guard)
  const client = createClient({ ...clientOptions, signal: limit.signal, ...(onRequest && { onRequest }) })
  const findings = createFindings({
    document,
    baseUrl: redaction.target(baseUrl),
    flags: replayFlags(options),
    redaction,
    only,
  })
  const run = createRun({
    document,
    mode,
    seed,
    prefix,
    key: apiKey,
    allowLeftovers: options.allowLeftovers ?? false,
    sequences: options.sequences ?? DEFAULTS.sequences,
    ...(sequencePath !== undefined && { sequencePath }),
    client,
    guard,
    findings,
    cleanupLog,
    maxBytes: clientOptions.maxBytes,
  })
  return { run, findings, cleanupLog, client, clientOptions, redaction }
}

const clientOptionsOf = (options: ContractOptions, guard: ClientOptions['guard']): ClientOptions => ({
  baseUrl: options.baseUrl,
  now: options.now,
  guard,
  timeoutMs: options.timeoutMs ?? DEFAULTS.timeoutMs,
  maxBytes: options.maxBytes ?? DEFAULTS.maxBytes,
  waitBudgetMs: options.waitBudgetMs ?? DEFAULTS.waitBudgetMs,
  ...(options.perSecond !== undefined && { perSecond: options.perSecond }),
  ...(options.fetch && { fetch: options.fetch }),
})

/** A slow rate needs more time: enough for this many requests. */
const MANY_REQUESTS = 3000

const maxMsOf = ({ maxMs, perSecond }: ContractOptions) =>
  maxMs ?? DEFAULTS.maxMs + (perSecond === undefined ? 0 : (MANY_REQUESTS / perSecond) * 1000)

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
