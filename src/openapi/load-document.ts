import { readFileSync } from 'node:fs'
import { checkDocument } from './check-document.ts'
import { type ApiDocument, type CompiledName, type LineIndex, readDocument, requireOpenApi } from './document.ts'
import { DocumentError } from './document-error.ts'
import type { JsonObject } from './json-object.ts'
import { loadPackage } from './package-files.ts'
import { type PreparedDocument, readPrepared } from './prepared-document.ts'
import { indexLines } from './source-lines.ts'
import { type Compiled, createCompiledValidator } from './validators/compiled-validator.ts'
import { createValidator } from './validators/express-validator.ts'
import { yaml } from './yaml.ts'

/** The last document read from each path. Reading is a pure function of the text, so that mocks may share what it gives. */
const read = new Map<string, { readonly text: string; readonly document: ApiDocument }>()

/**
 * Reads an OpenAPI 3.0 document from a file; the same object again while the file's text is the same. Throws a
 * DocumentError where it cannot be read or understood.
 */
export function loadDocument(path: string): ApiDocument {
  const text = readText(path)
  const known = read.get(path)
  if (known?.text === text) return known.document
  const prepared = readPrepared('document.json')
  const document =
    prepared?.text === text ? readPreparedDocument(prepared, path, 'validators') : parseForeign(text, path)
  read.set(path, { text, document })
  return document
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new DocumentError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Name a readable file.`)
  }
}

/** Reads an OpenAPI 3.0 document that somebody else wrote from its text, and holds it to OpenAPI's own schema first. */
export function parseForeign(text: string, source: string): ApiDocument {
  const { json, lines } = parseYaml(text, source)
  checkDocument(requireOpenApi(json, source), lines, source)
  return readDocument(json, { source, lines, createValidator })
}

/**
 * Reads an OpenAPI 3.0 document from its text; `source` names it in messages. Schemas of another document may be lent to
 * it: it can refer to them as to its own.
 */
export function parseApiDocument(text: string, source: string, lent: JsonObject = {}): ApiDocument {
  const { json, lines } = parseYaml(text, source)
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

function parseYaml(text: string, source: string): { readonly json: unknown; readonly lines: LineIndex } {
  const { LineCounter, parseDocument } = yaml()
  const counter = new LineCounter()
  const parsed = parseDocument(text, { lineCounter: counter })
  const [error] = parsed.errors
  if (error)
    throw new DocumentError(`${source} is not YAML: ${firstLine(error.message)}. Fix it, or name another file.`)
  return { json: parsed.toJS(), lines: indexLines(parsed.contents, counter) }
}

/** The rest shows the text around the place. */
const firstLine = (message: string) => message.split('\n')[0]?.replace(/:$/, '')
