import type { ContractOptions } from '../../contract/contract-options.ts'
import { createRunRedaction } from '../../contract/redact.ts'
import { runContract } from '../../contract/run-contract.ts'
import { runDrift } from '../../drift/run-drift.ts'
import { readBaseUrl } from '../../http/base-url.ts'
import type { Mistake, PreparedRun, Progress, RunInput } from '../../mock/runs/runner.ts'
import { type Config, type ContractConfig, readCommand } from '../options/read-command.ts'
import { readKeys } from '../options/read-values.ts'
import { runEnvironment } from '../options/run-environment.ts'
import type { Environment } from '../options/settings.ts'
import { isExplained } from '../usage-problem.ts'
import { mockInThisProcess, quietOptionsOf } from './contract-run.ts'

/** The settings of the mock that a run on another server shares. */
type RunConfig = Pick<Config, 'document' | 'profile' | 'adminToken'>

/** Prepares what `contract` or `drift` would do with the same base URL in safe mode. */
export function prepareRun(input: RunInput, config: RunConfig, env?: Environment): PreparedRun | Mistake {
  const { kind, apiKey } = input
  const target = readBaseUrl(input.baseUrl)
  if (typeof target === 'string') return { member: 'baseUrl', expected: target }
  const key = apiKey === undefined ? undefined : readKeys([apiKey])
  if (key && 'expected' in key) return { member: 'apiKey', expected: key.expected }
  const command = readCommand(argumentsOf(input, config), runEnvironment(config, env))
  if (command.kind === 'usage-error') return { problem: command.message }
  if (command.kind !== 'contract' && command.kind !== 'drift') throw new Error(`A run of kind ${kind} is none.`)
  try {
    const asking: ContractConfig = { plan: false, strict: false, ...command.config, reports: [] }
    return preparedBy(input, config, { ...quietOptionsOf(asking), baseUrl: target.url })
  } catch (error) {
    if (isExplained(error)) return { problem: error.message }
    throw error
  }
}

const argumentsOf = ({ kind, baseUrl, apiKey, maxMs }: RunInput, { document }: RunConfig): string[] => [
  ...[kind, `--base-url=${baseUrl}`, '--mode=safe', '--quiet'],
  ...(apiKey === undefined ? [] : [`--api-key=${apiKey}`]),
  ...(maxMs === undefined ? [] : [`--max-ms=${maxMs}`]),
  ...(document === undefined ? [] : [`--document=${document}`]),
]

function preparedBy({ kind }: RunInput, config: RunConfig, options: ContractOptions): PreparedRun {
  const { phrase } = createRunRedaction(options.apiKey, options.headers)
  return {
    baseUrl: options.baseUrl,
    hide: phrase,
    start: (signal, onProgress) => {
      const watched = { ...options, ...watching(onProgress), signal }
      if (kind === 'contract') return runContract(watched)
      return runDrift({ ...watched, mock: mockInThisProcess(config) })
    },
  }
}

/** Counts the requests between the parts: one part may take a minute. */
function watching(onProgress: (progress: Progress) => void): Pick<ContractOptions, 'progress' | 'onRequest'> {
  let progress: Progress = { step: '', done: 0, all: 0, requests: 0 }
  const change = (part: Partial<Progress>) => {
    progress = { ...progress, ...part }
    onProgress(progress)
  }
  return {
    progress: (step, done, all) => change({ step, done, all }),
    onRequest: () => change({ requests: progress.requests + 1 }),
  }
}
