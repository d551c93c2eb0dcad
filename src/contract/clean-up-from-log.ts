import { HIDDEN } from '../http/redaction/secret-values.ts'
import { removeAll } from './clean-up.ts'
import type { CleanupLine } from './cleanup-log.ts'
import { createClient } from './client.ts'
import type { ContractOptions } from './contract-options.ts'
import { DEFAULTS } from './defaults.ts'
import { createGuard } from './guard.ts'
import { headersOf, prepare } from './prepare.ts'

/** The result of a clean-up. */
export interface CleanupResult {
  readonly removed: readonly string[]
  /** Paths that could not be deleted, because the server refused or did not answer. */
  readonly kept: readonly string[]
  /** Records that the API cannot remove. */
  readonly leftovers: readonly string[]
}

interface CleanupOptions extends Pick<ContractOptions, 'headers' | 'ca' | 'cert' | 'key' | 'proxy'> {
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly now: () => number
  /** Ends the clean-up; what is not removed yet is kept. */
  readonly signal?: AbortSignal
}

/** Removes the records that a clean-up log says were created and not removed. It can delete nothing else. */
export async function cleanUpFromLog(
  lines: readonly CleanupLine[],
  { timeoutMs, now, signal, ...reaching }: CleanupOptions,
): Promise<CleanupResult> {
  const gone = new Set(lines.map(({ removed }) => removed))
  const paths = [...new Set(lines.flatMap(({ remove }) => remove ?? []))].filter((path) => !gone.has(path)).reverse()
  const guard = createGuard('owned', { prefix: '\u0000', owns: (path) => paths.includes(path) })
  const { options, access } = prepare(reaching)
  const { waitBudgetMs, maxBytes } = DEFAULTS
  const client = createClient({
    ...access,
    baseUrl: options.baseUrl,
    headers: headersOf(options),
    guard,
    timeoutMs,
    now,
    waitBudgetMs,
    maxBytes,
    ...(signal && { signal }),
  })
  const removed: string[] = []
  await removeAll(paths, client, (path) => removed.push(path))
  client.close()
  return {
    removed,
    kept: paths.filter((path) => !removed.includes(path)),
    leftovers: [...lines.flatMap(({ leftover }) => leftover ?? []), ...interrupted(lines)],
  }
}

/** A record whose creation was under way when the run ended. It may exist, under an unknown id. */
function interrupted(lines: readonly CleanupLine[]): string[] {
  const last = lines.findLast(({ writing, written }) => writing !== undefined || written !== undefined)
  return last?.writing === undefined ? [] : [`perhaps ${last.writing}: the run ended while it was created`]
}

/** The base URL of the server that the run checked, if the log has one, and a whole one. */
export const baseUrlIn = (lines: readonly CleanupLine[]): string | undefined =>
  lines.find(({ target }) => target !== undefined && !target.includes(HIDDEN))?.target
