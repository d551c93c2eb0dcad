import { appendFileSync, openSync } from 'node:fs'
import type { ContractOptions } from '../../contract/contract-options.ts'
import type { ContractReport } from '../../contract/report.ts'
import { runContract } from '../../contract/run-contract.ts'
import { printable } from '../../http/printable.ts'
import { createMock } from '../../index.ts'
import { DEFAULT_ORIGIN, DEFAULTS } from '../../mock/defaults.ts'
import { loadDocument } from '../../openapi/load-document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import type { ContractConfig } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'
import { stopSignal } from './stop.ts'

/** Runs against the server that the flags name, or else against a mock in this process. */
export async function runAgainstTarget(config: ContractConfig, terminal: Terminal): Promise<ContractReport> {
  const signal = stopSignal(terminal)
  const { baseUrl } = config
  if (baseUrl !== undefined) return runContract({ ...optionsOf(config, terminal), baseUrl, signal })
  return runContract({ ...optionsOf(config, terminal), ...mockInThisProcess(), signal })
}

/** A mock that is called without a socket. Its base URL is the command's default, so that printed curl lines work there. */
export const mockInThisProcess = (): Pick<ContractOptions, 'baseUrl' | 'apiKey' | 'fetch'> => ({
  baseUrl: `${DEFAULT_ORIGIN}/v2`,
  apiKey: DEFAULTS.apiKey,
  fetch: createMock().fetch,
})

/** Turns the flags into the options of a run. */
export function optionsOf(config: ContractConfig, { err }: Terminal): Omit<ContractOptions, 'baseUrl'> {
  const { apiKey, mode, seed, only, rate, timeoutMs, maxBytes, maxMs, allowLeftovers, sequences, sequencePath } = config
  return {
    document: loadDocument(pathOf('openapi.yaml')),
    now: Date.now,
    seed,
    only,
    timeoutMs,
    maxBytes,
    allowLeftovers,
    sequences,
    ...(apiKey !== undefined && { apiKey }),
    ...(mode !== undefined && { mode }),
    ...(sequencePath !== undefined && { sequencePath }),
    ...(rate !== undefined && { perSecond: rate }),
    ...(maxMs !== undefined && { maxMs }),
    ...(mode === 'owned' && { journal: appendTo(config.journal) }),
    ...(err.isTTY && !config.quiet && { progress: showProgress(err) }),
  }
}

/** Begins the file at the first line. What stands there already, such as a link that another user laid, is not written to. */
function appendTo(path: string): NonNullable<ContractOptions['journal']> {
  let file: number | undefined
  return (line) => {
    file ??= openSync(path, 'ax', 0o600)
    appendFileSync(file, `${JSON.stringify(line)}\n`, { flush: true })
  }
}

/** Shows progress on one line, which is overwritten by each step and at the end by the summary. */
const showProgress =
  (err: Terminal['err']): NonNullable<ContractOptions['progress']> =>
  (name, done, all) =>
    void err.write(`\r\u001b[K${done + 1} of ${all}: ${printable(name)}\r`)
