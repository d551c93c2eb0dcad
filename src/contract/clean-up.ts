import type { CleanupLog } from './cleanup-log.ts'
import { type Client, type ClientOptions, createClient } from './client.ts'
import type { ContractOptions } from './contract-options.ts'
import { DEFAULTS } from './defaults.ts'
import { RunEnded } from './run-ended.ts'
import { startTimeLimit } from './time-limit.ts'

/** Removes the records of the run, also after it failed or was stopped. What takes too long stays on the log. */
export async function cleanUp(
  { journal }: ContractOptions,
  cleanupLog: CleanupLog,
  options: Omit<ClientOptions, 'signal' | 'onRequest'>,
): Promise<void> {
  if (cleanupLog.toRemove().length === 0) return
  const limit = startTimeLimit(DEFAULTS.cleanUpMs, undefined)
  const client = createClient({ ...options, signal: limit.signal })
  try {
    await removeAll(cleanupLog.toRemove(), client, (path) => {
      cleanupLog.forget(path)
      journal?.({ removed: path })
    })
  } finally {
    limit.clear()
  }
  client.close()
}

/** Deletes each path; `removed` is called with each one that is gone. Ends early if the server takes too long. */
export async function removeAll(
  paths: readonly string[],
  client: Client,
  removed: (path: string) => void,
): Promise<void> {
  for (const path of paths) {
    const sent = await client.send({ method: 'DELETE', path, headers: {} }).catch(orEnd)
    if (sent === undefined) return
    const isGone = sent.answer !== undefined && (sent.answer.status < 300 || [400, 404].includes(sent.answer.status))
    if (isGone) removed(path)
  }
}

/** The time is up, or the server puts off for too long. */
function orEnd(error: unknown): undefined {
  const isEnd = error instanceof RunEnded || (error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name))
  if (!isEnd) throw error
}
