import { readFileSync } from 'node:fs'
import type { MockCore } from '../create-mock.ts'
import { DEFAULT_SESSION } from '../sessions/sessions.ts'
import { applyChanges, type Change } from './saving/changes.ts'
import type { KnownFile } from './saving/known-file.ts'
import { type Mark, markOf } from './saving/place.ts'
import { codeOf, hashOf } from './saving/replace-file.ts'
import { parseState, StateFileError } from './state-file.ts'

/** Takes over what somebody else writes to a state file. */
export interface Edits {
  /**
   * Puts the file's state in place if its text is another than the known one, with what `unsaved` gives on top. Resolves
   * with what is known then; with undefined if nothing changed, or what changed cannot be used, which is said once.
   */
  take(known: KnownFile, unsaved?: () => Change | undefined): Promise<KnownFile | undefined>
}

/** Follows the state file of a mock. */
export function createEdits(mock: MockCore, path: string, willSave: boolean, say: (message: string) => void): Edits {
  let refused = ''
  const put = async ({ bytes, hash, mark }: Version, unsaved: () => Change | undefined): Promise<KnownFile> => {
    const { state, dropped } = await parseState(path, bytes, mock.document, willSave)
    const change = unsaved()
    mock.startFrom(state)
    const main = mock.sessions.get(DEFAULT_SESSION)
    const store = main.store.fork()
    if (change) main.replaceStore(applyChanges(store, [change]))
    const rest = change ? ', with the changes on top that it did not have' : ''
    for (const message of [`${path} was edited: its state is served now${rest}.`, ...dropped]) say(message)
    refused = ''
    return { hash, mark, size: bytes.length, store }
  }
  return {
    take: async (known, unsaved = () => undefined) => {
      try {
        const version = read(path)
        return version === undefined || version.hash === known.hash ? undefined : await put(version, unsaved)
      } catch (error) {
        if (!(error instanceof StateFileError)) throw error
        if (error.message !== refused) say(`${error.message} The state before it is still served.`)
        refused = error.message
        return undefined
      }
    },
  }
}

interface Version {
  readonly bytes: Buffer
  readonly hash: string
  readonly mark: Mark | undefined
}

function read(path: string): Version | undefined {
  try {
    const mark = markOf(path)
    if (!mark) return undefined
    if (!mark.isFile) throw new StateFileError(`${path} is not a file any more.`)
    const bytes = readFileSync(path)
    return { bytes, hash: hashOf(bytes), mark }
  } catch (error) {
    if (error instanceof StateFileError) throw error
    if (codeOf(error) === 'ENOENT') return undefined
    throw new StateFileError(`${path} cannot be read (${codeOf(error)}).`)
  }
}
