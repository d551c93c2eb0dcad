import { statSync } from 'node:fs'
import type { Session } from '../sessions/session.ts'
import { stateText } from './state-file.ts'
import { writeAtomically } from './write-atomically.ts'

/** How long changes are gathered before they are written, in milliseconds; an acknowledged write is kept within 100. */
const GATHER = 20

/** Keeps a file at what a session remembers. */
export interface StateKeeper {
  /** Says that something may have changed. */
  touch(): void
  /** Writes what is not written yet. */
  flush(): void
  /** Says that the file's text, which somebody else wrote, was taken over. */
  adopt(text: string): void
  /** What the file holds, as far as it was written or taken over here. */
  readonly written: string
}

/**
 * Keeps the file current; where it cannot be written, `onFailure` hears why and the next change tries again. What somebody
 * else wrote is not overwritten before it was taken over.
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

/** What tells one state of a file on the disk from another; undefined where there is none. */
function markOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat && `${stat.ino} ${stat.mtimeMs} ${stat.size}`
}
