import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** How many links are followed, as Linux does. */
const MOST_LINKS = 40

/** The path that a path leads to, whether or not there is a file. Throws Node's error where it cannot be followed. */
export function realPathOf(path: string, links = MOST_LINKS): string {
  const link = lstatSync(path, { throwIfNoEntry: false })
  if (link?.isSymbolicLink() && !statSync(path, { throwIfNoEntry: false }) && links > 0)
    return realPathOf(resolve(realpathSync(dirname(path)), readlinkSync(path)), links - 1)
  return link ? followed(path) : join(realpathSync(dirname(path)), basename(path))
}

/** A link to a pipe, as shells make for `<(command)`, leads to a file that has no path. */
function followed(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return path
  }
}

/** The folder beside a state file in which the log and the lock stand while the file is saved to. */
export const savingFolderOf = (realPath: string): string => `${realPath}.saving`

/** One version of a file on the disk. */
export interface Mark {
  /** Changes with each way in which a file changes: another file, a write, another length, a time that was set back. */
  readonly id: string
  /** False for a folder, a pipe or a device. */
  readonly isFile: boolean
  /** False if a change right after this one could have the same id: file systems count time in steps. */
  readonly isSettled: boolean
}

/** The longest step, in milliseconds, by which usual file systems count time. */
const STEP = 50

/** Identifies the version of a file that a path leads to; undefined if there is none. Throws Node's other errors. */
export function markOf(path: string): Mark | undefined {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true })
  if (stat === undefined) return undefined
  const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = stat
  const age = performance.timeOrigin + performance.now() - Number(ctimeMs)
  return { id: [dev, ino, size, mtimeNs, ctimeNs].join(' '), isFile: stat.isFile(), isSettled: age > STEP }
}
