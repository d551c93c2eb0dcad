import { type Answer, isSuccess, mediaTypeOf } from '../../http/answers/answer.ts'
import { findLoss, type Tolerance } from '../../http/answers/compare.ts'
import { mediaTypesOf, schemaOf, successOf } from '../../http/answers/published.ts'
import { findXmlDifference } from '../../http/answers/xml-equality.ts'
import type { Operation } from '../../openapi/operation.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { MatchedRequest } from '../exchange/matched-request.ts'
import { type CheckedAnswer, checkAnswer, type Found } from './check-answer.ts'
import { headersFor, pathFor } from './live-request.ts'
import type { LiveSide } from './live-side.ts'
import type { MockSide } from './mock-side.ts'
import type { ReadParts } from './parts.ts'

/** An answer, with its request. */
export interface Crossed {
  readonly side: LiveSide
  readonly mock: MockSide
  readonly matched: MatchedRequest
  readonly parts: ReadParts
  readonly answer: Answer
  readonly checked: CheckedAnswer
}

/** Compares an answer with others, and says where it contradicts them. */
export type CrossCheck = (crossed: Crossed) => Promise<readonly Found[]>

const XML = 'application/xml'
const JSON_TYPE = 'application/json'

/**
 * Holds XML to JSON: what comes in XML must be what comes in JSON, and what was sent in XML must be stored. The live server is asked
 * again for that, by GET alone.
 */
export const crossCheck: CrossCheck = async (crossed) => {
  const { operation, request } = crossed.matched
  if (crossed.parts.violations.length > 0) return []
  if (request.method === 'GET') return isComparable(crossed) ? xmlAgainstJson(crossed) : []
  return operation.id === 'updatePet' && crossed.parts.body.mediaType === XML ? xmlThatWasSent(crossed) : []
}

/** A login gives another token each time. */
function isComparable({ matched: { operation }, answer, checked }: Crossed): boolean {
  const isRead = checked.violations.length === 0 && checked.value !== undefined
  return isRead && answer.status === 200 && mediaTypeOf(answer) === XML && operation.id !== 'loginUser'
}

async function xmlAgainstJson(crossed: Crossed): Promise<Found[]> {
  const { operation } = crossed.matched
  const schema = schemaOf(operation, XML)
  if (schema === undefined || !mediaTypesOf(operation).includes(JSON_TYPE)) return []
  const differenceTo = async (xml: unknown) => {
    const json = await readAs(crossed, JSON_TYPE)
    return json === undefined || xml === undefined ? undefined : findXmlDifference(json, xml, schema)
  }
  if ((await differenceTo(crossed.checked.value)) === undefined) return []
  // Somebody may have written in between, so both are read once more.
  const difference = await differenceTo(await readAs(crossed, XML))
  if (difference === undefined) return []
  const { at, expected, actual } = difference
  const rule = `${successOf(operation)?.pointer}/content`
  return [withLine(crossed, { pointer: `/body${at}`, expected: `${expected}, as in JSON`, received: actual, rule })]
}

/** Reads the same again in a media type. */
async function readAs({ side, mock, matched }: Crossed, accept: string): Promise<unknown> {
  const path = pathFor(matched.request, mock.document.basePath)
  return read({ side, mock, matched }, matched.operation, path, accept)
}

async function read(
  { side, mock, matched }: Pick<Crossed, 'side' | 'mock' | 'matched'>,
  operation: Operation,
  path: string,
  accept: string,
): Promise<unknown> {
  const { 'content-type': _type, ...headers } = headersFor(matched.request.headers, side.keys, true)
  const { outcome } = await side.ask({ method: 'GET', path, headers: { ...headers, accept } })
  if (outcome.kind !== 'answer' || outcome.answer.status !== 200 || mediaTypeOf(outcome.answer) !== accept)
    return undefined
  const asked = { method: 'GET', accept, isValid: true }
  const { value, problems } = await checkAnswer(mock.document, operation, asked, outcome.answer, side.maxBytes)
  return problems.length > 0 ? undefined : value
}

/** Statuses that call the request itself wrong. */
const REFUSED = new Set([400, 405, 415, 422])

async function xmlThatWasSent(crossed: Crossed): Promise<Found[]> {
  const { mock, matched, parts, answer } = crossed
  const reader = mock.document.operations.find(({ id }) => id === 'getPetById')
  const id = Reflect.get(Object(parts.input.body), 'id')
  const isOdd = (parts.input.ignored ?? []).length > 0 || answer.status === 202
  if (reader === undefined || isOdd || !(isSuccess({ answer }) || REFUSED.has(answer.status))) return []
  const rule = matched.operation.requestBody?.pointer ?? matched.operation.pointer
  const shown = await read(crossed, reader, `/pet/${plainText(id)}`, JSON_TYPE)
  if (shown === undefined) return []
  if (!isSuccess({ answer }))
    return [
      withLine(crossed, { pointer: '/status', expected: 'a 2XX to a valid pet in XML', received: answer.status, rule }),
    ]
  const loss = findLoss(parts.input.body, shown, TOLERANT)
  if (loss === undefined) return []
  const expected = `${loss.expected} at ${loss.at} of the pet, as it was sent in XML`
  return [withLine(crossed, { pointer: '/effect', expected, received: loss.actual, rule })]
}

/** A server may own ids of tags, leave out the id that the path has, or show one beyond 2^53; and it may normalise texts. */
const TOLERANT: Tolerance = (at, sent, shown) => {
  if (/^(\/tags\/\d+)?\/id$/.test(at)) return true
  return typeof sent === 'string' && typeof shown === 'string' && plain(sent) === plain(shown)
}

const plain = (text: string) => text.normalize('NFC').trim().toLowerCase()

function withLine({ mock }: Crossed, found: Found): Found {
  const line = mock.document.lines.get(found.rule)
  return line === undefined ? found : { ...found, line }
}
