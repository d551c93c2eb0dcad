import { existsSync } from 'node:fs'
import type { ErrorObject, ValidateFunction } from 'ajv'
import type { ApiDocument } from '../document.ts'
import { type DocumentedResponse, type Operation, responseFor } from '../operation.ts'
import { loadPackage, pathOf } from '../package-files.ts'
import type { RawViolation, RequestValues, Validator } from './express-validator.ts'
import { createValidator } from './express-validator.ts'

type Validators = readonly ValidateFunction[]

/** Validators by operation and media type, or by operation, status and media type; '' where no body came. */
interface Compiled {
  readonly requests: Readonly<Record<string, Validators>>
  readonly replies: Readonly<Record<string, Validators>>
}

const FILE = pathOf('dist/prepared/validators.cjs')
const NONE: readonly RawViolation[] = []

/**
 * The validator of a document. For the package's own it calls what express-openapi-validator 5.6.2 compiled for it when
 * the package was built (`scripts/prepare-validators.ts`), with the same data. To load and set up the validator takes four
 * times as long as all else at the start, and its way to the same functions takes most of the time of a request.
 * What was not compiled is left to it. To go back: `createValidator(document)`.
 */
export function validatorOf(document: ApiDocument): Validator {
  return document.own && existsSync(FILE)
    ? createCompiledValidator(document, createValidator)
    : createValidator(document)
}

/** Calls the compiled validators; `createWhole` makes the validator of what was not compiled, at its first use. */
export function createCompiledValidator(
  document: ApiDocument,
  createWhole: (document: ApiDocument) => Validator,
): Validator {
  const { requests, replies } = indexed(document, loadPackage<Compiled>('validators'))
  let whole: Validator | undefined
  const loadWhole = () => {
    whole ??= createWhole(document)
    return whole
  }
  return {
    validateRequest: async (operation, values) => {
      const validators = requests.get(operation)?.[values.mediaType ?? '']
      return validators ? validate(validators, dataOf(values)) : loadWhole().validateRequest(operation, values)
    },
    validateReply: async (operation, status, mediaType, value) => {
      const documented = responseFor(operation, status)
      const known = documented && status < 500 ? replies.get(documented) : undefined
      const validators = known?.[mediaType] ?? known?.[ANY_JSON]
      if (validators && value !== undefined && value !== null) return validate(validators, { response: value })
      const isEmpty = value === undefined && documented !== undefined && Object.keys(documented.content).length === 0
      return isEmpty ? NONE : loadWhole().validateReply(operation, status, mediaType, value)
    },
  }
}

const dataOf = ({ path, query, headers, mediaType, body }: RequestValues) => ({
  query,
  headers: mediaType === undefined ? headers : { ...headers, 'content-type': mediaType },
  params: path,
  cookies: undefined,
  body,
})

const ANY_JSON = ''

/** By the document's own objects, so that no name is put together for a request. */
function indexed({ operations }: ApiDocument, { requests, replies }: Compiled) {
  const typesOf = ({ requestBody }: Operation) => ['', ...Object.keys(requestBody?.content ?? {})]
  return {
    requests: new Map(
      operations.map((operation) => [
        operation,
        pick(typesOf(operation), (type) => requests[`${operation.id} ${type}`]),
      ]),
    ),
    replies: new Map(
      operations.flatMap(({ id, responses }) =>
        Object.values(responses).map((response) => [response, ofReply(response, (name) => replies[`${id} ${name}`])]),
      ),
    ),
  }
}

/** express-openapi-validator validates XML by the schema of the JSON beside it. */
function ofReply({ status, content }: DocumentedResponse, named: (name: string) => Validators | undefined) {
  const types = Object.keys(content).filter((type) => type.endsWith('json'))
  return pick([ANY_JSON, ...types], (type) => named(`${status} ${type === ANY_JSON ? types[0] : type}`))
}

function pick(names: readonly string[], find: (name: string) => Validators | undefined) {
  return Object.fromEntries(names.map((name) => [name, find(name)]))
}

function validate(validators: Validators, data: object): readonly RawViolation[] {
  let found = NONE
  for (const validator of validators)
    if (!validator(data)) found = [...found, ...(validator.errors ?? []).map(readError)]
  return found
}

/** Words an error as the validator does (`ajvErrorsToValidatorError` and `augmentAjvErrors` in its middlewares/util.js). */
function readError({ instancePath, keyword, params, message = '' }: ErrorObject): RawViolation {
  const property = params.missingProperty ?? params.additionalProperty
  return {
    path: property === undefined ? instancePath : `${instancePath}/${property}`,
    keyword,
    message: keyword === 'enum' ? `${message}: ${params.allowedValues.join(', ')}` : message,
  }
}
