import type { MockCore } from '../create-mock.ts'
import { createReload } from './reload-document.ts'
import { type Followed, followFile } from './watch-file.ts'

/** Serves by each new text of a document that can be enforced; `say` is called with one line for each change. */
export function followDocument(mock: MockCore, path: string, say: (message: string) => void): Followed {
  const reload = createReload(mock, path, say)
  let reloads = Promise.resolve()
  // One after the other: a slow trial must not put an older text over a newer one.
  const look = () => {
    reloads = reloads.then(reload)
  }
  return followFile(path, look, say)
}
