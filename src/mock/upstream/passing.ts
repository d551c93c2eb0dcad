import type { Answer } from '../../http/answers/answer.ts'
import { ApiError, type Violation } from '../../openapi/api-error.ts'
import type { MatchedRequest } from '../exchange/matched-request.ts'
import { MAX_BODY_BYTES, type MockRequest } from '../exchange/request.ts'
import type { MockResponse } from '../exchange/response.ts'
import type { Session } from '../sessions/session.ts'
import { requireAcceptable } from '../validation/accept.ts'
import { type Body, readBody } from '../validation/body.ts'
import { ignoredIn } from '../validation/ignored.ts'
import { readParameters } from '../validation/parameters.ts'
import { validationOf } from '../validation/validation.ts'
import { type CheckedAnswer, checkAnswer } from './check-answer.ts'
import type { CrossCheck } from './cross-check.ts'
import { follow } from './follow.ts'
import { roomIn } from './keep.ts'
import { headersFor, pathFor } from './live-request.ts'
import { toResponse } from './live-response.ts'
import { type LiveSide, problemResponse, whyOf } from './live-side.ts'
import type { MockSide } from './mock-side.ts'
import type { Note } from './note.ts'
import type { Asked } from './outcome.ts'
import type { ReadParts } from './parts.ts'
import { strictRefusal, unusable } from './reading.ts'

/** One request that goes to the live server as it came. */
export interface PassedRequest {
  readonly side: LiveSide
  readonly mock: MockSide
  readonly session: Session
  readonly matched: MatchedRequest
  readonly note: Note
  /** Nothing is kept in check mode. */
  readonly crossCheck: CrossCheck | undefined
}

const NO_BYTES = new Uint8Array(0)
const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Sends the request on and gives what came back; undefined if the live server is down and the store may answer. */
export async function pass(request: PassedRequest): Promise<MockResponse | undefined> {
  const { side, mock, matched, note } = request
  const { operation } = matched
  const bytes = await bytesOf(side, matched.request)
  if (!(bytes instanceof Uint8Array)) return bytes
  const parts = await readParts(mock, matched, bytes)
  note.add({
    requestBody: bytes,
    requestValue: parts.body.value,
    violations: parts.violations,
    admitted: parts.violations.length === 0,
  })
  const asked = note.asked(await send(side, mock.document.basePath, matched.request, bytes))
  const { outcome } = asked
  if (outcome.kind === 'unusable') return unusable({ side, matched, note }, asked).whole
  if (outcome.answer === undefined) return down(request, asked)
  const key = keyOf(matched.request, parts)
  const answer = key === undefined ? outcome.answer : side.memo.shared(operation, key, outcome.answer)
  const checked = await check(request, parts, answer, key)
  if (side.settings().strict && checked.violations.length > 0)
    return strictRefusal({ side, matched, note }, checked.violations).whole
  if (request.crossCheck === undefined)
    follow({ ...request, hasRoom: roomIn(mock.memory, request.session), parts, answer, checked })
  note.from(undefined)
  return toResponse(answer, matched.request.method === 'HEAD' || operation.method !== matched.request.method)
}

/** The body as it is sent on, or the refusal of one that cannot be read. */
async function bytesOf(side: LiveSide, request: MockRequest): Promise<Uint8Array | MockResponse> {
  if (READS.has(request.method)) return NO_BYTES
  const bytes = await request.body(MAX_BODY_BYTES)
  if (bytes instanceof Uint8Array) return bytes
  const [status, detail] = UNREADABLE[bytes]
  return problemResponse(side, request.target, status, detail)
}

const UNREADABLE = {
  'too-large': [413, `Bodies may have up to ${MAX_BODY_BYTES} bytes. Send a smaller one.`],
  incomplete: [400, 'The body did not come whole, in the Content-Encoding that it names.'],
  'unknown-coding': [415, 'This server undoes gzip, deflate and br. Leave out any other Content-Encoding.'],
} as const

async function send(side: LiveSide, basePath: string, request: MockRequest, bytes: Uint8Array): Promise<Asked> {
  const { method } = request
  const hasBody = bytes.length > 0 || Number(request.headers['content-length'] ?? -1) === 0
  return side.ask(
    {
      method,
      path: pathFor(request, basePath),
      headers: headersFor(request.headers, side.keys, false),
      ...(hasBody && { body: bytes }),
      ...(method === 'POST' && { once: true }),
    },
    request.signal,
  )
}

/** Reads and validates a request without refusing it. */
export async function readParts(
  mock: Pick<MockSide, 'document'>,
  matched: MatchedRequest,
  bytes: Uint8Array,
): Promise<ReadParts> {
  const { operation, segments, target, request } = matched
  const parameters = readParameters(operation, segments, target.search, request.headers)
  const found: Violation[] = []
  const collect = (error: unknown) => {
    if (!(error instanceof ApiError)) throw error
    found.push(...(error.violations.length > 0 ? error.violations : [{ pointer: '/body', expected: error.message }]))
  }
  let body: Body = { value: undefined, bytes, violations: [] }
  try {
    requireAcceptable(operation, request.headers.accept === undefined ? undefined : String(request.headers.accept))
    body = await readBody(operation, { ...request, body: async () => bytes })
  } catch (error) {
    collect(error)
  }
  await validationOf(mock.document).request(operation, parameters, body).catch(collect)
  const ignored = ignoredIn(operation, parameters, body)
  const { path, query, unknownQuery } = parameters
  return { input: { path, query, unknownQuery, ignored, body: body.value }, body, parameters, violations: found }
}

/** Without an answer a read may be answered from what was seen; a write cannot be. */
function down({ side, matched, note, crossCheck }: PassedRequest, asked: Asked): MockResponse | undefined {
  if (crossCheck === undefined && matched.operation.method === 'GET') return undefined
  note.from(side.settings().pause ? 'paused' : 'down')
  return problemResponse(side, matched.request.target, 502, `${whyOf(side, asked)} Nothing was changed here.`)
}

/** The key by which the reading of an answer is remembered; undefined for one that is not. */
function keyOf(request: MockRequest, { violations }: ReadParts): string | undefined {
  return request.method === 'GET' ? `${violations.length === 0} ${acceptOf(request)} ${request.target}` : undefined
}

async function check(
  request: PassedRequest,
  parts: ReadParts,
  answer: Answer,
  key: string | undefined,
): Promise<CheckedAnswer> {
  const { side, mock, matched, note, crossCheck } = request
  const { operation } = matched
  const accept = acceptOf(matched.request)
  const asked = { method: matched.request.method, accept, isValid: parts.violations.length === 0 }
  const known = key === undefined ? undefined : side.memo.find(operation, key, answer)
  const checked = known ?? (await checkAnswer(mock.document, operation, asked, answer, side.maxBytes))
  if (!known && key !== undefined) side.memo.note(operation, key, answer, checked)
  const more = crossCheck === undefined ? [] : await crossCheck({ side, mock, matched, parts, answer, checked })
  const violations = [...checked.violations, ...more]
  note.found(operation.id, violations)
  return more.length === 0 ? checked : { ...checked, violations }
}

export const acceptOf = ({ headers }: Pick<MockRequest, 'headers'>): string | undefined =>
  headers.accept === undefined ? undefined : String(headers.accept)

/** Sends on a request that no operation is for. */
export async function passUnmatched(
  side: LiveSide,
  basePath: string,
  request: MockRequest,
  note: Note,
): Promise<MockResponse | undefined> {
  const bytes = await bytesOf(side, request)
  if (!(bytes instanceof Uint8Array)) return bytes
  const asked = note.asked(await send(side, basePath, request, bytes))
  note.add({ requestBody: bytes, violations: [] })
  const { outcome } = asked
  if (outcome.answer === undefined || outcome.kind === 'unusable') {
    note.from('down')
    return problemResponse(side, request.target, 502, `${whyOf(side, asked)} Nothing was passed on.`)
  }
  note.from(undefined)
  return toResponse(outcome.answer, request.method === 'HEAD')
}
