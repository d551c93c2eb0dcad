import type { CleanupLine } from './cleanup-log.ts'
import { createClient } from './client.ts'
import { DEFAULTS } from './defaults.ts'
import { createGuard } from './guard.ts'
import { removeAll } from './run-contract.ts'

/** What a clean-up did. */
export interface CleanupResult {
  readonly removed: readonly string[]
  /** Paths that could not be deleted: the server refused, or did not answer. */
  readonly kept: readonly string[]
  /** What the API cannot remove. */
  readonly leftovers: readonly string[]
}

interface CleanupOptions {
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly now: () => number
}

/** Removes what the lines of a journal say was created and not removed; nothing else can be deleted by it. */
export async function cleanUpJournal(
  lines: readonly CleanupLine[],
  { baseUrl, timeoutMs, now }: CleanupOptions,
): Promise<CleanupResult> {
  const gone = new Set(lines.map(({ removed }) => removed))
  const paths = [...new Set(lines.flatMap(({ remove }) => remove ?? []))].filter((path) => !gone.has(path)).reverse()
  const guard = createGuard('owned', { prefix: '\u0000', owns: (path) => paths.includes(path) })
  const client = createClient({ baseUrl, guard, timeoutMs, now, waitBudgetMs: DEFAULTS.waitBudgetMs })
  const removed: string[] = []
  await removeAll(paths, client, (path) => removed.push(path))
  client.close()
  return {
    removed,
    kept: paths.filter((path) => !removed.includes(path)),
    leftovers: [...lines.flatMap(({ leftover }) => leftover ?? []), ...interrupted(lines)],
  }
}

/** What was being created when the run ended: it may be there, under an id that nobody was told. */
function interrupted(lines: readonly CleanupLine[]): string[] {
  const last = lines.findLast(({ writing, written }) => writing !== undefined || written !== undefined)
  return last?.writing === undefined ? [] : [`perhaps ${last.writing}: the run ended while it was created`]
}

/** The address that the run of a journal was aimed at, where it holds one. */
export const targetOf = (lines: readonly CleanupLine[]): string | undefined =>
  lines.find(({ target }) => target !== undefined)?.target
