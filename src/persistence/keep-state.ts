import type { Session } from '../sessions/session.ts'
import { stateText, writeAtomically } from './state-file.ts'

/** How long changes are gathered before they are written, in milliseconds; an acknowledged write is kept within 100. */
const GATHER = 30

/** Keeps a file at what a session remembers. */
export interface StateKeeper {
  /** Says that something may have changed. */
  touch(): void
  /** Writes what is not written yet. */
  flush(): void
  /** What the file holds, as far as it was written here. */
  readonly written: string
}

/** Keeps the file current; where it cannot be written, `onFailure` hears why and the next change tries again. */
export function keepState(path: string, session: () => Session, onFailure: (why: string) => void): StateKeeper {
  let written = ''
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const text = stateText(session().store.export())
    if (text === written) return
    try {
      writeAtomically(path, text)
      written = text
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
    get written() {
      return written
    },
  }
}
