import type { Redaction } from '../http/redaction/redaction.ts'
import type { Access } from '../http/transport/transport.ts'
import { type CleanupLog, createCleanupLog } from './cleanup-log.ts'
import { type Client, type ClientOptions, createClient } from './client.ts'
import type { ContractOptions } from './contract-options.ts'
import { DEFAULTS } from './defaults.ts'
import { createFindings, type Findings } from './findings.ts'
import { createGuard, type Guard } from './guard.ts'
import { createLastShown } from './last-shown.ts'
import { createMemory, type Memory } from './memory.ts'
import { boundsOf, headersOf } from './prepare.ts'
import { createRunRedaction } from './redact.ts'
import type { Mode } from './report.ts'
import { createRun, type Run } from './run.ts'
import { createWatch } from './surroundings/watch.ts'

/** The parts of one run. */
export interface Parts {
  readonly run: Run
  readonly findings: Findings
  readonly memory: Memory
  readonly cleanupLog: CleanupLog
  readonly client: Client
  readonly clientOptions: ClientOptions
  readonly redaction: Redaction
}

/** The prefix of the names of all records of a run. */
export const prefixOf = (seed: number, runId = ''): string => `Ct${seed.toString(36)}x${runId}`

/** Puts a run together. */
export function assemble(options: ContractOptions, access: Access, mode: Mode, signal: AbortSignal): Parts {
  const {
    document,
    baseUrl,
    apiKey,
    headers = {},
    sequencePath,
    onRequest,
    onInteraction,
    seed = DEFAULTS.seed,
    only = [],
  } = options
  const { depth = DEFAULTS.depth } = options
  const prefix = prefixOf(seed, options.runId)
  const redaction = createRunRedaction(apiKey, headers)
  const cleanupLog = createCleanupLog(options.journal ?? (() => {}), redaction.hide)
  const guard = createGuard(mode, { prefix, owns: cleanupLog.owns })
  const clientOptions = { ...clientOptionsOf(options, guard), ...access }
  const client = createClient({ ...clientOptions, signal, ...(onRequest && { onRequest }) })
  const findings = createFindings({
    document,
    baseUrl: redaction.target(baseUrl),
    redaction,
    only,
    ...(options.onFirstFailure && { onFirstFailure: options.onFirstFailure }),
  })
  const memory = createMemory(prefix)
  const shown = createLastShown()
  const run = createRun({
    document,
    mode,
    seed,
    prefix,
    key: apiKey,
    hidden: Object.keys(headers),
    allowLeftovers: options.allowLeftovers ?? false,
    depth,
    sequences: options.sequences ?? (depth === 'thorough' ? DEFAULTS.manySequences : DEFAULTS.sequences),
    ...(sequencePath !== undefined && { sequencePath }),
    client,
    now: options.now,
    guard,
    findings,
    cleanupLog,
    maxBytes: clientOptions.maxBytes,
    shown,
    onInteraction: (interaction) => {
      memory.saw(interaction)
      shown.saw(interaction)
      onInteraction?.(interaction)
    },
    watch: createWatch(baseUrl, client.send),
  })
  return { run, findings, memory, cleanupLog, client, clientOptions, redaction }
}

const clientOptionsOf = (options: ContractOptions, guard: Guard): ClientOptions => ({
  ...boundsOf(options),
  baseUrl: options.baseUrl,
  now: options.now,
  guard,
  headers: headersOf(options),
  waitBudgetMs: options.waitBudgetMs ?? DEFAULTS.waitBudgetMs,
  ...(options.perSecond !== undefined && { perSecond: options.perSecond }),
  ...(options.fetch && { fetch: options.fetch }),
})
