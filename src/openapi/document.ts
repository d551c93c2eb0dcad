import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { checkDocument } from './check-document.ts'
import { DocumentError } from './document-error.ts'
import type { JsonObject } from './json-object.ts'
import type { Operation } from './operation.ts'
import { type PreparedDocument, readPrepared } from './prepared-document.ts'
import { readOperations } from './read-operations.ts'
import { readComponents } from './read-schema.ts'
import type { Schema } from './schema.ts'
import { indexLines, type LineIndex } from './source-lines.ts'
import { yaml } from './yaml.ts'

/** The package's own documents: the build compiles their validators. */
export type CompiledName = 'validators' | 'admin-validators'

/** An OpenAPI document, read once. */
export interface ApiDocument {
  /** The whole document as plain JSON. */
  readonly json: JsonObject
  readonly operations: readonly Operation[]
  /** The schemas under `components/schemas`, by name. */
  readonly schemas: Readonly<Record<string, Schema>>
  /** The path of the first server, `/v2`. */
  readonly basePath: string
  readonly lines: LineIndex
  /** The file's name, for messages. */
  readonly name: string
  /** Names the validators that the build compiled for exactly this document; absent for any other. */
  readonly compiled?: CompiledName
}

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
  return readDocument(json, lines, source)
}

/**
 * Reads an OpenAPI 3.0 document from its text; `source` names it in messages. Schemas of another document may be lent to
 * it: it can refer to them as to its own.
 */
export function parseApiDocument(text: string, source: string, lent: JsonObject = {}): ApiDocument {
  const { json, lines } = parseYaml(text, source)
  const { components } = (json ?? {}) as { components?: { schemas?: JsonObject } }
  if (components) components.schemas = { ...lent, ...components.schemas }
  return readDocument(json, lines, source)
}

/** Reads a document that the build has read before, and compiled validators for. */
export function readPreparedDocument({ json, lines }: PreparedDocument, source: string, compiled: CompiledName) {
  return readDocument(json, lines, source, compiled)
}

function parseYaml(text: string, source: string): { readonly json: unknown; readonly lines: LineIndex } {
  const { LineCounter, parseDocument } = yaml()
  const counter = new LineCounter()
  const parsed = parseDocument(text, { lineCounter: counter })
  const [error] = parsed.errors
  if (error)
    throw new DocumentError(`${source} is not YAML: ${firstLine(error.message)}. Mend it, or name another file.`)
  return { json: parsed.toJS(), lines: indexLines(parsed.contents, counter) }
}

/** The rest shows the text around the place. */
const firstLine = (message: string) => message.split('\n')[0]?.replace(/:$/, '')

function readDocument(given: unknown, lines: LineIndex, source: string, compiled?: CompiledName): ApiDocument {
  const json = requireOpenApi(given, source)
  return {
    json,
    lines,
    ...(compiled && { compiled }),
    name: basename(source),
    ...readNodes(json, lines, source),
    basePath: new URL(json.servers[0].url).pathname.replace(/\/$/, ''),
  }
}

type OpenApi = JsonObject & { readonly servers: readonly [{ readonly url: string }] }

function requireOpenApi(json: unknown, source: string): OpenApi {
  if (isOpenApi(json)) return json
  throw new DocumentError(`${source} is not an OpenAPI 3.0 document: openapi, servers and paths are needed.`)
}

function readNodes(json: JsonObject, lines: LineIndex, source: string): Pick<ApiDocument, 'operations' | 'schemas'> {
  try {
    return { operations: readOperations(json), schemas: readComponents(json) }
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    const line = error.pointer === undefined ? undefined : lines.get(error.pointer)
    throw new DocumentError(`${source}${line === undefined ? '' : `, line ${line}`}: ${error.message}`, error.pointer)
  }
}

function isOpenApi(json: unknown): json is OpenApi {
  const { openapi, paths, servers } = (json ?? {}) as Record<string, unknown>
  const hasServer = Array.isArray(servers) && URL.canParse(String(servers[0]?.url))
  return (
    typeof openapi === 'string' && openapi.startsWith('3.0') && typeof paths === 'object' && paths !== null && hasServer
  )
}
