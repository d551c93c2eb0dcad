import { type FSWatcher, watch } from 'node:fs'
import { dirname } from 'node:path'
import { type Mark, markOf, realPathOf } from './saving/place.ts'
import { codeOf } from './saving/replace-file.ts'

/** Milliseconds without a change before a file is read: editors write in several steps. */
export const QUIET = 50
/** Milliseconds between two looks at a file whose changes the system does not report, as through a mount or a chain of links. */
export const POLL = 500

/** A file that is followed. */
export interface Followed {
  close(): void
}

/**
 * Calls `onChange` whenever the file that a path leads to may have changed: also if another file or link takes its place, if
 * its length and times stay the same, and where the system reports no changes. A file that is removed is not a change.
 */
export function followFile(path: string, onChange: () => void, say: (message: string) => void): Followed {
  let known = lookAt(path)
  let seen: string | undefined
  let timer: NodeJS.Timeout | undefined
  const look = () => {
    timer = undefined
    const mark = lookAt(path)
    if (mark === undefined || (mark.id === known?.id && known.isSettled)) return
    if (mark.id !== known?.id && mark.id !== seen) {
      seen = mark.id
      soon()
      return
    }
    known = mark
    onChange()
  }
  const soon = () => {
    timer ??= setTimeout(look, QUIET).unref()
  }
  let isSaid = false
  const onFailure = (error: unknown) => {
    if (!isSaid) say(unwatched(path, error))
    isSaid = true
  }
  const watchers = foldersOf(path).flatMap((folder) => watchFolder(folder, soon, onFailure) ?? [])
  const poll = setInterval(soon, POLL).unref()
  return {
    close: () => {
      clearTimeout(timer)
      clearInterval(poll)
      for (const watcher of watchers) watcher.close()
    },
  }
}

/** The folders are watched, not the file: another may take its place. */
function foldersOf(path: string): string[] {
  try {
    return [...new Set([dirname(path), dirname(realPathOf(path))])]
  } catch {
    return [dirname(path)]
  }
}

const unwatched = (path: string, error: unknown) =>
  `${path} cannot be watched (${codeOf(error)}). It is looked at every ${POLL} ms; edits take effect a little later.`

/** Undefined where the system has no watch left: then the polls have to do. */
function watchFolder(folder: string, onEvent: () => void, onFailure: (error: unknown) => void): FSWatcher | undefined {
  try {
    // The mock goes on serving if the folder is removed.
    return watch(folder, { persistent: false }, onEvent).on('error', onFailure)
  } catch (error) {
    onFailure(error)
    return undefined
  }
}

function lookAt(path: string): Mark | undefined {
  try {
    return markOf(path)
  } catch {
    return undefined
  }
}
