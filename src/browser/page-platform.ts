import type { Platform } from '../mock/platform.ts'
import { type ApiDocument, readDocument } from '../openapi/document.ts'
import { DocumentError } from '../openapi/document-error.ts'
import { createCompiledValidator } from '../openapi/validators/compiled-validator.ts'
import { readLines } from './line-list.ts'
import { PAGE_CODINGS } from './page-codings.ts'
import { type PreparedForPage, prepared } from './prepared.ts'
import { createUncompiledValidator } from './uncompiled-validator.ts'

/** A page: the documents come with the bundle, and nothing is compiled at run time. */
export const pagePlatform: Platform = {
  loadDocument: (path) => {
    if (path === undefined) return documentOf(prepared().api, 'openapi.yaml')
    throw new DocumentError(`A page cannot read ${path}: it serves the packaged document. Leave the option out.`)
  },
  loadAdminDocument: () => {
    const { admin } = prepared()
    return { document: documentOf(admin, 'src/mock/admin/openapi.yaml'), text: JSON.stringify(admin.json) }
  },
  // JSON is YAML.
  writeYaml: (json) => JSON.stringify(json, null, 2),
  contentCodings: PAGE_CODINGS,
  memoryMb: () => 128,
  version: () => prepared().version,
  warn: (text) => console.warn(text),
}

/** Reading takes some milliseconds, so the mocks of a page share the result. */
const read = new WeakMap<PreparedForPage, ApiDocument>()

function documentOf(from: PreparedForPage, source: string): ApiDocument {
  const { json, lines, validators } = from
  const known = read.get(from)
  if (known) return known
  const document = readDocument(json, {
    source,
    lines: readLines(json, lines),
    createValidator: (of) => createCompiledValidator(of, validators, createUncompiledValidator),
  })
  read.set(from, document)
  return document
}
