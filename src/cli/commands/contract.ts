import { readFileSync } from 'node:fs'
import {
  type AcceptedFailure,
  applyBaseline,
  BaselineError,
  readBaseline,
  writeBaseline,
} from '../../contract/baseline.ts'
import { createRunId } from '../../contract/index.ts'
import { requireCoverage } from '../../contract/least-coverage.ts'
import { idProblem, replayIn } from '../../contract/replay.ts'
import type { ContractReport } from '../../contract/report.ts'
import { REPORTS } from '../../contract/reports/index.ts'
import { printable } from '../../http/printable.ts'
import { EXIT } from '../exit-code.ts'
import { ACCEPTED_DAYS, UNKNOWN_OWNER } from '../options/contract-flags.ts'
import type { ContractConfig } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'
import { UsageProblem } from '../usage-problem.ts'
import { printPlan } from './contract-plan.ts'
import { runAgainstTarget, withMode } from './contract-run.ts'
import { announceLeftovers, removeFinishedLog, requireFreeLog } from './leftovers.ts'
import { isTaken, type ResultFile, requireWritable, writeResult } from './result-files.ts'
import { stopSignal } from './stop.ts'

/** The exit code of each verdict. */
const CONTRACT_EXIT = { conforms: EXIT.done, fails: EXIT.failed, 'could-not-run': EXIT.usage } as const

/** Holds a server to the document and resolves with the exit code. */
export async function checkContract(given: ContractConfig, terminal: Terminal): Promise<number> {
  if (given.plan) return printPlan(given, terminal)
  const signal = stopSignal(terminal)
  const config = { runId: createRunId(), ...(await withMode(given, terminal, signal)) }
  const accepted = readAccepted(config)
  requireFreeLog(config)
  for (const file of resultFiles(config)) requireWritable(file)
  announceLeftovers(config, terminal)
  const found = withStrictness(await runAgainstTarget(config, terminal, signal), config.strict)
  const report = withLeastCoverage(withBaseline(found, config, accepted), config)
  if (terminal.err.isTTY && !config.quiet) terminal.err.write('\u001b[K')
  printReports(config, report, terminal)
  writeReports(config, report)
  removeFinishedLog(config, report)
  return CONTRACT_EXIT[report.verdict]
}

/** Looks for one finding again. Exit code 1 if it is still there, 0 if it is gone, 2 if that cannot be said. */
export async function replayFinding(given: ContractConfig, id: string, terminal: Terminal): Promise<number> {
  const mistake = idProblem(id)
  if (mistake !== '') throw new UsageProblem(mistake)
  if (given.baseUrl === undefined) throw new UsageProblem('Name the server of the finding: --base-url URL')
  const signal = stopSignal(terminal)
  const config = { runId: createRunId(), ...(await withMode(given, terminal, signal)), reports: [] }
  requireFreeLog(config)
  const report = await runAgainstTarget(config, terminal, signal)
  removeFinishedLog(config, report)
  const replay = replayIn(report, id)
  if ('problem' in replay) throw new UsageProblem(replay.problem)
  if ('isGone' in replay) {
    terminal.out.write(`Finding ${printable(id)} is gone: its check ran again and found nothing.\n`)
    return EXIT.done
  }
  terminal.out.write(REPORTS.text({ ...report, findings: [replay.finding] }))
  return EXIT.failed
}

/** Reads the accepted failures of `--baseline`, or of the file that is to be written if it is there. */
function readAccepted({ baseline, writeBaseline: written }: ContractConfig): AcceptedFailure[] | undefined {
  const file = baseline ?? (written !== undefined && isTaken(written) ? written : undefined)
  if (file === undefined) return undefined
  try {
    return readBaseline(readFileSync(file, 'utf8'), file)
  } catch (error) {
    if (error instanceof BaselineError) throw new UsageProblem(error.message)
    throw new UsageProblem(
      `${file} cannot be read (${Object(error).code}). Name the file of the baseline: --baseline FILE`,
    )
  }
}

/** Accepts what the baseline accepts; a baseline that this run writes accepts all that failed. */
function withBaseline(
  found: ContractReport,
  config: ContractConfig,
  accepted: readonly AcceptedFailure[] | undefined,
): ContractReport {
  const { writeBaseline: file, baselineOwner: owner = UNKNOWN_OWNER, baselineExpires } = config
  const today = dayAfter(0)
  if (file === undefined) return accepted ? applyBaseline(found, accepted, today) : found
  if (found.verdict === 'could-not-run' || found.problem !== '') return found
  const known = (accepted ?? []).filter((entry) => entry.expires >= today)
  const text = writeBaseline(found, known, { owner, expires: baselineExpires ?? dayAfter(ACCEPTED_DAYS) })
  writeResult(baselineFile(file), text)
  return applyBaseline(found, readBaseline(text, file), today)
}

const DAY_MS = 24 * 60 * 60 * 1000

/** The day so many days from now, in UTC, such as 2030-12-31. */
const dayAfter = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

const withLeastCoverage = (report: ContractReport, { minCoverage }: ContractConfig): ContractReport =>
  minCoverage === undefined ? report : requireCoverage(report, minCoverage)

/** Prints the summary, and the report that has no file. What a program reads then stands alone on standard output. */
function printReports({ reports, quiet }: ContractConfig, report: ContractReport, { out, err }: Terminal): void {
  const printed = reports.find(({ file }) => file === undefined)
  const isForPrograms = printed !== undefined && printed.format !== 'github'
  if (!quiet) (isForPrograms ? err : out).write(REPORTS.text(report))
  else if (report.problem !== '') err.write(`${printable(report.problem)}\n`)
  if (printed) out.write(REPORTS[printed.format](report))
}

/** Turns advice into failures, for `--strict`. */
function withStrictness(report: ContractReport, strict: boolean): ContractReport {
  const isPromoted = strict && report.findings.some(({ level }) => level === 'advice')
  if (!isPromoted) return report
  const findings = report.findings.map((finding) =>
    finding.level === 'advice' ? { ...finding, level: 'failure' as const } : finding,
  )
  return { ...report, findings, verdict: report.verdict === 'could-not-run' ? report.verdict : 'fails' }
}

function writeReports({ reports }: ContractConfig, report: ContractReport): void {
  for (const { format, file } of reports)
    if (file !== undefined) writeResult(reportFile(format, file), REPORTS[format](report))
}

const reportFile = (format: string, file: string): ResultFile => ({ file, flag: `--report ${format}=FILE` })
const baselineFile = (file: string): ResultFile => ({ file, flag: '--write-baseline FILE' })

/** The files that a run writes. */
const resultFiles = ({ reports, writeBaseline: baseline }: ContractConfig): ResultFile[] => [
  ...reports.flatMap(({ format, file }) => (file === undefined ? [] : [reportFile(format, file)])),
  ...(baseline === undefined ? [] : [baselineFile(baseline)]),
]
