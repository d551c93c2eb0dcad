import { existsSync, readFileSync, rmSync } from 'node:fs'
import type { ApiDocument } from '../../openapi/document.ts'
import type { State } from '../store/state.ts'
import { mergedRecording } from '../upstream/recording.ts'
import { UpstreamError } from '../upstream/upstream-error.ts'
import type { ConnectedLive } from './connect-live.ts'
import { codeOf, mayOverwrite, overwrite, prepare, putInPlace } from './saving/replace-file.ts'
import { parseState, StateFileError } from './state-file.ts'

/** A file that follows a live server. */
export interface RecordFile {
  /** Writes what is not written yet. */
  close(): Promise<void>
}

/** Milliseconds after a change until the file is written. */
const QUIET = 1_000

/**
 * Writes what the live server shows to a state file. Records of an earlier recording in the file stay until they are seen again.
 * Rejects with an UpstreamError if the file holds something else.
 */
export async function recordTo(
  path: string,
  live: ConnectedLive,
  document: ApiDocument,
  warn: (message: string) => void,
): Promise<RecordFile> {
  const earlier = existsSync(path) ? await readEarlier(path, document) : {}
  const { side } = await live.parts()
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()
  let isSaid = false
  const write = async () => {
    const later = await live.control.recording()
    const text = JSON.stringify(mergedRecording(earlier, later, side.knowledge.isGone), null, 2)
    try {
      await replace(path, `${text}\n`)
    } catch (error) {
      if (!isSaid) warn(`${path} cannot be written (${codeOf(error)}), so nothing is recorded there. Make it writable.`)
      isSaid = true
    }
  }
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(write)
    return writing
  }
  side.knowledge.onChange = () => {
    timer ??= setTimeout(flush, QUIET).unref()
  }
  return { close: flush }
}

async function replace(path: string, text: string): Promise<void> {
  const copy = `${path}.new-${process.pid}`
  const prepared = await prepare(copy, [text], path)
  try {
    if (prepared.obstacle === undefined) putInPlace(prepared, path)
    else overwrite(prepared, path)
  } catch (error) {
    if (!mayOverwrite(error)) throw error
    overwrite(prepared, path)
  } finally {
    rmSync(copy, { force: true })
  }
}

async function readEarlier(path: string, document: ApiDocument): Promise<Partial<State>> {
  try {
    return (await parseState(path, readFileSync(path), document, false)).state
  } catch (error) {
    const why = error instanceof StateFileError ? error.message : codeOf(error)
    throw new UpstreamError(`--record would write over ${path}, which is no state file: ${why}`)
  }
}
