import type { ErrorObject } from 'ajv'
import { DocumentError, locating } from './document-error.ts'
import type { JsonObject } from './json-object.ts'
import { tokensOf, valueAt } from './json-pointer.ts'
import type { LineIndex } from './line-index.ts'
import { nearest } from './nearest.ts'
import { loadPackage } from './package-files.ts'
import { plainText } from './plain-text.ts'
import { requireLocal } from './require-local.ts'
import { requireReadable } from './require-readable.ts'

/** The part of express-openapi-validator that holds a document to OpenAPI's own schema; it exports it from an inner module. */
interface SchemaValidatorModule {
  readonly OpenAPISchemaValidator: new (options: {
    readonly version: string
    readonly validateApiSpec: boolean
  }) => SchemaValidator
}

interface SchemaValidator {
  validate(json: JsonObject): { readonly errors?: readonly ErrorObject[] }
}

/** Compiling OpenAPI's own schema takes 0.2 s, and the documents of one process are held to the same. */
const compiled = new WeakMap<SchemaValidatorModule, SchemaValidator>()

function schemaValidator(): SchemaValidator {
  const module = loadPackage<SchemaValidatorModule>('openapi-schema')
  const known = compiled.get(module)
  const validator = known ?? new module.OpenAPISchemaValidator({ version: '3.0.3', validateApiSpec: false })
  compiled.set(module, validator)
  return validator
}

/** Throws a DocumentError, with the line, where a document breaks OpenAPI's own schema, or refers to another one. */
export function checkDocument(json: JsonObject, lines: LineIndex, source: string): void {
  locating(source, lines, () => {
    requireLocal(json)
    requireSchema(json)
    requireReadable(json)
  })
}

function requireSchema(json: JsonObject): void {
  const error = mostTelling(schemaValidator().validate(json).errors ?? [])
  if (error === undefined) return
  const { instancePath } = error
  const meant = meantBy(error, valueAt(json, instancePath))
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`
  throw new DocumentError(`${instancePath || 'the document'} ${wordsOf(error)}. Fix it there.${hint}`, instancePath)
}

/** Of an either-or, each side complains of what the other asks for; who got deepest was meant. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const telling = errors.filter(
    ({ keyword, params }) => !['oneOf', 'anyOf', 'not'].includes(keyword) && params.missingProperty !== '$ref',
  )
  const depth = ({ instancePath }: ErrorObject) => tokensOf(instancePath).length
  return [...telling, ...errors].reduce<ErrorObject | undefined>(
    (best, error) => (best === undefined || (telling.includes(error) && depth(error) > depth(best)) ? error : best),
    undefined,
  )
}

/** The name or value that was probably meant. */
function meantBy({ params }: ErrorObject, value: unknown): string | undefined {
  if (Array.isArray(params.allowedValues)) return nearest(plainText(value), params.allowedValues.map(String))
  return params.additionalProperty === undefined ? undefined : nearest(plainText(params.additionalProperty), NAMES)
}

/** The names that OpenAPI 3.0 gives to members of its objects (section 4.7). */
const NAMES = [
  ...[
    'openapi',
    'info',
    'servers',
    'paths',
    'components',
    'security',
    'tags',
    'externalDocs',
    'summary',
    'description',
  ],
  ...[
    'operationId',
    'parameters',
    'requestBody',
    'responses',
    'callbacks',
    'deprecated',
    'get',
    'put',
    'post',
    'delete',
  ],
  ...['options', 'head', 'patch', 'trace', 'name', 'required', 'style', 'explode', 'allowReserved', 'allowEmptyValue'],
  ...['schema', 'example', 'examples', 'content', 'headers', 'links', 'encoding', 'schemas', 'requestBodies'],
  ...['securitySchemes', 'title', 'version', 'contact', 'license', 'termsOfService', 'type', 'format', 'enum', 'items'],
  ...['properties', 'additionalProperties', 'default', 'allOf', 'oneOf', 'anyOf', 'nullable', 'readOnly', 'writeOnly'],
  ...['minimum', 'maximum', 'minLength', 'maxLength', 'pattern', 'minItems', 'maxItems', 'uniqueItems', 'multipleOf'],
  ...['exclusiveMinimum', 'exclusiveMaximum', 'minProperties', 'maxProperties', 'discriminator'],
]

function wordsOf({ message = 'is not as OpenAPI asks', params }: ErrorObject): string {
  if (params.allowedValues) return `must be one of ${params.allowedValues.join(', ')}`
  return params.additionalProperty === undefined ? message : `may not have ${params.additionalProperty}`
}
