import { createRequire } from 'node:module'
import type { Ajv, Options, SchemaObject } from 'ajv'
import type { DocumentContent } from '../src/openapi/document.ts'
import { PREPARED_FORMATS } from '../src/openapi/formats.ts'
import type { Operation } from '../src/openapi/operation.ts'
import { pathOf } from '../src/openapi/package-files.ts'
import { boundErrors } from '../src/openapi/validators/bound-errors.ts'
import { createValidator, type ReplyOptions } from '../src/openapi/validators/express-validator.ts'
import type { RequestValues, Validator } from '../src/openapi/validators/validator.ts'

const require = createRequire(import.meta.url)

/** A schema that express-openapi-validator compiles, and the name it gives it. */
interface Compiled {
  readonly ajv: Ajv
  readonly key: string
  readonly schema: SchemaObject
}

/** Where a validator stands: `requests` by operation and media type, `replies` by operation, status and media type. */
interface Row {
  readonly table: 'requests' | 'replies'
  readonly name: string
  readonly validators: readonly Compiled[]
}

/**
 * The source of a CommonJS module with the very validators that express-openapi-validator compiles for a document. It is
 * the validator's own Ajv that writes them; here it is only told to keep the source of each, and the loops are bounded.
 */
export async function prepareValidators(
  document: DocumentContent,
  options: ReplyOptions = {},
  tables: readonly Row['table'][] = ['requests', 'replies'],
): Promise<string> {
  const compiled: Compiled[] = []
  const release = watchAjv((one) => compiled.push(one))
  try {
    const validator = createValidator(document, options, require('express-openapi-validator'))
    const rows = await readRows(document, validator, compiled)
    return writeModule(rows.filter(({ table }) => tables.includes(table)))
  } finally {
    release()
  }
}

/** Makes each Ajv that the validator creates from now on keep its source, and reports each schema. */
function watchAjv(onSchema: (compiled: Compiled) => void): () => void {
  const factory = require('express-openapi-validator/dist/framework/ajv/factory')
  const { factoryAjv } = factory
  const { _ } = require('ajv') as typeof import('ajv')
  factory.factoryAjv = (version: string, options: Options): Ajv => {
    // The one for OpenAPI's own schema, which is for documents.
    if (options.formats === undefined) return factoryAjv(version, options)
    const ajv: Ajv = factoryAjv(version, { ...options, code: { source: true, formats: _`formats` } })
    const { addSchema } = ajv
    ajv.addSchema = (given, key = '') => {
      if (key.startsWith('#')) return addSchema.call(ajv, given, key)
      const schema = slim(given as SchemaObject)
      onSchema({ ajv, key, schema })
      return addSchema.call(ajv, schema, key)
    }
    return ajv
  }
  return () => {
    factory.factoryAjv = factoryAjv
  }
}

/** The validator puts the whole document into each schema, for references. Only what is referred to is kept. */
function slim({ paths: _paths, components, ...schema }: SchemaObject): SchemaObject {
  const schemas = referredTo(schema, components?.schemas ?? {})
  return Object.keys(schemas).length === 0 ? schema : { ...schema, components: { schemas } }
}

const REFERENCE = /"\$ref":"#\/components\/schemas\/([^"/]+)/g

/** The schemas that a value refers to, directly or through others. */
function referredTo(value: unknown, all: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = new Set<string>()
  const collect = (from: unknown) => {
    for (const [, name = ''] of JSON.stringify(from).matchAll(REFERENCE)) names.add(name)
  }
  collect(value)
  // A Set that grows while it is walked is walked to its new end.
  for (const name of names) collect(all[name])
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)))
}

async function readRows({ operations }: DocumentContent, validator: Validator, compiled: Compiled[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const operation of operations) {
    for (const mediaType of mediaTypesOf(operation)) {
      await validator.validateRequest(operation, { ...NO_VALUES, ...(mediaType && { mediaType }) })
      rows.push({ table: 'requests', name: `${operation.id} ${mediaType}`, validators: compiled.splice(0) })
    }
    await validator.validateReply(operation, 200, 'application/json', {})
    for (const one of compiled.splice(0))
      rows.push({ table: 'replies', name: replyName(operation, one), validators: [one] })
  }
  return rows
}

const NO_VALUES: RequestValues = { path: {}, query: {}, headers: {}, body: undefined }

/** '' stands for no body. */
function mediaTypesOf({ requestBody }: Operation): string[] {
  const documented = Object.keys(requestBody?.content ?? {})
  return requestBody?.required ? documented : ['', ...documented]
}

/** The validator's names end in `-not_provided-200-application/json`. */
function replyName({ id }: Operation, { key }: Compiled): string {
  const [, status, mediaType] = /-not_provided-(\d+|default)-(.*)$/.exec(key) ?? []
  if (status === undefined) throw new Error(`express-openapi-validator names a reply's schema in another way: ${key}`)
  return `${id} ${status} ${mediaType}`
}

/** Writes validators of equal schemas once. */
function writeModule(rows: readonly Row[]): string {
  const unique = new Map<string, Compiled>()
  const nameOf = (compiled: Compiled) => {
    const text = `${ajvs.indexOf(compiled.ajv)} ${JSON.stringify(compiled.schema)}`
    if (!unique.has(text)) unique.set(text, compiled)
    return `v${[...unique.keys()].indexOf(text)}`
  }
  const ajvs = [...new Set(rows.flatMap(({ validators }) => validators.map(({ ajv }) => ajv)))]
  const lines = rows.map(
    ({ table, name, validators }) => `${table}[${JSON.stringify(name)}] = [${validators.map(nameOf).join(', ')}]`,
  )
  const declarations = [...unique.values()].map((compiled, index) => declare(`v${index}`, compiled))
  requireKnownFormats(declarations.join('\n'))
  return [
    FORMATS,
    ...declarations,
    'const requests = {}, replies = {}',
    ...lines,
    'module.exports = { requests, replies }',
  ].join('\n')
}

/** Our own formats: those of ajv-formats are mostly for documents that are not the package's. */
const FORMATS = `const formats = require(${JSON.stringify(pathOf('src/openapi/formats.ts'))}).PREPARED_FORMATS`

/** A format that is not in the table would be undefined in the code, which then accepts or refuses every value. */
function requireKnownFormats(source: string): void {
  const used = [...source.matchAll(/\bformats(?:\.(\w+)|\["([^"]+)"\])/g)].map(
    ([, plain, quoted]) => plain ?? quoted ?? '',
  )
  const unknown = used.find((name) => !Object.hasOwn(PREPARED_FORMATS, name))
  if (unknown !== undefined) throw new Error(`There is no format ${unknown}. Add it to src/openapi/formats.ts.`)
}

function declare(name: string, { ajv, key }: Compiled): string {
  const standalone: (ajv: Ajv, names: Record<string, string>) => string = require('ajv/dist/standalone').default
  const source = boundErrors(standalone(ajv, { validate: key }))
  return `const ${name} = ((exports) => { ${source}\nreturn exports.validate })({})`
}
