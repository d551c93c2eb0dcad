import { existsSync } from 'node:fs'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { loadPackage, pathOf } from '../package-files.ts'
import type { ApiDocument } from '../spec/document.ts'
import { type Operation, responseFor } from '../spec/operation.ts'
import type { Judgement, RawViolation, RequestValues, Validator } from './validator.ts'
import { createValidator } from './validator.ts'

/** Validators by operation and media type, or by operation, status and media type; '' where no body came. */
interface Compiled {
  readonly requests: Readonly<Record<string, readonly ValidateFunction[]>>
  readonly replies: Readonly<Record<string, readonly ValidateFunction[]>>
}

const FILE = pathOf('dist/prepared/validators.cjs')
const NONE: readonly RawViolation[] = []

/**
 * The validator of a document. For the package's own it calls what express-openapi-validator 5.6.2 compiled for it when
 * the package was built (`build/prepare-validators.ts`), with the same data. To load and set up the validator takes four
 * times as long as all else at the start, and its way to the same functions takes most of the time of a request.
 * What was not compiled is left to it. To go back: `createValidator(document)`.
 */
export function validatorOf(document: ApiDocument): Validator {
  return document.own && existsSync(FILE) ? createCompiledValidator(document) : createValidator(document)
}

function createCompiledValidator(document: ApiDocument): Validator {
  const { requests, replies } = loadPackage<Compiled>('validators')
  let whole: Validator | undefined
  const loadWhole = () => {
    whole ??= createValidator(document)
    return whole
  }
  return {
    judgeRequest: (operation, values) => {
      const validators = requests[`${operation.id} ${values.mediaType ?? ''}`]
      return validators ? judge(validators, dataOf(values)) : loadWhole().judgeRequest(operation, values)
    },
    judgeReply: (operation, status, mediaType, value) => {
      const validators = replies[replyName(operation, status, mediaType)]
      const isJudged = validators !== undefined && value !== undefined && value !== null
      if (isJudged) return judgeOnce(validators, value)
      return isEmpty(operation, status, value) ? NONE : loadWhole().judgeReply(operation, status, mediaType, value)
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

/** The validator judges XML by the schema of the JSON beside it, and looks at no status from 500 up. */
function replyName(operation: Operation, status: number, mediaType: string): string {
  const documented = responseFor(operation, status)
  if (documented === undefined || status >= 500) return ''
  const types = Object.keys(documented.content).filter((type) => type.endsWith('json'))
  return `${operation.id} ${documented.status} ${types.includes(mediaType) ? mediaType : types[0]}`
}

function isEmpty(operation: Operation, status: number, value: unknown): boolean {
  return value === undefined && Object.keys(responseFor(operation, status)?.content ?? { none: true }).length === 0
}

/** What each list of validators has passed of frozen values, which are what they were for as long as they live. */
const passed = new WeakMap<readonly ValidateFunction[], WeakSet<object>>()

function judgeOnce(validators: readonly ValidateFunction[], value: unknown): Judgement {
  if (typeof value !== 'object' || value === null || !Object.isFrozen(value))
    return judge(validators, { response: value })
  const known = passed.get(validators) ?? new WeakSet()
  passed.set(validators, known)
  if (known.has(value)) return NONE
  const violations = judge(validators, { response: value })
  if (violations === NONE) known.add(value)
  return violations
}

function judge(validators: readonly ValidateFunction[], data: object): Judgement {
  const errors = validators.flatMap((validate) => (validate(data) ? [] : (validate.errors ?? [])))
  return errors.length === 0 ? NONE : errors.map(readError)
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
