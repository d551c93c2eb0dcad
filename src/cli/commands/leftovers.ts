import { prefixOf } from '../../contract/assemble.ts'
import { COMMAND } from '../../contract/commands.ts'
import type { Left } from '../../contract/report.ts'
import { leftoversOf } from '../../contract/scenarios/domains.ts'
import { shellWord } from '../../http/shell-word.ts'
import type { ContractConfig } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'
import { UsageProblem } from '../usage-problem.ts'
import { isCleanupLog } from './cleanup-log-file.ts'
import { isTaken, type ResultFile, removeDone, requireWritable } from './result-files.ts'

const logFile = (file: string): ResultFile => ({ file, flag: '--journal FILE' })

/** Refuses to write to a clean-up log that is there, or to a link in its place, which leads elsewhere, and tries the place. */
export function requireFreeLog({ mode, journal }: ContractConfig): void {
  if (mode !== 'owned') return
  if (isTaken(journal))
    throw new UsageProblem(
      isCleanupLog(journal)
        ? `${journal} lists what an earlier run left behind. Remove that first: ${COMMAND} cleanup ${shellWord(journal)}. Or name another file with --journal.`
        : `${journal} is there already, and is no clean-up log. Name another file: --journal FILE`,
    )
  requireWritable(logFile(journal))
}

/** Names what cannot be undone before the run does it. */
export function announceLeftovers(config: ContractConfig, { err }: Terminal): void {
  const { mode, allowLeftovers, seed, runId, quiet, baseUrl } = config
  const isLasting = mode === 'full' || (mode === 'owned' && allowLeftovers)
  if (!isLasting || quiet || baseUrl === undefined) return
  const left = leftoversOf(prefixOf(seed, runId)).join('; ')
  if (mode === 'full') err.write(`${FULL_MODE}\n`)
  err.write(`This run leaves behind what the API cannot remove: ${left}.\n`)
}

const FULL_MODE =
  'This run is in mode full: it changes pets that are there, and deletes one of them, which the API cannot undo. Mode owned does not.'

/** Removes the clean-up log, unless it still lists records that can be removed. */
export function removeFinishedLog({ mode, journal }: ContractConfig, { leftovers }: Left): void {
  if (mode === 'owned' && !leftovers.some((what) => what.startsWith('DELETE '))) removeDone(logFile(journal))
}
