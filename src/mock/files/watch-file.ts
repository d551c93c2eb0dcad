import { type FSWatcher, readFileSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Milliseconds without a change before a file is read: editors write in several steps. */
const QUIET = 50

/**
 * Calls `onChange` with the new text whenever a file's text changes, also if an editor puts another file in its place.
 * A file that is removed is not a change.
 */
export function watchFile(path: string, onChange: (text: string) => void): FSWatcher {
  let known = readText(path)
  let timer: NodeJS.Timeout | undefined
  const look = () => {
    const text = readText(path)
    if (text === undefined || text === known) return
    known = text
    onChange(text)
  }
  // The folder is watched, not the file: the file may be replaced.
  const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
    if (name !== basename(path)) return
    clearTimeout(timer)
    timer = setTimeout(look, QUIET)
  })
  // The mock goes on serving if the folder is removed.
  return watcher.on('error', () => {})
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
