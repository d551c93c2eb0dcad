import type { MockOptions } from '../../mock/options.ts'
import { openRelay } from '../../mock/upstream/closed-relay.ts'
import { CONTRACT_ACTIONS, readArguments } from './arguments.ts'
import { CONTRACT_FLAGS, CONTRACT_ROWS, type ContractConfig } from './contract-flags.ts'
import { contractHelpText } from './contract-help.ts'
import { DRIFT_FLAGS, DRIFT_ROWS, type DriftConfig } from './drift-flags.ts'
import { driftHelpText } from './drift-help.ts'
import { FLAGS, type Config as FlagConfig } from './flags.ts'
import { helpText } from './help.ts'
import { IMPORT_FLAGS, IMPORT_ROWS, type ImportConfig } from './import-flags.ts'
import { importHelpText } from './import-help.ts'
import { type Environment, readSettings, type Variables } from './settings.ts'
import { unknownVariables } from './unknown-variables.ts'
import { upstreamOf, upstreamProblem } from './upstream-flags.ts'

export type { ContractConfig } from './contract-flags.ts'
export type { DriftConfig } from './drift-flags.ts'
/** The settings of one run of the mock, with the live server that they name. */
export type Config = FlagConfig & Pick<MockOptions, 'upstream'>
export type { Variables } from './settings.ts'

/** A program to run, its arguments and its environment. */
export interface CommandLine {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Environment
}

/** A command line after parsing. */
export type Command =
  | {
      readonly kind: 'serve'
      readonly config: Config
      readonly variables: Variables<Config>
      /** Warnings of variables that have no effect. */
      readonly notes?: readonly string[]
    }
  | { readonly kind: 'contract'; readonly config: ContractConfig }
  | { readonly kind: 'drift'; readonly config: DriftConfig }
  | { readonly kind: 'import'; readonly config: ImportConfig; readonly file: string }
  | { readonly kind: 'contract-cleanup'; readonly config: ContractConfig; readonly file: string }
  | { readonly kind: 'contract-replay'; readonly config: ContractConfig; readonly id: string }
  | {
      readonly kind: 'exec'
      readonly config: Config
      readonly variables: Variables<Config>
      readonly notes?: readonly string[]
      readonly line: CommandLine
    }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'usage-error'; readonly message: string }

/** Parses the command line (without node and script) and the environment. Never throws: a mistake is a `usage-error`. */
export function readCommand(argv: readonly string[], env: Environment = process.env): Command {
  const [name, ...rest] = argv
  if (name === 'contract') return readContract(rest, env)
  if (name === 'drift') return readDrift(rest, env)
  if (name === 'import') return readImport(rest, env)
  return name === 'exec' ? readExec(rest, env) : readServe(argv, env)
}

function readServe(argv: readonly string[], env: Environment): Command {
  const { given, problem } = readArguments(argv)
  if (given.has('help')) return { kind: 'help', text: helpText() }
  if (given.has('version')) return { kind: 'version' }
  if (problem !== undefined) return usageError(problem)
  const settings = readSettings<FlagConfig>(FLAGS, given, env)
  if ('problem' in settings) return usageError(settings.problem)
  const { config, variables } = settings
  if (config.save && config.state === undefined)
    return usageError('--save needs the file to keep current. For example: --save --state state.json')
  if (config.latency && config.profile === undefined)
    return usageError('--latency needs a profile. For example: --latency --profile staging.profile.json')
  const conflict = upstreamProblem(config)
  if (conflict !== undefined) return usageError(conflict)
  const upstream = upstreamOf(config, env)
  const whole = upstream ? { ...config, upstream } : config
  const relay = openRelay(whole, config.host)
  if (relay !== undefined) return usageError(relay)
  const notes = unknownVariables(env)
  return { kind: 'serve', config: whole, variables, ...(notes.length > 0 && { notes }) }
}

function readContract(argv: readonly string[], env: Environment): Command {
  const [action = '', subject] = argv
  const isAction = CONTRACT_ACTIONS.includes(action)
  const lacksSubject = isAction && (subject === undefined || subject.startsWith('-'))
  const flags = isAction ? argv.slice(lacksSubject ? 1 : 2) : argv
  const { given, problem } = readArguments(flags, CONTRACT_ROWS)
  if (given.has('help')) return { kind: 'help', text: contractHelpText() }
  if (lacksSubject)
    return usageError(
      action === 'cleanup'
        ? 'contract cleanup needs the file of a clean-up log. For example: inboxes-mock contract cleanup inboxes-contract.journal'
        : 'contract replay needs the id of a finding. For example: inboxes-mock contract replay status/getPetById',
    )
  if (problem !== undefined) return usageError(problem)
  const settings = readSettings<ContractConfig>(CONTRACT_FLAGS, given, env)
  if ('problem' in settings) return usageError(settings.problem)
  const { config } = settings
  if (action === 'cleanup') return { kind: 'contract-cleanup', config, file: subject ?? '' }
  if (action === 'replay') return { kind: 'contract-replay', config, id: subject ?? '' }
  return { kind: 'contract', config }
}

function readDrift(argv: readonly string[], env: Environment): Command {
  const { given, problem } = readArguments(argv, DRIFT_ROWS)
  if (given.has('help')) return { kind: 'help', text: driftHelpText() }
  if (problem !== undefined) return usageError(problem)
  const settings = readSettings<DriftConfig>(DRIFT_FLAGS, given, env)
  return 'problem' in settings ? usageError(settings.problem) : { kind: 'drift', config: settings.config }
}

function readImport(argv: readonly string[], env: Environment): Command {
  const [file = '', ...rest] = argv
  const isNamed = file !== '' && !file.startsWith('-')
  const { given, problem } = readArguments(isNamed ? rest : argv, IMPORT_ROWS)
  if (given.has('help')) return { kind: 'help', text: importHelpText() }
  if (problem !== undefined) return usageError(problem)
  const settings = readSettings<ImportConfig>(IMPORT_FLAGS, given, env)
  if ('problem' in settings) return usageError(settings.problem)
  if (!isNamed || settings.config.to === undefined)
    return usageError(
      'import needs an archive and a file to write. For example: inboxes-mock import FILE.har --to state.json',
    )
  return { kind: 'import', config: settings.config, file }
}

/** Everything after the first `--` belongs to the command, even flags that look like ours. */
function readExec(argv: readonly string[], env: Environment): Command {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  const [file, ...args] = argv.slice(end + 1)
  const command = readServe([...EXEC_DEFAULTS, ...argv.slice(0, end)], env)
  if (command.kind === 'help' || command.kind === 'version') return command
  if (!file) return usageError('exec needs a command after --. For example: inboxes-mock exec -- npm test')
  if (command.kind !== 'serve') return command
  return { ...command, kind: 'exec', line: { file, args, env } }
}

/** True if `INBOXES_MOCK_DEBUG` asks for the stack of an unexpected error. */
export function wantsStack(env: Environment = process.env): boolean {
  return Boolean(env.INBOXES_MOCK_DEBUG)
}

/** Placed before the given flags, which override them. A `PORT` in the environment is likely meant for the command. */
const EXEC_DEFAULTS = ['--port=0', '--quiet']

function usageError(message: string): Command {
  return { kind: 'usage-error', message }
}
