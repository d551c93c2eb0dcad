import { appendFileSync, openSync } from 'node:fs'
import type { ContractOptions } from '../../contract/contract-options.ts'
import { DEFAULTS as CONTRACT } from '../../contract/defaults.ts'
import { createRunId } from '../../contract/index.ts'
import { modeFor, prepare } from '../../contract/prepare.ts'
import type { ContractReport, Mode } from '../../contract/report.ts'
import { runContract } from '../../contract/run-contract.ts'
import { RunEnded } from '../../contract/run-ended.ts'
import { printable } from '../../http/printable.ts'
import { shellWord } from '../../http/shell-word.ts'
import { createMock } from '../../index.ts'
import { DEFAULT_ORIGIN, DEFAULTS } from '../../mock/defaults.ts'
import { loadDocument } from '../../openapi/load-document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import type { ContractConfig } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'
import { UsageProblem } from '../usage-problem.ts'
import { accessOf } from './contract-access.ts'
import { repositoryPath } from './repository-path.ts'
import { stopSignal } from './stop.ts'

/** Runs against the server that the flags name, or else against a mock in this process. */
export async function runAgainstTarget(
  config: ContractConfig,
  terminal: Terminal,
  signal = stopSignal(terminal),
): Promise<ContractReport> {
  const { baseUrl, profile } = config
  if (baseUrl !== undefined && profile !== undefined) throw new UsageProblem(PROFILE_OF_MOCK)
  if (baseUrl !== undefined) return runContract({ ...optionsOf(config, terminal), baseUrl: baseUrl.url, signal })
  return runContract({ ...optionsOf(config, terminal), ...mockInThisProcess(config), signal })
}

/** The settings with their mode: that of the flags, or the one for the server, which is asked whether it is the mock. */
export async function withMode(config: ContractConfig, terminal: Terminal, signal: AbortSignal): Promise<ModeConfig> {
  const { mode, baseUrl } = config
  if (mode !== undefined || baseUrl === undefined) return { ...config, mode: mode ?? 'full' }
  const { options, access, problem } = prepare({ ...optionsOf(config, terminal), baseUrl: baseUrl.url })
  return { ...config, mode: problem === '' ? await modeFor(options, access, signal) : 'safe' }
}

type ModeConfig = ContractConfig & { readonly mode: Mode }

const PROFILE_OF_MOCK =
  '--profile is of the mock in this process, and --base-url names a server. Leave one out; inboxes-mock drift compares the two.'

/**
 * A mock that is called without a socket, by the document and profile of the flags. Its base URL is that of the command's default,
 * so that printed curl lines work there.
 */
export function mockInThisProcess({
  profile,
  document,
}: Pick<ContractConfig, 'profile' | 'document'>): Pick<ContractOptions, 'baseUrl' | 'apiKey'> &
  Required<Pick<ContractOptions, 'fetch'>> {
  const mock = createMock({ ...(profile !== undefined && { profile }), ...(document !== undefined && { document }) })
  const { basePath } = loadDocument(document ?? pathOf('openapi.yaml'))
  return { baseUrl: `${DEFAULT_ORIGIN}${basePath}`, apiKey: DEFAULTS.apiKey, fetch: mock.fetch }
}

/** Turns the flags into the options of a run that shows its progress. Throws as `quietOptionsOf` does. */
export const optionsOf = (config: ContractConfig, { err }: Terminal): Omit<ContractOptions, 'baseUrl'> => ({
  ...quietOptionsOf(config),
  ...(err.isTTY && !config.quiet && { progress: showProgress(err) }),
})

/** Turns the flags into the options of a run. Throws a UsageProblem or a DocumentError if a file cannot be used. */
export function quietOptionsOf(config: ContractConfig): Omit<ContractOptions, 'baseUrl'> {
  const { apiKey, mode, seed, only, rate, timeoutMs, maxBytes, maxMs, allowLeftovers, sequences, sequencePath, depth } =
    config
  return {
    ...accessOf(config),
    document: loadDocument(config.document ?? pathOf('openapi.yaml')),
    now: Date.now,
    seed,
    runId: config.runId ?? createRunId(),
    only,
    timeoutMs,
    maxBytes,
    allowLeftovers,
    depth,
    ...(sequences !== undefined && { sequences }),
    ...(apiKey !== undefined && { apiKey }),
    ...(mode !== undefined && { mode }),
    ...(sequencePath !== undefined && { sequencePath }),
    ...(rate !== undefined && { perSecond: rate }),
    ...(maxMs !== undefined && { maxMs }),
    ...(mode === 'owned' && { journal: appendTo(config.journal), cleanupLog: config.journal }),
    ...documentFileOf(config),
    fileFlags: fileFlagsOf(config),
  }
}

/** Reports point to the document if the user's repository has it. */
function documentFileOf({ document }: ContractConfig): Pick<ContractOptions, 'documentFile'> {
  const documentFile = document === undefined ? undefined : repositoryPath(document)
  return documentFile === undefined ? {} : { documentFile }
}

const FILE_FLAGS = ['document', 'ca', 'cert', 'key'] as const

/** The flags that printed commands need besides the server and the plan. */
function fileFlagsOf(config: ContractConfig): string[] {
  const { rate, timeoutMs, noProxy } = config
  const flag = (name: string, value: string | number | undefined) =>
    value === undefined ? [] : [`--${name} ${shellWord(String(value))}`]
  return [
    ...FILE_FLAGS.flatMap((name) => flag(name, config[name])),
    ...flag('no-proxy', noProxy),
    ...flag('rate', rate && `${rate}/s`),
    ...flag('timeout-ms', timeoutMs === CONTRACT.timeoutMs ? undefined : timeoutMs),
  ]
}

/** Begins the file at the first line. What stands there already, such as a link that another user laid, is not written to. */
function appendTo(path: string): NonNullable<ContractOptions['journal']> {
  let file: number | undefined
  return (line) => {
    try {
      file ??= openSync(path, 'ax', 0o600)
      appendFileSync(file, `${JSON.stringify(line)}\n`, { flush: true })
    } catch (error) {
      // Without its line on the log, a write is not sent.
      throw new RunEnded(`${path} cannot be written (${Object(error).code}). Name another clean-up log: --journal FILE`)
    }
  }
}

/** Shows progress on one line, which is overwritten by each step and at the end by the summary. */
const showProgress =
  (err: Terminal['err']): NonNullable<ContractOptions['progress']> =>
  (name, done, all) =>
    void err.write(`\r\u001b[K${done + 1} of ${all}: ${printable(name)}\r`)
