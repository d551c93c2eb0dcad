import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DriftReport } from './report.ts'

/** One run of a history. */
export interface PastRun {
  readonly startedAt: string
  readonly differences: number
}

/** Adds the run to the folder, and gives all its runs, the oldest first. */
export function addToHistory(folder: string, report: DriftReport): PastRun[] {
  const name = `${report.times.startedAt.replace(/[:.]/g, '-')}.json`
  writeFileSync(join(folder, name), `${JSON.stringify(report, null, 2)}\n`)
  return readHistory(folder)
}

/** Files that are no reports are left out. */
function readHistory(folder: string): PastRun[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .flatMap((file) => runIn(readFileSync(join(folder, file), 'utf8')))
}

function runIn(text: string): PastRun[] {
  try {
    const { times, differences } = Object(JSON.parse(text))
    const { startedAt } = Object(times)
    return typeof startedAt === 'string' && Array.isArray(differences)
      ? [{ startedAt, differences: differences.length }]
      : []
  } catch {
    return []
  }
}
