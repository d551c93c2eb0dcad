import { readFileSync } from 'node:fs'
import { prefixOf } from '../../contract/assemble.ts'
import { type AcceptedFailure, applyBaseline, BaselineError, readBaseline } from '../../contract/baseline.ts'
import { createRunId } from '../../contract/index.ts'
import type { ContractReport } from '../../contract/report.ts'
import { REPORTS } from '../../contract/reports/index.ts'
import { leftoversOf } from '../../contract/scenarios/domains.ts'
import { printable } from '../../http/printable.ts'
import { shellWord } from '../../http/shell-word.ts'
import { EXIT } from '../exit-code.ts'
import type { ContractConfig } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'
import { printPlan } from './contract-plan.ts'
import { runAgainstTarget, withMode } from './contract-run.ts'
import { isTaken, type ResultFile, removeDone, requireWritable, writeResult } from './result-files.ts'
import { stopSignal } from './stop.ts'

/** The exit code of each verdict. */
const CONTRACT_EXIT = { conforms: EXIT.done, fails: EXIT.failed, 'could-not-run': EXIT.usage } as const

/** Holds a server to the document and resolves with the exit code. */
export async function checkContract(given: ContractConfig, terminal: Terminal): Promise<number> {
  if (given.plan) return printPlan(given, terminal)
  const signal = stopSignal(terminal)
  const config = { runId: createRunId(), ...(await withMode(given, terminal, signal)) }
  const accepted = readAccepted(config.baseline)
  if (typeof accepted === 'string') {
    terminal.err.write(`${printable(accepted)}\n`)
    return EXIT.usage
  }
  const conflict = cleanupLogConflict(config)
  if (conflict !== '') {
    terminal.err.write(`${printable(conflict)}\n`)
    return EXIT.usage
  }
  for (const file of resultFiles(config)) requireWritable(file)
  announceLeftovers(config, terminal)
  const found = withStrictness(await runAgainstTarget(config, terminal, signal), config.strict)
  const report = accepted ? applyBaseline(found, accepted, new Date().toISOString().slice(0, 10)) : found
  if (terminal.err.isTTY && !config.quiet) terminal.err.write('\u001b[K')
  if (!config.quiet) terminal.out.write(REPORTS.text(report))
  else if (report.problem !== '') terminal.err.write(`${printable(report.problem)}\n`)
  writeReports(config, report)
  removeFinishedLog(config, report)
  return CONTRACT_EXIT[report.verdict]
}

/** Looks for one finding again. Exit code 1 if it is still there, 0 if not. */
export async function replayFinding(config: ContractConfig, id: string, terminal: Terminal): Promise<number> {
  const report = await runAgainstTarget(config, terminal)
  const finding = report.findings.find((candidate) => candidate.id === id)
  if (report.verdict === 'could-not-run') {
    terminal.err.write(`${printable(report.problem)}\n`)
    return EXIT.usage
  }
  const { verdict } = report
  const only: ContractReport = {
    ...report,
    findings: finding ? [finding] : [],
    verdict: finding ? verdict : 'conforms',
  }
  terminal.out.write(finding ? REPORTS.text(only) : `Finding ${printable(id)} is no longer there.\n`)
  return finding ? EXIT.failed : EXIT.done
}

/** Reads the accepted failures: undefined without a baseline, a message if it cannot be used. */
function readAccepted(file: string | undefined): AcceptedFailure[] | string | undefined {
  if (file === undefined) return undefined
  try {
    return readBaseline(readFileSync(file, 'utf8'), file)
  } catch (error) {
    if (error instanceof BaselineError) return error.message
    return `${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Name a readable baseline.`
  }
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

/** Refuses to write to a clean-up log that is there, or to a link in its place, which leads elsewhere; '' if there is none. */
function cleanupLogConflict({ mode, journal }: ContractConfig): string {
  return mode === 'owned' && isTaken(journal)
    ? `${journal} lists what an earlier run left behind. Remove that first: inboxes-mock contract cleanup ${shellWord(journal)}. Or name another file with --journal.`
    : ''
}

/** Names what cannot be undone before the run does it. */
function announceLeftovers(config: ContractConfig, { err }: Terminal): void {
  const { mode, allowLeftovers, seed, runId, quiet, baseUrl } = config
  const isLasting = mode === 'full' || (mode === 'owned' && allowLeftovers)
  if (!isLasting || quiet || baseUrl === undefined) return
  const left = leftoversOf(prefixOf(seed, runId)).join('; ')
  if (mode === 'full') err.write(`${FULL_MODE}\n`)
  err.write(`This run leaves behind what the API cannot remove: ${left}.\n`)
}

const FULL_MODE =
  'This run is in mode full: it changes pets that are there, and deletes one of them, which the API cannot undo. Mode owned does not.'

/** Removes the clean-up log, unless it still lists records that can be removed. */
function removeFinishedLog({ mode, journal }: ContractConfig, { leftovers }: ContractReport): void {
  if (mode === 'owned' && !leftovers.some((what) => what.startsWith('DELETE '))) removeDone(logFile(journal))
}

function writeReports({ reports }: ContractConfig, report: ContractReport): void {
  for (const { format, file } of reports) writeResult(reportFile(format, file), REPORTS[format](report))
}

const reportFile = (format: string, file: string): ResultFile => ({ file, flag: `--report ${format}=FILE` })
const logFile = (file: string): ResultFile => ({ file, flag: '--journal FILE' })

/** The files that a run writes. */
const resultFiles = ({ reports, mode, journal }: ContractConfig): ResultFile[] => [
  ...reports.map(({ format, file }) => reportFile(format, file)),
  ...(mode === 'owned' ? [logFile(journal)] : []),
]
