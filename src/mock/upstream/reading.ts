import type { Answer } from '../../http/answers/answer.ts'
import { writeJson } from '../../http/json-value.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { MatchedRequest } from '../exchange/matched-request.ts'
import { ok, type Reply } from '../exchange/reply.ts'
import { callHandler, type ValidInput } from '../operations/index.ts'
import { serialize } from '../serialize.ts'
import type { Session } from '../sessions/session.ts'
import { recordOf } from '../store/record-of.ts'
import { type CheckedAnswer, checkAnswer, type Found } from './check-answer.ts'
import {
  dropRecord,
  hasBigInt,
  type Keeping,
  keepList,
  keepRecord,
  matching,
  ownCounts,
  recallList,
  roomIn,
  withOwn,
} from './keep.ts'
import type { Counts, Filter } from './knowledge.ts'
import { headersFor, pathFor } from './live-request.ts'
import { mockedFor, type Reason, toResponse } from './live-response.ts'
import { downReason, type LiveSide, problemResponse, unknownResponse, whole, whyOf } from './live-side.ts'
import type { MockSide } from './mock-side.ts'
import type { Note } from './note.ts'
import type { Asked } from './outcome.ts'
import { forgetSeen, isChangedHere, putSeen, seenRecord } from './seen.ts'
import { type RecordSubject, subjectOf } from './subject.ts'

/** One request that is read from the live server. */
export interface ReadRequest {
  readonly side: LiveSide
  readonly mock: MockSide
  readonly session: Session
  readonly matched: MatchedRequest
  readonly input: ValidInput
  readonly note: Note
}

/** Answers a read: from the live server, with the session's own changes, or from what was seen if it is down. */
export async function read(request: ReadRequest): Promise<Reply> {
  const { session, matched, input } = request
  const subject = subjectOf(matched.operation, input)
  if (subject.kind === 'record' && isChangedHere(session, subject.collection, subject.key))
    return byMock(request, 'changed-here')
  if (subject.kind === 'login' && isChangedHere(session, 'users', subject.username))
    return byMock(request, 'changed-here')
  const asked = await askLive(request)
  const { outcome } = asked
  if (outcome.kind === 'unusable') return unusable(request, asked)
  if (outcome.kind === 'down') return recall(request, asked)
  const { operation } = matched
  const answer = request.side.memo.shared(operation, keyOf(request), outcome.answer)
  const checked = await check(request, answer)
  if (request.side.settings().strict && checked.violations.length > 0) return strictRefusal(request, checked.violations)
  switch (subject.kind) {
    case 'record':
      return keepOne(request, subject, answer, checked)
    case 'list':
      return keepAll(request, subject.filter, answer, checked)
    case 'inventory':
      return keepCounts(request, answer, checked)
    case 'login':
      request.side.knowledge.noteLogin(subject.username, subject.password, answer.status)
      return live(request, answer)
    case 'other':
      return live(request, answer)
  }
}

async function askLive({ side, mock, matched, note }: ReadRequest): Promise<Asked> {
  const { request } = matched
  const headers = headersFor(request.headers, side.keys, true)
  const path = pathFor(request, mock.document.basePath)
  return note.asked(await side.ask({ method: 'GET', path, headers }, request.signal))
}

/** Checks an answer to a read, and notes what is wrong with it. */
async function check({ side, mock, matched, note }: ReadRequest, answer: Answer): Promise<CheckedAnswer> {
  const { operation, request } = matched
  const accept = request.headers.accept === undefined ? undefined : String(request.headers.accept)
  const key = `${accept} ${request.target}`
  const known = side.memo.find(operation, key, answer)
  const asked = { method: operation.method, accept, isValid: true }
  const checked = known ?? (await checkAnswer(mock.document, operation, asked, answer, side.maxBytes))
  if (!known) side.memo.note(operation, key, answer, checked)
  note.found(operation.id, checked.violations)
  side.recorder.noteUnknown(operation, checked.unknown)
  return checked
}

const keyOf = ({ matched: { request } }: ReadRequest) =>
  `${request.headers.accept === undefined ? undefined : String(request.headers.accept)} ${request.target}`

const keepingOf = ({ side, session, mock }: ReadRequest): Keeping => ({
  side,
  session,
  hasRoom: roomIn(mock.memory, session),
})

function live({ matched, note }: ReadRequest, answer: Answer): Reply {
  const response = toResponse(answer, matched.request.method === 'HEAD')
  note.from(undefined)
  return whole(response)
}

/** Answers from the session's store. */
function byMock({ mock, matched, input, session, note }: ReadRequest, reason: Reason): Reply | Promise<Reply> {
  note.from(reason)
  return mock.handle(matched.operation, input, session)
}

export function unusable({ side, matched, note }: Pick<ReadRequest, 'side' | 'matched' | 'note'>, asked: Asked): Reply {
  note.from('mocked')
  return whole(problemResponse(side, matched.request.target, 502, `${whyOf(side, asked)} Nothing of it was passed on.`))
}

export function strictRefusal(
  { side, matched, note }: Pick<ReadRequest, 'side' | 'matched' | 'note'>,
  found: readonly Found[],
): Reply {
  note.from('mocked')
  const [first] = found
  const detail = `The answer of the live server breaks the document: ${first?.pointer} must be ${first?.expected}.`
  return whole(problemResponse(side, matched.request.target, 502, detail, found))
}

/** Statuses that say that there is no such record. An order that is not there may be called invalid. */
export const saysGone = (operation: Pick<Operation, 'id'>, status: number): boolean =>
  status === 404 || status === 410 || (operation.id === 'getOrderById' && status === 400)

function keepOne(request: ReadRequest, subject: RecordSubject, answer: Answer, checked: CheckedAnswer) {
  const { session, matched } = request
  const { side } = request
  const stores = [session.store, side.knowledge.store]
  if (answer.status === 200) side.memo.keep(stores, checked, () => keepRecord(keepingOf(request), subject, checked))
  else if (saysGone(matched.operation, answer.status)) dropRecord(keepingOf(request), subject, answer.status)
  // It may have been changed here while the live server was asked.
  return isChangedHere(session, subject.collection, subject.key)
    ? byMock(request, 'changed-here')
    : live(request, answer)
}

function keepAll(request: ReadRequest, filter: Filter, answer: Answer, checked: CheckedAnswer) {
  if (answer.status !== 200) return live(request, answer)
  const { side, session } = request
  const stores = [session.store, side.knowledge.store]
  const kept = side.memo.keep(stores, checked, () => keepList(keepingOf(request), filter, checked))
  if (kept.isListed) side.knowledge.noteList(filter)
  if (!kept.isTouched) return live(request, answer)
  if (kept.isWhole) return byMock(request, 'changed-here')
  request.note.from('changed-here')
  const own = matching(session.store, filter).filter(({ id }) => isChangedHere(session, 'pets', id))
  return listed(request, answer, [...kept.theirs, ...own])
}

/** The list in the media type of the live one. No validator of the mock takes an integer beyond 2^53, and no JSON.stringify writes it. */
function listed({ matched: { operation } }: ReadRequest, { headers }: Answer, pets: readonly unknown[]): Reply {
  if (!hasBigInt(pets)) return ok(pets)
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
  if (!type.endsWith('json')) return whole(serialize(operation, ok(pets), type))
  return whole({ status: 200, headers: { 'Content-Type': type }, body: writeJson(pets) })
}

function keepCounts(request: ReadRequest, answer: Answer, { value, violations }: CheckedAnswer) {
  if (answer.status !== 200 || violations.length > 0 || typeof value !== 'object' || value === null)
    return live(request, answer)
  const counts = value as Counts
  request.side.knowledge.noteInventory(counts)
  const own = ownCounts(request.session)
  if (own.size === 0) return live(request, answer)
  request.note.from('changed-here')
  return ok(withOwn(counts, own))
}

/** Answers as the live server would, by all that it has said. */
export async function recall(request: ReadRequest, asked: Asked): Promise<Reply> {
  const { side, session, matched, input, note } = request
  const subject = subjectOf(matched.operation, input)
  const reason = downReason(side)
  const { knowledge } = side
  note.from(reason)
  const unknown = (what: string) => whole(unknownResponse(side, matched.request.target, asked, what))
  switch (subject.kind) {
    case 'record': {
      const standing = recallRecord(side, session, subject)
      if (standing === 'unknown') return unknown(`${subject.collection}/${subject.key} was never asked for before.`)
      if (standing === 'kept' || standing === 404) return byMock(request, reason)
      const response = problemResponse(side, matched.request.target, standing, 'The live server refused this before.')
      return whole({ ...response, headers: { ...response.headers, ...mockedFor(reason) } })
    }
    case 'list':
      if (!knowledge.knowsList(subject.filter)) return unknown('This list was never asked for before.')
      recallList(keepingOf(request), subject.filter)
      return byMock(request, reason)
    case 'inventory': {
      const counts = knowledge.inventory()
      return counts === undefined
        ? unknown('The inventory was never asked for before.')
        : ok(withOwn(counts, ownCounts(session)))
    }
    case 'login': {
      const status = knowledge.loginStatus(subject.username, subject.password)
      if (status !== undefined && status >= 400) {
        const response = problemResponse(side, matched.request.target, status, 'The live server refused this before.')
        return whole({ ...response, headers: { ...response.headers, ...mockedFor(reason) } })
      }
      if (status !== undefined) return tokenFor(request)
      return byMock(request, reason)
    }
    case 'other':
      return byMock(request, reason)
  }
}

/** The mock's token for a login that the live server took: what the store has as a password does not count. */
function tokenFor({ session, input }: ReadRequest): Reply {
  const store = session.store.with({ users: [] })
  return callHandler('loginUser', input, { store, clock: session.clock, ids: session.ids })
}

/** Puts what is known of a record into the session. A number is the status that refused it. */
export function recallRecord(
  side: LiveSide,
  session: Session,
  { collection, key }: RecordSubject,
): 'kept' | 'unknown' | number {
  const known = recordOf(side.knowledge.store, collection, key)
  if (known !== undefined) {
    if (seenRecord(session, collection, key) !== known) putSeen(session, collection, key, known)
    return 'kept'
  }
  const status = side.knowledge.goneStatus(collection, key)
  // A session that was reset to a pack has records that nobody else has seen.
  if (status === undefined) return recordOf(session.store, collection, key) === undefined ? 'unknown' : 'kept'
  forgetSeen(session, collection, key)
  return status
}
