import type { MockCore } from '../create-mock.ts'
import { DEFAULT_SESSION } from '../sessions/sessions.ts'
import { createEdits } from './edits.ts'
import { loadState, removeCopies } from './load-state.ts'
import { accessOf, makeFolder, removeFolder } from './saving/folder.ts'
import type { KnownFile } from './saving/known-file.ts'
import { type Lock, LockedError, type Owner, takeLock } from './saving/lock.ts'
import { realPathOf, savingFolderOf } from './saving/place.ts'
import { codeOf } from './saving/replace-file.ts'
import { Saver, type SaverStart } from './saving/saver.ts'
import { StateFileError } from './state-file.ts'
import { type Followed, followFile } from './watch-file.ts'

type Say = (message: string) => void

/** A state file that a mock follows, and keeps current if it was asked to. */
export interface FollowedState {
  /** Must be called before the answer to a request that may have changed the default session. */
  record(): void
  /** Takes edits over from now on. */
  watch(): void
  /** Writes what is not written yet, and stops following. False if the file does not have the state then. */
  close(): Promise<boolean>
}

/** Starts a mock from its state file. Rejects with a StateFileError if the file cannot be used, or another process saves to it. */
export async function followState(mock: MockCore, path: string, save: boolean, say: Say): Promise<FollowedState> {
  if (!save) return readOnly(mock, path, say, await loadState(mock, path, save, say))
  const folder = folderOf(path)
  const lock = await lockOf(path, folder, say)
  try {
    const loaded = await loadState(mock, path, save, say)
    removeCopies(folder)
    return await saved(mock, path, say, { ...loaded, folder, lock })
  } catch (error) {
    lock?.release()
    removeFolder(folder)
    throw error
  }
}

function folderOf(path: string): string {
  try {
    return savingFolderOf(realPathOf(path))
  } catch (error) {
    throw new StateFileError(`${path} cannot be reached (${codeOf(error)}). Name a file in a folder that exists.`)
  }
}

/** The lock; undefined where this process may make no folder, which the first line of the log says. */
async function lockOf(path: string, folder: string, say: Say): Promise<Lock | undefined> {
  try {
    makeFolder(folder, accessOf(path))
    return await takeLock(folder, (owner) => say(foreignOwner(path, owner)))
  } catch (error) {
    if (error instanceof LockedError) throw new StateFileError(lockedText(path, error.owner))
    return undefined
  }
}

const lockedText = (path: string, { pid, host }: Owner) =>
  `${path}: process ${pid} on ${host} saves to it. Stop that process, name another file, or leave out --save.`

const foreignOwner = (path: string, { pid, host }: Owner) =>
  `${path}: process ${pid} on ${host} saved to it before this one. If it still runs, it stops saving at its next write.`

const mainOf = ({ sessions }: MockCore) => sessions.get(DEFAULT_SESSION)

function readOnly(mock: MockCore, path: string, say: Say, { known }: { readonly known: KnownFile }): FollowedState {
  let current = known
  const edits = createEdits(mock, path, false, say)
  const reload = async () => {
    current = (await edits.take(current)) ?? current
  }
  return followed(path, say, { record: () => {}, reload, close: async () => true })
}

async function saved(mock: MockCore, path: string, say: Say, start: SaverStart): Promise<FollowedState> {
  const edits = createEdits(mock, path, true, say)
  const store = () => mainOf(mock).store
  const takeEdit = async () => {
    const known = await edits.take(saver.known, () => saver.unsavedChange())
    if (known) saver.adopt(known)
  }
  const saver = new Saver({ path, store, say, takeEdit }, start)
  if (start.known.hash === null) await saver.flush()
  return followed(path, say, {
    record: () => saver.record(),
    reload: () => saver.inTurn(takeEdit),
    close: () => saver.close(),
  })
}

interface Parts extends Pick<FollowedState, 'record' | 'close'> {
  readonly reload: () => Promise<void>
}

function followed(path: string, say: Say, { record, reload, close }: Parts): FollowedState {
  let watched: Followed | undefined
  return {
    record,
    watch: () => {
      watched = followFile(path, () => void reload(), say)
      record()
    },
    close: () => {
      watched?.close()
      return close()
    },
  }
}
