import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Has a folder written beside the one that it replaces, and swaps it in when it is complete. A build that is interrupted
 * leaves the old folder as it was; the next one removes the leftovers.
 */
export async function buildBeside(dist: string, write: (folder: string) => Promise<void>): Promise<void> {
  for (const leftover of leftoversOf(dist)) rmSync(leftover, { recursive: true, force: true })
  const next = `${dist}.next-${process.pid}`
  await write(next)
  const old = `${dist}.old-${process.pid}`
  uninterrupted(() => {
    if (existsSync(dist)) renameSync(dist, old)
    renameSync(next, dist)
  })
  rmSync(old, { recursive: true, force: true })
}

/** Puts the old folder back where a build was killed between the two renames. */
export function restore(dist: string): void {
  const [old] = leftoversOf(dist).filter((path) => path.startsWith(`${dist}.old-`))
  if (old !== undefined && !existsSync(dist)) renameSync(old, dist)
}

/** The folders of builds whose processes have ended. */
function leftoversOf(dist: string): string[] {
  return readdirSync(dirname(dist))
    .filter((name) => name.startsWith(`${basename(dist)}.`) && !isRunning(Number(name.split('-').at(-1))))
    .map((name) => join(dirname(dist), name))
}

function isRunning(pid: number): boolean {
  try {
    return pid !== process.pid && process.kill(pid, 0)
  } catch {
    return false
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Node calls listeners of signals between pieces of work; without one, a signal ends the process at once. */
function uninterrupted(work: () => void): void {
  const ignore = () => {}
  for (const signal of SIGNALS) process.on(signal, ignore)
  work()
  for (const signal of SIGNALS) process.off(signal, ignore)
}
