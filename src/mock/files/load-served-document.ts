import type { ApiDocument } from '../../openapi/document.ts'
import { DocumentError } from '../../openapi/document-error.ts'
import { readDocumentText } from '../../openapi/document-text.ts'
import type { JsonObject } from '../../openapi/json-object.ts'
import { loadDocument, parseForeign } from '../../openapi/load-document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { completeDocument } from '../next-version/complete-document.ts'

/** The packaged document. */
export const loadOwnDocument = (): ApiDocument => loadDocument(pathOf('openapi.yaml'))

/** Loads the document that a mock serves: the packaged one, or another version of it from a file. */
export function loadServedDocument(path: string): ApiDocument {
  // Nothing is to be completed in it, and most starts are of it.
  if (path === pathOf('openapi.yaml')) return loadOwnDocument()
  const text = readDocumentText(path)
  const known = read.get(path)
  if (known?.text === text) return known.document
  const document = parseServed(text, path)
  read.set(path, { text, document })
  return document
}

/** The last document read from each path: mocks of one text share its validators. */
const read = new Map<string, { readonly text: string; readonly document: ApiDocument }>()

/** Reads a text; the packaged document's own text is that document. Throws a DocumentError for any that cannot be served. */
export function parseServed(text: string, source: string): ApiDocument {
  const own = loadOwnDocument()
  if (text === readDocumentText(pathOf('openapi.yaml'))) return own
  return parseForeign(text, source, (json) => {
    requireSameApi(json)
    return completeDocument(json, own.json)
  })
}

/** The paths of other APIs can be the same: those of Swagger's Petstore are. */
function requireSameApi({ info }: JsonObject): void {
  const { title, version } = info as { readonly title: string; readonly version: string }
  if (/inboxes/i.test(title)) return
  throw new DocumentError(
    `/info/title is ${title} (version ${version}), another API. This mock serves versions of the Inboxes Developer API: name one.`,
    '/info/title',
  )
}
