import { lstatSync, mkdirSync, realpathSync, type Stats } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'

interface CompileCache {
  /** Node 22.1 and later have it; it keeps code that Node compiled, and runs it without a look at where it came from. */
  readonly enableCompileCache?: (folder: string) => unknown
  /** Node 22.10 and later. */
  readonly flushCompileCache?: () => void
}

const { enableCompileCache, flushCompileCache } = module as CompileCache

/** Milliseconds. By then the mock has started, and answers no first request. */
const WRITE_AFTER = 2_000

const WRITABLE_BY_OTHERS = 0o022
const OPEN_TO_OTHERS = 0o077
const STICKY = 0o1000
const ROOT = 0

/**
 * Lets Node keep what it compiles in a folder of the user's own; without such a folder nothing is kept. By default Node takes
 * a folder below the one for temporary files, into which every user of the machine may lay code beforehand.
 * A folder that the user chose (NODE_COMPILE_CACHE) is in use already, and stays.
 *
 * Node writes the code at the end of the process. A mock in a container or under a test runner is often killed, and would never
 * start faster, so the code is also written while it serves.
 *
 * A start takes 0.89 / 0.88 / 0.78 of the CPU time without this on Node 22 / 24 / 26 (`npm run bench:devices`); Node 20 has no such cache.
 * To go back: do not call it in the launcher (`scripts/bundle.ts`).
 */
export function keepCompiledCode(): void {
  const folder = enableCompileCache && process.getuid && ownCacheFolder(cacheHome(process.env), process.getuid())
  if (folder === undefined) return
  enableCompileCache?.(folder)
  setTimeout(() => flushCompileCache?.(), WRITE_AFTER).unref()
}

/** The folder for data that can be lost (XDG Base Directory Specification). */
export function cacheHome({ XDG_CACHE_HOME: chosen = '' }: NodeJS.ProcessEnv): string {
  return isAbsolute(chosen) ? chosen : join(homedir(), '.cache')
}

/** Our folder in `home`, made if it is not there; undefined if anybody but this user and root could have written to it. */
export function ownCacheFolder(home: string, uid: number): string | undefined {
  try {
    makePrivate(home)
    const folder = join(realpathSync(home), 'inboxes-mock')
    makePrivate(folder)
    return isPrivate(lstatSync(folder), uid) && ancestorsOf(folder).every((path) => isSafe(lstatSync(path), uid))
      ? folder
      : undefined
  } catch {
    // No home, or one that cannot be written to: the command works without the cache.
    return undefined
  }
}

/** Makes one folder: a home that does not exist is not made, its folder for caches is. */
function makePrivate(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) mkdirSync(folder, { mode: 0o700 })
}

const isPrivate = (folder: Stats, uid: number) =>
  folder.isDirectory() && folder.uid === uid && (folder.mode & OPEN_TO_OTHERS) === 0

/** Nobody else may rename what is in the folder: it is not theirs and not theirs to write, or it is sticky, as /tmp is. */
const isSafe = ({ uid: owner, mode }: Stats, uid: number) =>
  (owner === uid || owner === ROOT) && ((mode & WRITABLE_BY_OTHERS) === 0 || (mode & STICKY) !== 0)

function ancestorsOf(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [] : [parent, ...ancestorsOf(parent)]
}
