import { KEY_VARIABLE } from '../http/curl.ts'
import { shellWord } from '../http/shell-word.ts'
import type { ContractOptions } from './contract-options.ts'
import { DEFAULTS } from './defaults.ts'
import { variableOf } from './redact.ts'
import type { Mode } from './report.ts'

/** How a report names the command. */
export const COMMAND = 'npx inboxes-mock contract'

/**
 * The command that looks for a finding again: it reaches the same server, and sends the same requests. A server in the process of
 * the run has no address, so the whole run is repeated there.
 */
export const replayCommand = (
  id: string,
  options: ContractOptions,
  { baseUrl, mode }: { readonly baseUrl: string; readonly mode: Mode },
): string =>
  [
    COMMAND,
    ...(options.fetch ? [] : ['replay', id]),
    ...reachFlags(options, baseUrl),
    ...planFlags(options, mode),
  ].join(' ')

/** The command that checks the same server, without the flags of the plan. */
export const runCommand = (options: ContractOptions, baseUrl: string): string =>
  [COMMAND, ...reachFlags(options, baseUrl)].join(' ')

/** The command that removes what a run has left, by its clean-up log. */
export const cleanUpCommand = (file: string, options: ContractOptions): string =>
  [COMMAND, 'cleanup', shellWord(file), ...headerFlags(options), ...(options.fileFlags ?? [])].join(' ')

/** The flags that reach the server. Secrets are variables of the shell; a mock in the process of the run needs none. */
function reachFlags(options: ContractOptions, baseUrl: string): string[] {
  const { apiKey, fetch, fileFlags = [] } = options
  if (fetch) return [...fileFlags]
  return [
    `--base-url ${shellWord(baseUrl)}`,
    ...(apiKey === undefined ? [] : [`--api-key "${KEY_VARIABLE}"`]),
    ...headerFlags(options),
    ...fileFlags,
  ]
}

const headerFlags = ({ headers = {} }: ContractOptions) =>
  Object.keys(headers).map((name) => `--header "${name}: ${variableOf(name)}"`)

/** The flags that a finding may depend on, so that its replay sends the same. */
function planFlags(options: ContractOptions, mode: Mode): string[] {
  const { seed = DEFAULTS.seed, depth = DEFAULTS.depth, sequences, sequencePath, allowLeftovers, only = [] } = options
  return [
    ...(options.mode ? [`--mode ${mode}`] : []),
    ...(depth === DEFAULTS.depth ? [] : [`--depth ${depth}`]),
    ...(seed === DEFAULTS.seed ? [] : [`--seed ${seed}`]),
    ...(sequences === undefined || sequences === DEFAULTS.sequences ? [] : [`--sequences ${sequences}`]),
    ...(sequencePath === undefined ? [] : [`--sequence-path ${shellWord(sequencePath)}`]),
    ...(allowLeftovers ? ['--allow-leftovers'] : []),
    ...only.map((operation) => `--only ${shellWord(operation)}`),
  ]
}
