import { readFileSync, rmSync } from 'node:fs'
import type { CleanupLine } from '../../contract/cleanup-log.ts'
import { cleanUpJournal, targetOf } from '../../contract/read-cleanup-log.ts'
import { printable } from '../../http/printable.ts'
import { EXIT } from '../exit-code.ts'
import type { ContractConfig } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'

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
function readJournal(file: string): CleanupLine[] | string {
  try {
    return readFileSync(file, 'utf8').split('\n').flatMap(parseLine)
  } catch (error) {
    return `${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Name the journal that the run kept.`
  }
}

function parseLine(line: string): CleanupLine[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as CleanupLine]
  } catch {
    return []
  }
}
