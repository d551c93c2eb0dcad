import type { ApiDocument, DocumentContent } from '../document.ts'
import type { JsonObject } from '../json-object.ts'
import { valueAt } from '../json-pointer.ts'
import type { Operation } from '../operation.ts'
import { loadPackage } from '../package-files.ts'
import { readOperations } from '../read-operations.ts'
import type { Schema } from '../schema.ts'
import { type Compiled, runValidators } from './compiled-validator.ts'
import { createValidator } from './express-validator.ts'
import type { RawViolation } from './validator.ts'

/**
 * Lists all that is wrong with a value by a schema, which must be that of a body, a header or a parameter, or stand under
 * `components/schemas`. Each path is a JSON Pointer into the value; '' is the whole value.
 */
export type ValueValidator = (schema: Schema, value: unknown) => Promise<readonly RawViolation[]>

/** Setting up the validator is slow and depends on the document alone, so that runs of one document share it. */
const known = new WeakMap<ApiDocument, ValueValidator>()

/**
 * The validator of the values of a document. For the package's own it calls what express-openapi-validator compiled when
 * the package was built (`scripts/build-package.ts`); for any other it is that validator itself.
 */
export function valueValidatorOf(document: ApiDocument): ValueValidator {
  const validate = known.get(document) ?? readyFor(document)
  known.set(document, validate)
  return validate
}

const readyFor = (document: ApiDocument): ValueValidator =>
  document.compiled === 'validators'
    ? compiledValueValidator(loadPackage<Compiled>('value-validators'))
    : createValueValidator(document)

/** Calls what was compiled from `valuesDocument`. */
export function compiledValueValidator({ replies }: Compiled): ValueValidator {
  return async ({ pointer }, value) => {
    const validators = replies[`${pointer} 200 ${MEDIA_TYPE}`]
    if (validators === undefined) throw new Error(`No validator was compiled for ${pointer}. Build the package again.`)
    return runValidators(validators, { response: { value } }).map(inValue)
  }
}

/** Calls express-openapi-validator. */
export function createValueValidator(document: ApiDocument): ValueValidator {
  const values = valuesDocument(document)
  const operations = new Map(values.operations.map((operation) => [operation.id, operation]))
  const validator = createValidator(values, VALUE_OPTIONS)
  return async ({ pointer }, value) => {
    const operation = operations.get(pointer)
    if (operation === undefined)
      throw new Error(`${pointer} is not the schema of a body, a header, a parameter or a component.`)
    return (await validator.validateReply(operation, 200, MEDIA_TYPE, { value })).map(inValue)
  }
}

/** How the validator of `valuesDocument` is set up. */
export const VALUE_OPTIONS = { allErrors: true }

const MEDIA_TYPE = 'application/json'

/**
 * A document with one operation for each schema that values can be validated by; its id is the schema's pointer. It
 * responds with an object that holds the value, so that the validator of bodies in JSON also takes all others.
 */
export function valuesDocument({ json, operations, ...rest }: ApiDocument): DocumentContent {
  const schemas = [...operations.flatMap(schemasOf), ...Object.values(rest.schemas)]
  const pointers = [...new Set(schemas.map(({ pointer }) => pointer))]
  const paths = pointers.map((pointer, index) => [`/${index}`, { get: operationFor(pointer, json) }])
  const values = { ...json, paths: Object.fromEntries(paths) }
  const { basePath, lines, name } = rest
  return { json: values, operations: readOperations(values), schemas: rest.schemas, basePath, lines, name }
}

const schemasOf = ({ parameters, requestBody, responses }: Operation): Schema[] => [
  ...parameters.map(({ schema }) => schema),
  ...Object.values(requestBody?.content ?? {}),
  ...Object.values(responses).flatMap(({ content, headers }) => [
    ...Object.values(content),
    ...headers.map(({ schema }) => schema),
  ]),
]

function operationFor(pointer: string, json: JsonObject): JsonObject {
  const value = pointer.startsWith('/components/schemas/') ? { $ref: `#${pointer}` } : valueAt(json, pointer)
  const schema = { type: 'object', required: ['value'], properties: { value } }
  return {
    operationId: pointer,
    responses: { 200: { description: 'a value', content: { [MEDIA_TYPE]: { schema } } } },
  }
}

const inValue = ({ path, ...rest }: RawViolation): RawViolation => ({
  ...rest,
  path: path.replace('/response/value', ''),
})
