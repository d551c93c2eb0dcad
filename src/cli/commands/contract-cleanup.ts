import { readFileSync } from 'node:fs'
import type { CleanupLine } from '../../contract/cleanup-log.ts'
import { baseUrlIn, cleanUpFromLog } from '../../contract/read-cleanup-log.ts'
import { printable } from '../../http/printable.ts'
import { EXIT } from '../exit-code.ts'
import type { ContractConfig } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'
import { accessOf } from './contract-access.ts'
import { removeDone } from './result-files.ts'
import { stopSignal } from './stop.ts'

/** Removes the records that a crashed run left behind. Exit code 1 if some of them could not be removed. */
export async function cleanUp(config: ContractConfig, file: string, terminal: Terminal): Promise<number> {
  const { out, err } = terminal
  const { timeoutMs } = config
  const log = readCleanupLog(file)
  const baseUrl = config.baseUrl?.url ?? (typeof log === 'string' ? undefined : baseUrlIn(log))
  if (baseUrl === undefined || typeof log === 'string') {
    err.write(
      `${typeof log === 'string' ? log : 'The clean-up log does not name the server of the run. Name it: --base-url URL'}\n`,
    )
    return EXIT.usage
  }
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
  out.write(`${[...lines, `${removed.length} removed, ${kept.length} left.`].join('\n')}\n`)
  if (kept.length > 0) return EXIT.failed
  removeDone({ file, flag: 'inboxes-mock contract cleanup FILE' })
  return EXIT.done
}

/** Reads the lines of a clean-up log, or says why it cannot be read. A crash may have cut the last line: it is ignored. */
function readCleanupLog(file: string): CleanupLine[] | string {
  try {
    return readFileSync(file, 'utf8').split('\n').flatMap(parseLine)
  } catch (error) {
    return `${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Name the clean-up log that the run wrote.`
  }
}

function parseLine(line: string): CleanupLine[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as CleanupLine]
  } catch {
    return []
  }
}
