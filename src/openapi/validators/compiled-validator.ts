import type { ErrorObject, ValidateFunction } from 'ajv'
import type { ApiDocument } from '../document.ts'
import { type DocumentedResponse, type Operation, responseFor } from '../operation.ts'
import { bounded } from '../violation-limit.ts'
import type { RawViolation, RequestValues, Validator } from './validator.ts'

type Validators = readonly ValidateFunction[]

/** Validators by operation and media type, or by operation, status and media type; '' where no body came. */
export interface Compiled {
  readonly requests: Readonly<Record<string, Validators>>
  readonly replies: Readonly<Record<string, Validators>>
}

const NONE: readonly RawViolation[] = []

/**
 * Calls the functions that express-openapi-validator 5.6.2 compiled when the package was built
 * (`scripts/prepare-validators.ts`), with the same data. Loading and setting up that validator takes four times as long as
 * the rest of the start, and its way to the same functions most of the time of a request. `createWhole` makes the validator
 * of what was not compiled, at its first use. A start takes 0.19 to 0.24 of the CPU time without it on Node 20, 22, 24 and 26
 * (`npm run bench:devices`). To go back: `return createWhole(document)`.
 */
export function createCompiledValidator(
  document: ApiDocument,
  compiled: Compiled,
  createWhole: (document: ApiDocument) => Validator,
): Validator {
  const { requests, replies } = indexed(document, compiled)
  let whole: Validator | undefined
  const loadWhole = () => {
    whole ??= createWhole(document)
    return whole
  }
  return {
    validateRequest: async (operation, values) => {
      const validators = requests.get(operation)?.[values.mediaType ?? '']
      return validators ? runValidators(validators, dataOf(values)) : loadWhole().validateRequest(operation, values)
    },
    validateReply: async (operation, status, mediaType, value) => {
      const documented = responseFor(operation, status)
      const known = documented && status < 500 ? replies.get(documented) : undefined
      const validators = known?.[mediaType] ?? known?.[ANY_JSON]
      if (validators && value !== undefined && value !== null) return runValidators(validators, { response: value })
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
  body: mediaType === 'multipart/form-data' ? (body ?? {}) : body,
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

/** Lists what compiled validators find, in as many places as are shown. */
export function runValidators(validators: Validators, data: object): readonly RawViolation[] {
  let found = NONE
  for (const validator of validators)
    if (!validator(data)) found = bounded([...found, ...bounded(validator.errors ?? []).map(readError)])
  return found
}

/** Words an error as the validator does (`ajvErrorsToValidatorError` and `augmentAjvErrors` in its middlewares/util.js). */
function readError({ instancePath, keyword, params, message = wordsOf(keyword, params) }: ErrorObject): RawViolation {
  const property = params.missingProperty ?? params.additionalProperty
  return {
    path: property === undefined ? instancePath : `${instancePath}/${property}`,
    keyword,
    message: keyword === 'enum' ? `${message}: ${params.allowedValues.join(', ')}` : message,
  }
}

/** Ajv's words for the commonest errors. The bundle for pages leaves them out, as they follow from the rest. */
export function wordsOf(keyword: string, params: ErrorObject['params']): string {
  if (keyword === 'type') return `must be ${params.type}`
  if (keyword === 'required') return `must have required property '${params.missingProperty}'`
  return keyword === 'enum' ? 'must be equal to one of the allowed values' : ''
}
