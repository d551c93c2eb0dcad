import { publishedResponses } from '../http/answers/published.ts'
import type { ApiDocument } from '../openapi/document.ts'
import type { DocumentedResponse, Operation } from '../openapi/operation.ts'
import { type Interaction, isSuccess, mediaTypeOf, type Request, statusOf } from './interaction.ts'
import type { CoverageCell, Mode } from './report.ts'

/** The part of a run that coverage is computed from. */
export interface CoverageInput {
  readonly interactions: readonly Interaction[]
  /** The requests of the interactions in which a check failed. */
  readonly failed: ReadonlySet<Request>
  readonly mode: Mode
  /** The operations that the run was limited to; empty for all. */
  readonly only: readonly string[]
  readonly allowLeftovers: boolean
}

/** Says for every cell of operation, published status, media type and parameter whether it was reached. */
export function coverageOf({ operations }: ApiDocument, input: CoverageInput): CoverageCell[] {
  return operations.flatMap((operation) => {
    const own = input.interactions.filter(
      ({ operation: of, request }) => of?.id === operation.id && request.method === operation.method,
    )
    return placesOf(operation).map((place) => cellOf(place, operation, own, input))
  })
}

type Place = Pick<CoverageCell, 'operation' | 'status' | 'mediaType' | 'parameter'>

const placesOf = (operation: Operation): Place[] =>
  publishedResponses(operation).flatMap((response) =>
    mediaTypes(response).flatMap((mediaType) =>
      ['', ...parametersOf(operation)].map((parameter) => ({
        operation: operation.id,
        status: response.status,
        mediaType,
        parameter,
      })),
    ),
  )

function mediaTypes({ content, contentInferred }: DocumentedResponse): readonly string[] {
  const types = contentInferred ? [] : Object.keys(content)
  return types.length > 0 ? types : ['']
}

/** The names by which interactions list what they give: `path petId`, `query status`, `body name`. */
function parametersOf({ parameters, requestBody }: Operation): string[] {
  const schema = Object.values(requestBody?.content ?? {})[0]
  const fields =
    schema?.type === 'array' ? ['body'] : Object.keys(schema?.properties ?? {}).map((name) => `body ${name}`)
  const named = parameters
    .filter((parameter) => parameter.in !== 'header')
    .map(({ name, in: place }) => `${place} ${name}`)
  return [...named, ...fields]
}

function cellOf(place: Place, operation: Operation, own: readonly Interaction[], input: CoverageInput): CoverageCell {
  const hasFailed = own.some(
    (interaction) =>
      input.failed.has(interaction.request) && (reaches(interaction, place) || isMeantFor(interaction, place)),
  )
  if (hasFailed) return { ...place, state: 'failed', reason: '' }
  if (own.some((interaction) => reaches(interaction, place))) return { ...place, state: 'covered', reason: '' }
  return { ...place, state: 'unreached', reason: reasonFor(place, operation, own, input) }
}

const reaches = (interaction: Interaction, { status, mediaType, parameter }: Place) =>
  isStatus(interaction, status) &&
  (mediaType === '' || mediaTypeOf(interaction.answer) === mediaType) &&
  givesParameter(interaction, parameter)

const isStatus = (interaction: Interaction, status: string) =>
  status === 'default' ? isSuccess(interaction) : String(statusOf(interaction)) === status

/** A body that is not JSON counts as giving all of its fields. */
const givesParameter = ({ gives }: Interaction, parameter: string) =>
  parameter === '' || gives.includes(parameter) || (parameter.startsWith('body') && gives.includes('body'))

const INTENDED: Readonly<Partial<Record<Interaction['expectation'], readonly string[]>>> = {
  success: ['200', 'default'],
  missing: ['404'],
  'missing-or-invalid': ['400', '404'],
  refused: ['400', '405'],
}

/** True if the request was meant to reach this cell, whether it did or not. */
const isMeantFor = (interaction: Interaction, { status, mediaType, parameter }: Place) =>
  (INTENDED[interaction.expectation] ?? []).includes(status) &&
  (mediaType === '' || interaction.request.headers.Accept === mediaType) &&
  givesParameter(interaction, parameter)

/** Why a cell was not reached: the requests that were tried, and the limits of the run. */
function reasonFor(place: Place, operation: Operation, own: readonly Interaction[], input: CoverageInput): string {
  const limit = limitOf(operation, input)
  const tried = own.length > 0 ? triedFor(place, own) : ''
  return [tried, limit].filter(Boolean).join('; ') || 'the run ended before'
}

function triedFor({ status, mediaType, parameter }: Place, own: readonly Interaction[]): string {
  const answered = own.filter((interaction) => isStatus(interaction, status))
  const asked = own.length === 1 ? 'the one request was not' : `none of ${own.length} requests was`
  if (answered.length === 0) return `${asked} answered ${status}`
  const typed = answered.filter(({ answer }) => mediaType === '' || mediaTypeOf(answer) === mediaType)
  return typed.length === 0
    ? `${asked} answered ${status} as ${mediaType}`
    : `no request that gives ${parameter} was answered ${status}`
}

/** Operations that create records that the API cannot remove, and operations that need such records. */
const STAYING = ['addDomain', 'placeOrder', 'getOrderById', 'deleteOrder']

function limitOf({ id, method }: Operation, { mode, only, allowLeftovers }: CoverageInput): string {
  if (only.length > 0 && !only.includes(id)) return `the run was limited to ${only.join(', ')}`
  if (mode === 'owned' && !allowLeftovers && STAYING.includes(id))
    return 'owned mode creates what the API cannot remove only with --allow-leftovers'
  if (method === 'GET' || mode === 'full') return ''
  return mode === 'safe' ? 'safe mode only reads' : 'owned mode writes to records of its own alone'
}
