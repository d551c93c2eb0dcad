import type { Answer } from '../../http/answers/answer.ts'
import type { Reply } from '../exchange/reply.ts'
import type { Session } from '../sessions/session.ts'
import { recordOf } from '../store/record-of.ts'
import type { CollectionName } from '../store/state.ts'
import { checkAnswer } from './check-answer.ts'
import { dropRecord, keepRecord, roomIn } from './keep.ts'
import { headersFor } from './live-request.ts'
import { toResponse } from './live-response.ts'
import { unknownResponse, whole } from './live-side.ts'
import type { Asked } from './outcome.ts'
import { type ReadRequest, recallRecord, saysGone, unusable } from './reading.ts'
import { isChangedHere, markDeletedHere, putSeen, seenRecord } from './seen.ts'
import { READERS, type RecordSubject, subjectOf } from './subject.ts'

/**
 * Writes into the session's store alone. What is written to is read from the live server first, so that a record is known that
 * nobody has read yet.
 */
export async function writeHere(request: ReadRequest): Promise<Reply> {
  const { mock, matched, input, session } = request
  const { operation } = matched
  const subject = subjectOf(operation, input)
  const { written } = session.store
  if (subject.kind === 'record') {
    const refusal = await fetchFirst(request, subject)
    if (refusal) return refusal
  }
  if (operation.id === 'placeOrder') await skipTakenNumbers(request)
  markIfWritten(session, written)
  const reply = await mock.handle(operation, input, session)
  if (subject.kind === 'record' && operation.method === 'DELETE') stayDeleted(request, subject)
  return reply
}

/** Tells the journal of a state that does not follow from the requests before. */
export function markIfWritten({ store, journal }: Session, before: number): void {
  if (store.written !== before) journal.mark(store.fork())
}

function stayDeleted({ session }: ReadRequest, { collection, key }: RecordSubject): void {
  if (!isChangedHere(session, collection, key)) markDeletedHere(session, collection, key)
}

/** Reads the record that is to be written. A reply is the refusal that the client gets. */
async function fetchFirst(request: ReadRequest, subject: RecordSubject): Promise<Reply | undefined> {
  const { side, session, matched, note } = request
  if (isChangedHere(session, subject.collection, subject.key)) return undefined
  const { asked, answer } = await readLive(request, subject)
  if (asked.outcome.kind === 'unusable') return unusable(request, asked)
  if (answer === undefined) {
    const isUnknown = recallRecord(side, session, subject) === 'unknown'
    const what = `${subject.collection}/${subject.key} was never asked for before, so that it cannot be changed now.`
    return isUnknown ? whole(unknownResponse(side, matched.request.target, asked, what)) : undefined
  }
  if (answer.status === 200 || saysGone({ id: READERS[subject.collection] ?? '' }, answer.status)) return undefined
  note.from(undefined)
  return whole(toResponse(answer, false))
}

/** Reads a record for the mock's own use, and keeps it. */
async function readLive(
  { side, mock, matched, session, note }: ReadRequest,
  subject: RecordSubject,
): Promise<{ asked: Asked; answer?: Answer }> {
  const { collection, key } = subject
  const reader = mock.document.operations.find(({ id }) => id === READERS[collection])
  if (reader === undefined) return { asked: { outcome: { kind: 'down', why: 'has no operation for it' }, ms: 0 } }
  const { 'content-type': _type, ...headers } = headersFor(matched.request.headers, side.keys, true)
  const path = reader.path.replace(/\{[^{}]*\}/, encodeURIComponent(key))
  const asked = note.asked(await side.ask({ method: 'GET', path, headers: { ...headers, accept: 'application/json' } }))
  if (asked.outcome.kind !== 'answer') return { asked }
  const { answer } = asked.outcome
  const keeping = { side, session, hasRoom: roomIn(mock.memory, session) }
  if (saysGone(reader, answer.status)) dropRecord(keeping, subject, answer.status)
  if (answer.status !== 200) return { asked, answer }
  const accept = { method: 'GET', accept: 'application/json', isValid: true }
  const checked = await checkAnswer(mock.document, reader, accept, answer, side.maxBytes)
  note.found(reader.id, checked.violations)
  if (!keepRecord(keeping, subject, checked) && recordOf(session.store, collection, key) === undefined)
    putSeen(session, collection, key, STAND_INS[collection](key))
  return { asked, answer }
}

/** A record that exists and does not conform. What replaces or deletes it needs to know no more. */
const STAND_INS: { readonly [Name in CollectionName]: (key: string | number) => object } = {
  pets: (id) => ({ id, name: String(id), photoUrls: [] }),
  users: (username) => ({ username: String(username) }),
  orders: (id) => ({ id: String(id) }),
  domains: (id) => ({ id: String(id) }),
}

/** So many numbers are tried for an order. */
const MOST_NUMBERS = 20

/** A number that is given out must be that of no live order. */
async function skipTakenNumbers(request: ReadRequest): Promise<void> {
  const { session, input } = request
  if (Reflect.get(Object(input.body), 'id') !== undefined) return
  for (let tries = 0; tries < MOST_NUMBERS; tries++) {
    const key = session.store.fork().nextOrderNumber()
    const { answer } = await readLive(request, { kind: 'record', collection: 'orders', key })
    if (answer?.status !== 200 || seenRecord(session, 'orders', key) === undefined) return
  }
}
