import { existsSync, readFileSync } from 'node:fs'
import { createRunId } from '../../contract/index.ts'
import type { Left } from '../../contract/report.ts'
import { leftBehind } from '../../contract/reports/text-report.ts'
import { type AcceptedDifference, readAcceptedDifferences, withoutAccepted } from '../../drift/accepted.ts'
import { against, idsIn, type Standing } from '../../drift/against.ts'
import { addToHistory, type PastRun } from '../../drift/history.ts'
import type { DriftReport } from '../../drift/report.ts'
import { DRIFT_REPORTS } from '../../drift/reports/index.ts'
import { runDrift } from '../../drift/run-drift.ts'
import { printable } from '../../http/printable.ts'
import { parseProfile, readProfile } from '../../mock/files/read-profile.ts'
import { DocumentError } from '../../openapi/document-error.ts'
import { merged, type Profile } from '../../ways/profile.ts'
import { EXIT } from '../exit-code.ts'
import type { DriftConfig } from '../options/drift-flags.ts'
import type { Terminal } from '../output/terminal.ts'
import { UsageProblem } from '../usage-problem.ts'
import { mockInThisProcess, optionsOf, withMode } from './contract-run.ts'
import { announceLeftovers, removeFinishedLog, requireFreeLog } from './leftovers.ts'
import { requireFolder, requireWritable, writeResult } from './result-files.ts'
import { stopSignal } from './stop.ts'

const DRIFT_EXIT = { same: EXIT.done, differs: EXIT.failed, 'could-not-run': EXIT.usage } as const

/** Compares a server with the mock and resolves with the exit code. */
export async function compareWithMock(given: DriftConfig, terminal: Terminal): Promise<number> {
  const { baseUrl, adopt, profile, history } = given
  if (baseUrl === undefined) throw new UsageProblem('drift needs the server to compare with the mock: --base-url URL')
  if (adopt !== undefined) requireProfile(adopt)
  for (const { format, file } of given.reports) requireWritable({ file, flag: `--report ${format}=FILE` })
  if (history !== undefined) requireFolder({ file: history, flag: '--history DIR' })
  const before = profile === undefined ? undefined : readProfile(profile).profile
  const accepted = given.baseline === undefined ? [] : acceptedIn(given.baseline)
  const earlier = given.against === undefined ? undefined : earlierIn(given.against)
  const signal = stopSignal(terminal)
  const asking = { runId: createRunId(), plan: false, strict: false, ...given, reports: [] }
  const { profile: _profile, ...config } = await withMode(asking, terminal, signal)
  requireFreeLog(config)
  announceLeftovers(config, terminal)
  let left: Left = { leftovers: [], cleanUp: '' }
  const found = await runDrift({
    ...optionsOf(config, terminal),
    baseUrl: baseUrl.url,
    signal,
    mock: mockInThisProcess(given),
    onLeft: (what) => {
      left = what
    },
  })
  const report = withoutAccepted(found, accepted, new Date().toISOString().slice(0, 10))
  const past = history !== undefined && report.verdict !== 'could-not-run' ? addToHistory(history, report) : []
  print(report, past, given, terminal)
  if (!given.quiet) terminal.out.write(leftBehind(left).join('\n'))
  removeFinishedLog(config, left)
  const standing = earlier && against(report, earlier)
  if (standing && !given.quiet) terminal.out.write(`${standingText(standing)}\n`)
  if (adopt !== undefined && report.verdict !== 'could-not-run') writeProfile(adopt, found, before)
  if (standing && report.verdict === 'differs') return standing.fresh.length > 0 ? EXIT.failed : EXIT.done
  return DRIFT_EXIT[report.verdict]
}

const standingText = ({ fresh, gone, still }: Standing) =>
  [
    `${fresh.length} new, ${gone.length} gone, ${still.length} still`,
    ...fresh.map((id) => `  new   ${id}`),
    ...gone.map((id) => `  gone  ${printable(id)}`),
  ].join('\n')

function acceptedIn(file: string): AcceptedDifference[] {
  const accepted = readAcceptedDifferences(readOrExplain('--baseline', file), file)
  if (typeof accepted === 'string') throw new UsageProblem(accepted)
  return accepted
}

function earlierIn(file: string): string[] {
  const ids = idsIn(readOrExplain('--against', file))
  if (ids === undefined)
    throw new UsageProblem(
      `--against: ${printable(file)} is no JSON of an earlier run. Write one with --report json=FILE.`,
    )
  return ids
}

function readOrExplain(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageProblem(`${flag}: ${printable(file)} cannot be read (${Object(error).code}). Name a readable file.`)
  }
}

function print(
  report: DriftReport,
  past: readonly PastRun[],
  { quiet, reports }: DriftConfig,
  { out, err }: Terminal,
): void {
  if (err.isTTY && !quiet) err.write('\u001b[K')
  if (report.verdict === 'could-not-run') err.write(`${printable(report.problem)}\n`)
  else if (!quiet) out.write(DRIFT_REPORTS.text(report))
  for (const { format, file } of reports)
    writeResult({ file, flag: `--report ${format}=FILE` }, DRIFT_REPORTS[format](report, past))
}

/** A file that is there may be replaced if it is a profile. */
function requireProfile(file: string): void {
  if (existsSync(file)) {
    try {
      parseProfile(readFileSync(file, 'utf8'), file)
    } catch (error) {
      const why = error instanceof DocumentError ? error.message : String(Object(error).code)
      throw new UsageProblem(
        `--adopt replaces nothing but a profile, and ${printable(file)} is none: ${printable(why)}`,
      )
    }
  } else requireWritable({ file, flag: '--adopt FILE' })
}

/** Adds what was adopted, and the time that answers took, to the profile that the mock had. */
function writeProfile(file: string, { profile, times }: DriftReport, before: Profile | undefined): void {
  const { latency } = times
  const all = merged([before ?? {}, profile, Object.keys(latency).length > 0 ? { latency } : {}])
  writeResult({ file, flag: '--adopt FILE' }, `${JSON.stringify(all, null, 2)}\n`)
}
