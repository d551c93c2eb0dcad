import type { MockCore } from '../create-mock.ts'
import { DEFAULT_SESSION } from '../sessions/sessions.ts'
import { followDocument } from './follow-document.ts'
import { keepState, type StateKeeper } from './keep-state.ts'
import { parseState, readStateFile, StateFileError } from './state-file.ts'
import { watchFile } from './watch-file.ts'

/** The files that a running mock follows. */
export interface Files {
  /** The state to start from; edits of it are taken over. */
  readonly state?: string
  /** True keeps the state file current. */
  readonly save: boolean
  /** The OpenAPI document, if it is not the packaged one; edits of it are taken over. */
  readonly document?: string
}

/** A mock that follows its files. */
export interface Persistence {
  /** Must be called after a change of the default session. */
  touch(): void
  /** Writes changes that are not written yet, and stops following. */
  close(): void
}

/** Makes every session start from the state file's content. Rejects with a StateFileError if that cannot be used. */
export async function loadState(mock: MockCore, { state, save }: Files): Promise<void> {
  if (state === undefined) return
  const loaded = await readStateFile(state, mock.document)
  if (loaded) mock.startFrom(loaded)
  else if (!save) throw new StateFileError(`${state} does not exist. Name a file that does, or add --save to begin it.`)
}

/** Follows the files of a mock; `say` is called with one line for each change of them. */
export function followFiles(mock: MockCore, files: Files, say: (message: string) => void): Persistence {
  const keeper = files.state !== undefined && files.save ? keepState(files.state, () => mainOf(mock), say) : undefined
  keeper?.flush()
  const watchers = [
    ...(files.document === undefined ? [] : [followDocument(mock, files.document, say)]),
    ...(files.state === undefined
      ? []
      : [watchFile(files.state, (text) => void reloadState(mock, files.state ?? '', text, keeper, say), say)]),
  ]
  return {
    touch: () => keeper?.touch(),
    close: () => {
      keeper?.flush()
      for (const watcher of watchers) watcher.close()
    },
  }
}

const mainOf = ({ sessions }: MockCore) => sessions.get(DEFAULT_SESSION)

async function reloadState(
  mock: MockCore,
  path: string,
  text: string,
  keeper: StateKeeper | undefined,
  say: (message: string) => void,
) {
  if (text === keeper?.written) return keeper.adopt(text)
  try {
    mock.startFrom(await parseState(path, text, mock.document))
    keeper?.adopt(text)
    say(`${path} was edited: its state is served now.`)
  } catch (error) {
    if (!(error instanceof StateFileError)) throw error
    say(`${error.message} The state before it is still served.`)
  }
}
