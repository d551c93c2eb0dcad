import type { ErrorObject } from 'ajv'
import type { LineIndex } from './document.ts'
import { DocumentError } from './document-error.ts'
import type { JsonObject } from './json-object.ts'
import { tokensOf } from './json-pointer.ts'
import { loadPackage } from './package-files.ts'

/** The part of express-openapi-validator that holds a document to OpenAPI's own schema; it exports it from an inner module. */
interface SchemaValidatorModule {
  readonly OpenAPISchemaValidator: new (options: {
    readonly version: string
    readonly validateApiSpec: boolean
  }) => { validate(json: JsonObject): { readonly errors?: readonly ErrorObject[] } }
}

/** Throws a DocumentError, with the line, where a document breaks OpenAPI's own schema. */
export function checkDocument(json: JsonObject, lines: LineIndex, source: string): void {
  const { OpenAPISchemaValidator } = loadPackage<SchemaValidatorModule>('openapi-schema')
  const validator = new OpenAPISchemaValidator({ version: String(json.openapi), validateApiSpec: false })
  const error = mostTelling(validator.validate(json).errors ?? [])
  if (error === undefined) return
  const line = lines.get(error.instancePath)
  const place = line === undefined ? source : `${source}, line ${line}`
  throw new DocumentError(`${place}: ${error.instancePath || 'the document'} ${wordsOf(error)}. Fix it there.`)
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

function wordsOf({ message = 'is not as OpenAPI asks', params }: ErrorObject): string {
  if (params.allowedValues) return `must be one of ${params.allowedValues.join(', ')}`
  return params.additionalProperty === undefined ? message : `may not have ${params.additionalProperty}`
}
