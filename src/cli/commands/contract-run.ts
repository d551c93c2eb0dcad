import { appendFileSync } from 'node:fs'
import type { ContractReport } from '../../contract/report.ts'
import { type ContractOptions, runContract } from '../../contract/run-contract.ts'
import { printable } from '../../http/printable.ts'
import { createMock } from '../../index.ts'
import { DEFAULT_ORIGIN, DEFAULTS } from '../../mock/defaults.ts'
import { loadDocument } from '../../openapi/document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import type { ContractConfig } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'

/** Runs against the server, or against a mock of this process where none is named. */
export async function runAimed(config: ContractConfig, terminal: Terminal): Promise<ContractReport> {
  const stop = new AbortController()
  terminal.onSignal(() => stop.abort())
  const { baseUrl } = config
  if (baseUrl !== undefined) return runContract({ ...optionsOf(config, terminal), baseUrl, signal: stop.signal })
  return runContract({ ...optionsOf(config, terminal), ...mockOfThisProcess(), signal: stop.signal })
}

/** A mock that is asked without a socket. Its address is where the command would serve it, so that a curl line works there. */
export const mockOfThisProcess = (): Pick<ContractOptions, 'baseUrl' | 'apiKey' | 'fetch'> => ({
  baseUrl: `${DEFAULT_ORIGIN}/v2`,
  apiKey: DEFAULTS.apiKey,
  fetch: createMock().fetch,
})

/** What the flags say of a run. */
export function optionsOf(config: ContractConfig, { err }: Terminal): Omit<ContractOptions, 'baseUrl'> {
  const { apiKey, mode, seed, only, rate, timeoutMs, maxMs, allowLeftovers, sequences, sequencePath } = config
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
    ...(sequencePath !== undefined && { sequencePath }),
    ...(rate !== undefined && { perSecond: rate }),
    ...(maxMs !== undefined && { maxMs }),
    ...(mode === 'owned' && {
      journal: (line) => appendFileSync(config.journal, `${JSON.stringify(line)}\n`, { flush: true }),
    }),
    ...(err.isTTY && !config.quiet && { progress: showProgress(err) }),
  }
}

/** One line that is written over, and gone when the last part is done or the summary comes. */
const showProgress =
  (err: Terminal['err']): NonNullable<ContractOptions['progress']> =>
  (name, done, all) =>
    void err.write(`\r\u001b[K${done + 1} of ${all}: ${printable(name)}\r`)
