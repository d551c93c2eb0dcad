import type { ApiDocument } from '../../openapi/document.ts'
import { DocumentError } from '../../openapi/document-error.ts'
import { parseForeign } from '../../openapi/load-document.ts'
import { acceptState } from '../admin/accept-state.ts'
import type { MockCore } from '../create-mock.ts'
import { DEFAULT_SESSION } from '../sessions/sessions.ts'
import { keepState, type StateKeeper } from './keep-state.ts'
import { loadAdminDocument } from './load-admin-document.ts'
import { parseState, readStateFile, StateFileError } from './state-file.ts'
import { watchFile } from './watch-file.ts'

/** The files that a running mock follows. */
export interface Files {
  /** The state to start from; edits of it are taken over. */
  readonly state?: string
  /** True keeps the state file current. */
  readonly save: boolean
  /** The OpenAPI document; edits of it are taken over. */
  readonly document: string
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
    watchFile(files.document, (text) => void reloadDocument(mock, files.document, text, say)),
    ...(files.state === undefined
      ? []
      : [watchFile(files.state, (text) => void reloadState(mock, files.state ?? '', text, keeper, say))]),
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

async function reloadDocument(mock: MockCore, path: string, text: string, say: (message: string) => void) {
  try {
    const document = parseForeign(text, path)
    mock.useDocument(document)
    say(`${path} was edited: requests and replies are held to it now.`)
    await reportState(mock, document, say)
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    say(`${error.message} The document before it is still enforced.`)
  }
}

/** Records that conformed to the old document need not conform to the new one. */
async function reportState(mock: MockCore, document: ApiDocument, say: (message: string) => void) {
  const { violations } = await acceptState(loadAdminDocument(document).document, mainOf(mock).store.export())
  for (const { pointer, expected } of violations)
    say(`${pointer.replace(/^\/body/, 'The record at ')} no longer conforms: it must be ${expected}.`)
}
