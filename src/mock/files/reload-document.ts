import { statSync } from 'node:fs'
import type { ApiDocument } from '../../openapi/document.ts'
import { DocumentError } from '../../openapi/document-error.ts'
import { readDocumentText } from '../../openapi/document-text.ts'
import { unforeseen } from '../../openapi/load-document.ts'
import { slowRules } from '../../openapi/patterns/slow-rules.ts'
import { acceptState } from '../admin/accept-state.ts'
import type { MockCore } from '../create-mock.ts'
import { DEFAULT_SESSION } from '../sessions/sessions.ts'
import { loadAdminDocument } from './load-admin-document.ts'
import { parseServed } from './load-served-document.ts'
import { tryDocument } from './try-document.ts'

/** Calls back with one line for each change. */
type Say = (message: string) => void

/**
 * Makes a function that serves by the text that a document has now. If that cannot be enforced, the document before it stays
 * in force. A text that has not changed, or a file that is gone, is nothing.
 */
export function createReload(mock: MockCore, path: string, say: Say): () => Promise<void> {
  const readChange = createReader(path)
  return async () => {
    try {
      const text = readChange()
      if (text !== undefined) await enforce(mock, parseServed(text, path), path, say)
    } catch (error) {
      const { message } = error instanceof DocumentError ? error : unforeseen(error, path)
      say(`${message} The document before it is still enforced.`)
    }
  }
}

/** Makes a function that reads a document's text; undefined if it has not changed since the last call, or is gone. */
function createReader(path: string): () => string | undefined {
  let known: string | undefined
  const readChange = () => {
    const before = known
    known = undefined
    const text = readNow(path)
    known = text ?? before
    return text === before ? undefined : text
  }
  try {
    readChange()
  } catch {
    // The mock has read it just now; the next change will be read again.
  }
  return readChange
}

/** A pipe is not read: its writer may keep it open for ever. */
function readNow(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return undefined
  if (stat.isFile() || stat.isDirectory()) return readDocumentText(path)
  throw new DocumentError(`${path} is not a file any more. Put the OpenAPI document back.`)
}

async function enforce(mock: MockCore, document: ApiDocument, path: string, say: Say) {
  await tryDocument(document)
  mock.useDocument(document)
  for (const sentence of slowRules(document)) say(sentence)
  say(`${path} was edited: requests and replies are held to it now.`)
  for (const news of mock.news) say(news)
  await reportState(mock, document, say)
}

/** Records that conformed to the old document need not conform to the new one. */
async function reportState(mock: MockCore, document: ApiDocument, say: Say) {
  const { store } = mock.sessions.get(DEFAULT_SESSION)
  const { violations } = await acceptState(loadAdminDocument(document).document, store.export())
  for (const { pointer, expected } of violations)
    say(`${pointer.replace(/^\/body/, 'The record at ')} no longer conforms: it must be ${expected}.`)
}
