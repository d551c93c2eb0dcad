import { type FSWatcher, readFileSync, statSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Milliseconds without a change before a file is read: editors write in several steps. */
const QUIET = 50

/** Milliseconds between two looks at a file that cannot be watched. */
const POLL = 500

/** A file that is followed until `close` is called. */
export interface Followed {
  close(): void
}

/**
 * Calls `onChange` with the new text whenever a file's text changes, also if an editor puts another file in its place.
 * A file that is removed is not a change.
 */
export function watchFile(path: string, onChange: (text: string) => void, say: (message: string) => void): Followed {
  let known = readText(path)
  const look = () => {
    const text = readText(path)
    if (text === undefined || text === known) return
    known = text
    onChange(text)
  }
  return followFile(path, look, say)
}

/** Calls `look` after events at a file. `say` is called if the file has to be polled, which a full system asks for. */
export function followFile(path: string, look: () => void, say: (message: string) => void): Followed {
  let polling: Followed | undefined
  const poll = (error: unknown) => {
    if (polling) return
    const { code } = error as NodeJS.ErrnoException
    say(`${path} cannot be watched (${code}). It is looked at every ${POLL} ms; edits take effect a little later.`)
    polling = pollFile(path, look)
  }
  const watcher = watchFolder(path, look, poll)
  return {
    close: () => {
      watcher?.close()
      polling?.close()
    },
  }
}

/** Watches the folder, not the file: the file may be replaced. */
function watchFolder(path: string, look: () => void, onFailure: (error: unknown) => void): FSWatcher | undefined {
  let timer: NodeJS.Timeout | undefined
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      if (name !== basename(path)) return
      clearTimeout(timer)
      timer = setTimeout(look, QUIET)
    })
    // The mock goes on serving if the folder is removed.
    return watcher.on('error', onFailure)
  } catch (error) {
    onFailure(error)
    return undefined
  }
}

function pollFile(path: string, look: () => void): Followed {
  let known = markOf(path)
  const timer = setInterval(() => {
    const mark = markOf(path)
    if (mark === known) return
    known = mark
    look()
  }, POLL)
  timer.unref()
  return { close: () => clearInterval(timer) }
}

/** Identifies one version of a file; undefined while it cannot be found. */
function markOf(path: string): string | undefined {
  try {
    const { ino, mtimeMs, size } = statSync(path)
    return `${ino} ${mtimeMs} ${size}`
  } catch {
    return undefined
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
