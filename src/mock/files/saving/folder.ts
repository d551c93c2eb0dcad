import { chmodSync, chownSync, mkdirSync, rmdirSync, statSync } from 'node:fs'

/** Mode and owner of a file, which what stands beside it shares: its content is as private as that of the file. */
export interface Access {
  readonly mode: number
  readonly uid: number | undefined
  readonly gid: number | undefined
}

/** The access of a file; of a new one if there is none. Throws Node's error. */
export function accessOf(path: string): Access {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat?.isFile()) return { mode: 0o666 & ~process.umask(), uid: undefined, gid: undefined }
  return { mode: (stat.mode & 0o666) | 0o600, uid: stat.uid, gid: stat.gid }
}

/** Gives a path the owner of the file, if this process may. */
export function giveTo(path: string, { uid, gid }: Access): void {
  if (uid === undefined || gid === undefined) return
  const own = statSync(path)
  if (own.uid === uid && own.gid === gid) return
  try {
    chownSync(path, uid, gid)
  } catch {
    // Then it belongs to the user of this process, who is the next to read it in most cases.
  }
}

/** Makes a folder that those may enter who may read the file, unless it is there. Throws Node's error. */
export function makeFolder(path: string, access: Access): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
  mkdirSync(path, 0o700)
  chmodSync(path, folderMode(access.mode))
  giveTo(path, access)
}

/** To enter a folder takes the right to execute it. */
const folderMode = (mode: number) => mode | ((mode & 0o444) >> 2)

/** Removes the folder, unless something is left in it. */
export function removeFolder(path: string): void {
  try {
    rmdirSync(path)
  } catch {
    // It is in use, or gone.
  }
}
