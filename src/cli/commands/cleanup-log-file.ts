import { readFileSync } from 'node:fs'
import type { CleanupLine } from '../../contract/cleanup-log.ts'
import { CleanupLogError, parseCleanupLog } from '../../contract/parse-cleanup-log.ts'
import { printable } from '../../http/printable.ts'
import { UsageProblem } from '../usage-problem.ts'

/** Reads a clean-up log. Throws a UsageProblem if the file is none, and before anything is removed. */
export function readCleanupLog(file: string): CleanupLine[] {
  try {
    return parseCleanupLog(readFileSync(file, 'utf8'), printable(file))
  } catch (error) {
    if (error instanceof CleanupLogError) throw new UsageProblem(error.message)
    throw new UsageProblem(
      `${printable(file)} cannot be read (${Object(error).code}). Name the clean-up log that the run wrote.`,
    )
  }
}

/** True if the file can be read and is a clean-up log. */
export function isCleanupLog(file: string): boolean {
  try {
    return readCleanupLog(file).length > 0
  } catch {
    return false
  }
}
