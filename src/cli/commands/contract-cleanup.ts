import { baseUrlIn, cleanUpFromLog } from '../../contract/clean-up-from-log.ts'
import { printable } from '../../http/printable.ts'
import { EXIT } from '../exit-code.ts'
import type { ContractConfig } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'
import { UsageProblem } from '../usage-problem.ts'
import { readCleanupLog } from './cleanup-log-file.ts'
import { accessOf } from './contract-access.ts'
import { removeDone } from './result-files.ts'
import { stopSignal } from './stop.ts'

/** Removes the records that a crashed run left behind. Exit code 1 if some of them could not be removed. */
export async function cleanUp(config: ContractConfig, file: string, terminal: Terminal): Promise<number> {
  const { timeoutMs } = config
  const log = readCleanupLog(file)
  const baseUrl = config.baseUrl?.url ?? baseUrlIn(log)
  if (baseUrl === undefined)
    throw new UsageProblem('The clean-up log does not name the whole server of the run. Name it: --base-url URL')
  const { removed, kept, leftovers } = await cleanUpFromLog(log, {
    baseUrl,
    timeoutMs,
    ...accessOf(config),
    now: Date.now,
    signal: stopSignal(terminal),
  })
  const describe = (outcome: string, paths: readonly string[]) => paths.map((path) => `${outcome} ${printable(path)}`)
  const lines = [
    ...describe('removed', removed),
    ...describe('could not remove', kept),
    ...describe('the API cannot remove', leftovers),
  ]
  terminal.out.write(`${[...lines, `${removed.length} removed, ${kept.length} left.`].join('\n')}\n`)
  if (kept.length > 0) return EXIT.failed
  removeDone({ file, flag: 'inboxes-mock contract cleanup FILE' })
  return EXIT.done
}
