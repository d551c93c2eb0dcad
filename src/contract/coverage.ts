import type { ApiDocument } from '../spec/document.ts'
import type { DocumentedResponse, Operation } from '../spec/operation.ts'
import { type Exchange, isSuccess, mediaTypeOf, statusOf } from './exchange.ts'
import type { Finding } from './finding.ts'
import { publishedResponses } from './published.ts'
import type { CoverageCell, Mode } from './report.ts'

/** What became of every cell of operation, published status, media type and parameter. */
export function coverageOf(
  { operations }: ApiDocument,
  exchanges: readonly Exchange[],
  findings: readonly Finding[],
  mode: Mode,
): CoverageCell[] {
  return operations.flatMap((operation) => {
    const own = exchanges.filter((exchange) => exchange.operation?.id === operation.id)
    const failures = findings.filter(({ operation: id, level }) => id === operation.id && level === 'failure')
    return publishedResponses(operation).flatMap((response) =>
      mediaTypes(response).flatMap((mediaType) =>
        ['', ...parametersOf(operation)].map((parameter) =>
          cellOf(
            { operation: operation.id, status: response.status, mediaType, parameter },
            own,
            failures,
            mode,
            operation,
          ),
        ),
      ),
    )
  })
}

function mediaTypes({ content, contentInferred }: DocumentedResponse): readonly string[] {
  const types = contentInferred ? [] : Object.keys(content)
  return types.length > 0 ? types : ['']
}

/** As exchanges name what they give: `path petId`, `query status`, `body name`. */
function parametersOf({ parameters, requestBody }: Operation): string[] {
  const schema = Object.values(requestBody?.content ?? {})[0]
  const fields =
    schema?.type === 'array' ? ['body'] : Object.keys(schema?.properties ?? {}).map((name) => `body ${name}`)
  const named = parameters
    .filter((parameter) => parameter.in !== 'header')
    .map(({ name, in: place }) => `${place} ${name}`)
  return [...named, ...fields]
}

type Place = Pick<CoverageCell, 'operation' | 'status' | 'mediaType' | 'parameter'>

function cellOf(
  place: Place,
  exchanges: readonly Exchange[],
  failures: readonly Finding[],
  mode: Mode,
  operation: Operation,
): CoverageCell {
  const reached = exchanges.some((exchange) => reaches(exchange, place))
  if (!reached) return { ...place, state: 'unreached', reason: reasonFor(exchanges, mode, operation) }
  const hasFailed = failures.some((finding) => finding.place.startsWith(place.status) || place.parameter === '')
  return { ...place, state: hasFailed ? 'failed' : 'covered', reason: '' }
}

function reaches(exchange: Exchange, { status, mediaType, parameter }: Place): boolean {
  const isStatus = status === 'default' ? isSuccess(exchange) : String(statusOf(exchange)) === status
  const isType = mediaType === '' || mediaTypeOf(exchange.answer) === mediaType
  const isGiven = parameter === '' || exchange.gives.includes(parameter) || gives(exchange, parameter)
  return isStatus && isType && isGiven
}

/** A body that is not JSON is taken to give all of its fields. */
const gives = ({ gives: given }: Exchange, parameter: string) => parameter.startsWith('body') && given.includes('body')

function reasonFor(exchanges: readonly Exchange[], mode: Mode, { method }: Operation): string {
  if (exchanges.length > 0) return 'no request was answered so'
  return mode !== 'full' && method !== 'GET' ? `${mode} mode sends no such request` : 'no scenario had occasion'
}
