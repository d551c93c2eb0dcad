import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ApiDocument } from '../../openapi/document.ts'
import type { MockCore } from '../create-mock.ts'
import { DEFAULT_SESSION } from '../sessions/sessions.ts'
import { loadAdminDocument } from './load-admin-document.ts'
import { applyChanges, keysOf, noKeys } from './saving/changes.ts'
import { BrokenLogError, leftLogs, readLog, setLogsAside } from './saving/log.ts'
import { markOf, realPathOf, savingFolderOf } from './saving/place.ts'
import { codeOf, hashOf, overwriteWith } from './saving/replace-file.ts'
import { type Replay, replay } from './saving/replay.ts'
import type { SaverStart } from './saving/saver.ts'
import { parseState, StateFileError } from './state-file.ts'

type Say = (message: string) => void

/** The parts of a state file and its log that a saver starts from. */
export type LoadedState = Omit<SaverStart, 'folder' | 'lock'>

/**
 * Makes every session start from the state file, with what the log of a process that was killed has besides. Rejects with a
 * StateFileError if a part of it cannot be used; all is left as it was then.
 */
export async function loadState(mock: MockCore, path: string, willSave: boolean, say: Say): Promise<LoadedState> {
  const folder = savingFolderOf(reading(path, () => realPathOf(path)))
  const log = await readReplay(folder, mock.document)
  const mark = reading(path, () => markOf(path))
  if (willSave && mark && !mark.isFile)
    throw new StateFileError(`${path} is not a file, so that nothing can be saved to it.`)
  const file = readBytes(path)
  const bytes = file && log.inPlace.size > 0 ? finished(path, folder, file, log, willSave) : file
  if (bytes === undefined && !willSave)
    throw new StateFileError(`${path} does not exist. Name a file that does, or add --save to begin it.`)
  if (bytes) {
    const { state, dropped } = await parseState(path, bytes, mock.document, willSave)
    for (const message of dropped) say(message)
    mock.startFrom(state)
  }
  const hash = bytes ? hashOf(bytes) : null
  const store = mainOf(mock).store.fork()
  const change = takesOver(path, folder, hash, log, say) ? log.change : undefined
  if (change) mock.startAfter((start) => applyChanges(start, [change]))
  return {
    known: { hash, mark, size: bytes?.length ?? 0, store },
    logs: leftLogs(folder),
    touched: change ? keysOf(change) : noKeys(),
  }
}

const mainOf = ({ sessions }: MockCore) => sessions.get(DEFAULT_SESSION)

async function readReplay(folder: string, document: ApiDocument): Promise<Replay> {
  try {
    return await replay(readLog(folder), () => loadAdminDocument(document).document)
  } catch (error) {
    if (error instanceof BrokenLogError) throw new StateFileError(error.message)
    throw new StateFileError(`${folder} cannot be read (${codeOf(error)}). Make it readable, or remove it.`)
  }
}

function readBytes(path: string): Buffer | undefined {
  return reading(path, () => {
    try {
      return readFileSync(path)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  })
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new StateFileError(`${path} cannot be read (${codeOf(error)}). Name a readable file.`)
  }
}

/** The text of the file; the complete one if a process was killed while it wrote over the file. */
function finished(path: string, folder: string, bytes: Buffer, { bases, inPlace }: Replay, willSave: boolean): Buffer {
  if (bases.has(hashOf(bytes)) || inPlace.has(hashOf(bytes))) return bytes
  const copy = copies(folder).find((text) => inPlace.has(hashOf(text)))
  if (copy && willSave) reading(path, () => overwriteWith(copy, realPathOf(path)))
  return copy ?? bytes
}

function copies(folder: string): Buffer[] {
  return ['new-1', 'new-2'].flatMap((name) => readBytes(join(folder, name)) ?? [])
}

/** Whether the changes of a log belong to the file. Those of a file that was removed are kept, and not taken over. */
function takesOver(path: string, folder: string, hash: string | null, log: Replay, say: Say): boolean {
  if (log.change === undefined || log.bases.has(hash) || (hash !== null && log.inPlace.has(hash))) return true
  if (hash !== null) {
    say(`${path} was edited after a crash. The ${log.count} changes that it did not have were put on top of it.`)
    return true
  }
  const aside = setLogsAside(folder).join(' and ')
  say(
    `${path} was removed, so the ${log.count} changes that it did not have were not taken over. They stand in ${aside}.`,
  )
  return false
}

/** Removes texts that a process which was killed did not put in place. */
export function removeCopies(folder: string): void {
  for (const name of ['new-1', 'new-2']) rmSync(join(folder, name), { force: true })
}
