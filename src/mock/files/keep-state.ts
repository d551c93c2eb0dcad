import { statSync } from 'node:fs'
import type { Session } from '../sessions/session.ts'
import { stateText } from './state-file.ts'
import { writeAtomically } from './write-atomically.ts'

/** Milliseconds for which changes are gathered before a write. An acknowledged change is on disk within 100. */
const GATHER = 20

/** Keeps a file at the state of a session. */
export interface StateKeeper {
  /** Must be called after a change of the session. */
  touch(): void
  /** Writes changes that are not written yet. */
  flush(): void
  /** Must be called after the session took over a text that somebody else wrote. */
  adopt(text: string): void
  /** The text that was last written or taken over. */
  readonly written: string
}

/**
 * Keeps the file current. If it cannot be written, `onFailure` is called with the reason, and the next change tries again.
 * A text that somebody else wrote is not overwritten before it was taken over.
 */
export function keepState(path: string, session: () => Session, onFailure: (why: string) => void): StateKeeper {
  let written = ''
  let known = markOf(path)
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const text = stateText(session().store.export())
    const found = markOf(path)
    if (text === written || (found !== undefined && found !== known)) return
    try {
      writeAtomically(path, text)
      written = text
      known = markOf(path)
    } catch (error) {
      onFailure(
        `${path} cannot be written (${(error as NodeJS.ErrnoException).code}). The state is kept in memory only.`,
      )
    }
  }
  return {
    touch: () => {
      timer ??= setTimeout(flush, GATHER)
    },
    flush,
    adopt: (text) => {
      written = text
      known = markOf(path)
    },
    get written() {
      return written
    },
  }
}

/** Identifies one version of a file on the disk; undefined if there is no file. */
function markOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat && `${stat.ino} ${stat.mtimeMs} ${stat.size}`
}
