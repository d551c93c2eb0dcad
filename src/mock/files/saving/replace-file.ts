import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  promises,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs'
import type { FileHandle } from 'node:fs/promises'

/** A text that stands complete in a file of its own, on the disk. */
export interface Prepared {
  readonly path: string
  readonly hash: string
  /** The reason for which the file cannot take the place of the other; undefined if it can. */
  readonly obstacle: string | undefined
}

/** Loaded when a file is written: a mock that keeps no state starts without it. */
const createHash = () => process.getBuiltinModule('node:crypto').createHash('sha256')

/** Names a text by its content. */
export const hashOf = (bytes: Uint8Array): string => createHash().update(bytes).digest('hex')

/** Writes a text to a file of its own, with the mode and owner of the one that it is to replace. Rejects with Node's error. */
export async function prepare(path: string, pieces: Iterable<string>, target: string): Promise<Prepared> {
  const old = statSync(target, { throwIfNoEntry: false })
  rmSync(path, { force: true })
  const file = await promises.open(path, 'wx', old ? 0o600 : 0o666)
  try {
    const obstacle = old && (await becomeLike(file, old))
    const hash = createHash()
    for (const piece of pieces) {
      const bytes = Buffer.from(piece)
      hash.update(bytes)
      await file.writeFile(bytes)
    }
    await file.sync()
    return { path, hash: hash.digest('hex'), obstacle }
  } finally {
    await file.close()
  }
}

/** Gives a file the mode and owner of another. The obstacle is the error code, or that the other has a second name. */
async function becomeLike(file: FileHandle, { mode, uid, gid, nlink }: Stats): Promise<string | undefined> {
  const own = await file.stat()
  try {
    if (own.uid !== uid || own.gid !== gid) await file.chown(uid, gid)
    await file.chmod(mode & 0o7777)
  } catch (error) {
    return codeOf(error)
  }
  return nlink > 1 ? 'it has another name' : undefined
}

/** Puts the text in place at once: a reader finds the old text or the new one, whole. Throws Node's error. */
export const putInPlace = ({ path }: Prepared, target: string): void => renameSync(path, target)

/** Error codes of a rename to a file that may still be written to: a mounted file, another disk, a folder with its own rules. */
const IN_PLACE = new Set(['EBUSY', 'EXDEV', 'EPERM', 'EACCES'])

/** Whether a failed rename leaves another way, which is to write over the file. */
export const mayOverwrite = (error: unknown): boolean => IN_PLACE.has(codeOf(error))

/** Writes the text over the file, which stays the same file, and removes the file of its own. Throws Node's error. */
export function overwrite({ path }: Prepared, target: string): void {
  overwriteWith(readFileSync(path), target)
  rmSync(path, { force: true })
}

/** Writes bytes over a file, or to a new one. Throws Node's error. */
export function overwriteWith(bytes: Uint8Array, target: string): void {
  const file = openSync(target, statSync(target, { throwIfNoEntry: false }) ? 'r+' : 'wx')
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, at)
    ftruncateSync(file, bytes.length)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The code of Node's error, or the message of another one. */
export function codeOf(error: unknown): string {
  const { code, message } = error as Partial<NodeJS.ErrnoException>
  return code ?? message ?? String(error)
}
