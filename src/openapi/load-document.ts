import { checkDocument } from './check-document.ts'
import { type ApiDocument, type CompiledName, readDocument, requireOpenApi } from './document.ts'
import { DocumentError, locating } from './document-error.ts'
import { readDocumentText } from './document-text.ts'
import type { JsonObject } from './json-object.ts'
import { loadPackage } from './package-files.ts'
import { digestOf, type PreparedDocument, readPrepared } from './prepared-document.ts'
import { readYaml } from './read-yaml.ts'
import { type Compiled, createCompiledValidator } from './validators/compiled-validator.ts'
import { createValidator } from './validators/express-validator.ts'

/** The last document read from each path. Reading is a pure function of the text, so that mocks may share what it gives. */
const read = new Map<string, { readonly text: string; readonly document: ApiDocument }>()

/**
 * Reads an OpenAPI 3.0 document from a file; the same object again while the file's text is the same. Throws a
 * DocumentError where it cannot be read or understood.
 */
export function loadDocument(path: string): ApiDocument {
  const text = readDocumentText(path)
  const known = read.get(path)
  if (known?.text === text) return known.document
  const prepared = readPrepared('document.json')
  const document =
    prepared?.digest === digestOf(text) ? readPreparedDocument(prepared, path, 'validators') : parseForeign(text, path)
  read.set(path, { text, document })
  return document
}

/**
 * Reads an OpenAPI 3.0 document that somebody else wrote from its text, and holds it to OpenAPI's own schema first. Throws
 * a DocumentError for whatever is wrong with it.
 */
export function parseForeign(text: string, source: string, complete: Complete = (json) => json): ApiDocument {
  try {
    const { json: given, lines } = readYaml(text, source)
    const json = requireOpenApi(given, source)
    checkDocument(json, lines, source)
    return readDocument(
      locating(source, lines, () => complete(json)),
      { source, lines, createValidator },
    )
  } catch (error) {
    throw error instanceof DocumentError ? error : unforeseen(error, source)
  }
}

/** Adds to a document that has been checked. Throws a DocumentError if it is not one of this mock. */
type Complete = (json: JsonObject) => JsonObject

/** No document may end a mock that runs, so that an error that nobody thought of is one of the document. */
export function unforeseen(error: unknown, source: string): DocumentError {
  const what = error instanceof Error ? error.message : String(error)
  return new DocumentError(`${source} cannot be enforced: ${what}. Undo the last edit, and please report this.`)
}

/**
 * Reads an OpenAPI 3.0 document from its text; `source` names it in messages. Schemas of another document may be lent to
 * it: it can refer to them as to its own.
 */
export function parseApiDocument(text: string, source: string, lent: JsonObject = {}): ApiDocument {
  const { json, lines } = readYaml(text, source)
  const { components } = (json ?? {}) as { components?: { schemas?: JsonObject } }
  if (components) components.schemas = { ...lent, ...components.schemas }
  return readDocument(json, { source, lines, createValidator })
}

/** Reads a document that the build has read before, and compiled validators for. */
export function readPreparedDocument({ json, lines }: PreparedDocument, source: string, compiled: CompiledName) {
  return readDocument(json, {
    source,
    lines,
    compiled,
    createValidator: (document) => createCompiledValidator(document, loadPackage<Compiled>(compiled), createValidator),
  })
}
