import { assemble, type Parts } from './assemble.ts'
import { carryOut, type Ending } from './carry-out.ts'
import { cleanUp } from './clean-up.ts'
import { cleanUpCommand, replayCommand, runCommand } from './commands.ts'
import type { ContractOptions } from './contract-options.ts'
import { coverageOf } from './coverage.ts'
import { DEFAULTS } from './defaults.ts'
import { groupFindings } from './group-findings.ts'
import { gatherForgotten } from './memory.ts'
import { modeFor, prepare } from './prepare.ts'
import type { ContractReport } from './report.ts'
import { startTimeLimit } from './time-limit.ts'

/** Holds the server at `baseUrl` to the document. Resolves also if it could not run; the verdict says so. */
export async function runContract(given: ContractOptions): Promise<ContractReport> {
  const startedAt = given.now()
  const { options, access, problem } = prepare(given)
  const limit = startTimeLimit(maxMsOf(options), options.signal)
  const mode = problem === '' ? await modeFor(options, access, limit.signal) : 'safe'
  const parts = assemble(options, access, mode, limit.signal)
  const run = async (): Promise<Ending> => (problem === '' ? carryOut(parts, options, limit) : { problem })
  const ending = await run().finally(async () => {
    limit.clear()
    await cleanUp(options, parts.cleanupLog, parts.clientOptions)
    parts.client.close()
  })
  const durationMs = options.now() - startedAt
  return reportOf(options, parts, ending, { startedAt: new Date(startedAt).toISOString(), durationMs })
}

/** A slow rate needs more time: enough for this many requests. */
const MANY_REQUESTS = 3000

const maxMsOf = ({ maxMs, perSecond }: ContractOptions) =>
  maxMs ?? DEFAULTS.maxMs + (perSecond === undefined ? 0 : (MANY_REQUESTS / perSecond) * 1000)

function reportOf(
  options: ContractOptions,
  { run, findings, cleanupLog, client, redaction }: Parts,
  { problem, isPartial = false, hasBegun = true }: Ending,
  times: ContractReport['times'],
): ContractReport {
  const { document, only = [], allowLeftovers = false, cleanupLog: logFile = DEFAULTS.cleanupLog } = options
  const { mode, seed, interactions } = run
  const baseUrl = redaction.target(options.baseUrl)
  const checks = findings.results()
  const found = hasBegun ? findings.list() : []
  const list = gatherForgotten(groupFindings(found, (id) => replayCommand(id, options, { baseUrl, mode })))
  const hasFailed = list.some(({ level }) => level === 'failure')
  const toRemove = cleanupLog.toRemove()
  return {
    version: 1,
    document: document.name,
    documentFile: options.documentFile ?? '',
    baseUrl,
    mode,
    seed,
    only,
    verdict: hasFailed && (isPartial || problem === '') ? 'fails' : problem ? 'could-not-run' : 'conforms',
    problem: redaction.phrase(problem),
    requests: client.requests(),
    waits: client.waits(),
    findings: list,
    checks,
    coverage: coverageOf(document, { interactions, failed: findings.failed, mode, only, allowLeftovers }),
    skipped: run.skipped.map((what) => redaction.phrase(what)),
    leftovers: [...cleanupLog.leftovers(), ...toRemove.map((path) => `DELETE ${path}`)].map((what) =>
      redaction.phrase(what),
    ),
    command: runCommand(options, baseUrl),
    cleanUp: toRemove.length > 0 && options.journal ? cleanUpCommand(logFile, options) : '',
    times,
  }
}
