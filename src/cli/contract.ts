import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createApp } from '../app.ts'
import type { ContractConfig } from '../config.ts'
import { type AcceptedFailure, applyBaseline, BaselineError, readBaseline } from '../contract/baseline.ts'
import { cleanUpJournal, targetOf } from '../contract/cleanup.ts'
import type { JournalLine } from '../contract/journal.ts'
import type { ContractReport } from '../contract/report.ts'
import { REPORTS } from '../contract/reports/index.ts'
import { type ContractOptions, defaultMode, prefixOf, runContract } from '../contract/run-contract.ts'
import { leftoversOf } from '../contract/scenarios/domains.ts'
import type { Exchange } from '../exchange.ts'
import { printable } from '../journal/printable.ts'
import { pathOf } from '../package-files.ts'
import { listen } from '../server.ts'
import { loadDocument } from '../spec/document.ts'
import { EXIT } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

/** How a run of the suite ends. */
const CONTRACT_EXIT = { conforms: EXIT.done, fails: EXIT.failed, 'could-not-run': EXIT.usage } as const

/** Holds a server to the document and resolves with the exit code. */
export async function checkContract(config: ContractConfig, terminal: Terminal): Promise<number> {
  if (config.plan) return printPlan(config, terminal)
  const accepted = readAccepted(config.baseline)
  if (typeof accepted === 'string') {
    terminal.err.write(`${printable(accepted)}\n`)
    return EXIT.usage
  }
  const obstacle = journalInTheWay(config)
  if (obstacle !== '') {
    terminal.err.write(`${printable(obstacle)}\n`)
    return EXIT.usage
  }
  announceLeftovers(config, terminal)
  const found = promoted(await runAimed(config, terminal), config.strict)
  const report = accepted ? applyBaseline(found, accepted, new Date().toISOString().slice(0, 10)) : found
  forgetJournal(config, report)
  writeReports(config, report)
  if (!config.quiet) terminal.out.write(REPORTS.text(report))
  else if (report.problem !== '') terminal.err.write(`${printable(report.problem)}\n`)
  return CONTRACT_EXIT[report.verdict]
}

/** Looks for one finding again: 1 where it is still there, 0 where it is not. */
export async function replayFinding(config: ContractConfig, id: string, terminal: Terminal): Promise<number> {
  const report = await runAimed(config, terminal)
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
  terminal.out.write(finding ? REPORTS.text(only) : `Finding ${printable(id)} is not there any more.\n`)
  return finding ? EXIT.failed : EXIT.done
}

/** Runs against the server, or against a mock of this process where none is named. */
async function runAimed(config: ContractConfig, terminal: Terminal): Promise<ContractReport> {
  const stop = new AbortController()
  terminal.onSignal(() => stop.abort())
  const { baseUrl } = config
  if (baseUrl !== undefined) return runContract({ ...optionsOf(config, terminal), baseUrl, signal: stop.signal })
  return withMock((url) =>
    runContract({ ...optionsOf(config, terminal), apiKey: 'special-key', baseUrl: url, signal: stop.signal }),
  )
}

async function withMock<T>(
  use: (url: string) => Promise<T>,
  onExchange: (exchange: Exchange) => void = () => {},
): Promise<T> {
  const mock = createApp({ onExchange })
  const running = await listen(mock.app, { host: '127.0.0.1', port: 0, basePath: mock.basePath })
  try {
    return await use(running.url)
  } finally {
    await running.close()
  }
}

function optionsOf(config: ContractConfig, { err }: Terminal): Omit<ContractOptions, 'baseUrl'> {
  const { apiKey, mode, seed, only, rate, timeoutMs, maxMs, allowLeftovers, sequences } = config
  return {
    document: loadDocument(pathOf('openapi.yaml')),
    now: Date.now,
    seed,
    only,
    timeoutMs,
    allowLeftovers,
    sequences,
    ...(apiKey !== undefined && { apiKey }),
    ...(mode !== undefined && { mode }),
    ...(rate !== undefined && { perSecond: rate }),
    ...(maxMs !== undefined && { maxMs }),
    ...(mode === 'owned' && {
      journal: (line) => appendFileSync(config.journal, `${JSON.stringify(line)}\n`, { flush: true }),
    }),
    ...(err.isTTY && !config.quiet && { progress: (name) => err.write(`\r\u001b[K${printable(name)}`) }),
  }
}

/** The accepted failures, undefined where there is no baseline, or why it cannot be used. */
function readAccepted(file: string | undefined): AcceptedFailure[] | string | undefined {
  if (file === undefined) return undefined
  try {
    return readBaseline(readFileSync(file, 'utf8'), file)
  } catch (error) {
    if (error instanceof BaselineError) return error.message
    return `${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Name a readable baseline.`
  }
}

/** With `--strict`, advice is a failure. */
function promoted(report: ContractReport, strict: boolean): ContractReport {
  const isPromoted = strict && report.findings.some(({ level }) => level === 'advice')
  if (!isPromoted) return report
  const findings = report.findings.map((finding) =>
    finding.level === 'advice' ? { ...finding, level: 'failure' as const } : finding,
  )
  return { ...report, findings, verdict: report.verdict === 'could-not-run' ? report.verdict : 'fails' }
}

/** The journal of a run that crashed must not be lost; '' where there is none. */
function journalInTheWay({ mode, journal }: ContractConfig): string {
  return mode === 'owned' && existsSync(journal)
    ? `${journal} holds what an earlier run has left. Finish it: inboxes-mock contract cleanup ${journal}. Or name another file by --journal.`
    : ''
}

/** Says what a run will leave behind before it does. */
function announceLeftovers({ mode, allowLeftovers, seed, quiet }: ContractConfig, { err }: Terminal): void {
  if (mode !== 'owned' || !allowLeftovers || quiet) return
  err.write(`This run leaves behind what the API cannot remove: ${leftoversOf(prefixOf(seed)).join('; ')}.\n`)
}

/** A journal that has nothing left to remove has done its work. */
function forgetJournal({ mode, journal }: ContractConfig, { leftovers }: ContractReport): void {
  if (mode === 'owned' && !leftovers.some((what) => what.startsWith('DELETE '))) rmSync(journal, { force: true })
}

/** Removes what a run that crashed has left: 0 where nothing stays, 1 where something does. */
export async function cleanUp(config: ContractConfig, file: string, { out, err }: Terminal): Promise<number> {
  const { timeoutMs } = config
  const lines = readJournal(file)
  const baseUrl = config.baseUrl ?? (typeof lines === 'string' ? undefined : targetOf(lines))
  if (baseUrl === undefined || typeof lines === 'string') {
    err.write(
      `${typeof lines === 'string' ? lines : 'The journal does not name the server that the run was aimed at. Name it: --base-url URL'}\n`,
    )
    return EXIT.usage
  }
  const { removed, kept, leftovers } = await cleanUpJournal(lines, { baseUrl, timeoutMs, now: Date.now })
  const say = (what: string, paths: readonly string[]) => paths.map((path) => `${what} ${printable(path)}`)
  const told = [
    ...say('removed', removed),
    ...say('could not remove', kept),
    ...say('the API cannot remove', leftovers),
  ]
  out.write(`${[...told, `${removed.length} removed, ${kept.length} left.`].join('\n')}\n`)
  if (kept.length > 0) return EXIT.failed
  rmSync(file)
  return EXIT.done
}

/** The lines of a journal, the last of which a crash may have cut; or why it cannot be read. */
function readJournal(file: string): JournalLine[] | string {
  try {
    return readFileSync(file, 'utf8').split('\n').flatMap(parseLine)
  } catch (error) {
    return `${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Name the journal that the run kept.`
  }
}

function parseLine(line: string): JournalLine[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as JournalLine]
  } catch {
    return []
  }
}

function writeReports({ reports }: ContractConfig, report: ContractReport): void {
  for (const { format, file } of reports) writeFileSync(file, REPORTS[format](report))
}

/** Prints what a run would send, as a mock of this process was sent it: ids and names differ on another server. */
async function printPlan(config: ContractConfig, terminal: Terminal): Promise<number> {
  const mode = config.mode ?? (config.baseUrl === undefined ? 'full' : defaultMode(config.baseUrl))
  const lines: string[] = []
  const record = ({ method, target, requestBody }: Exchange) => {
    lines.push(
      `${method} ${printable(target)}${requestBody.length > 0 ? `  ${printable(requestBody.toString(), 200)}` : ''}`,
    )
  }
  await withMock(
    (url) =>
      runContract({
        ...optionsOf({ ...config, mode, quiet: true }, terminal),
        apiKey: 'special-key',
        baseUrl: url,
        mode,
      }),
    record,
  )
  const where = config.baseUrl ?? 'a mock of this process'
  terminal.out.write(
    `${[...lines, `${lines.length} requests to ${where} in mode ${mode}; none was sent to it.`].join('\n')}\n`,
  )
  return EXIT.done
}
