import type { Answer } from '../../http/answers/answer.ts'
import { project } from '../../openapi/codecs/project.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { MatchedRequest } from '../exchange/matched-request.ts'
import { recordOf } from '../store/record-of.ts'
import type { CheckedAnswer } from './check-answer.ts'
import { dropRecord, type Keeping, keepList, keepRecord } from './keep.ts'
import type { Counts } from './knowledge.ts'
import type { LiveSide } from './live-side.ts'
import type { ReadParts } from './parts.ts'
import { saysGone } from './reading.ts'
import { type RecordSubject, type Subject, subjectOf } from './subject.ts'

/** A request that the live server has answered, and what the store learns from it. */
export interface Followed extends Keeping {
  readonly side: Keeping['side'] & Pick<LiveSide, 'memo'>
  readonly matched: Pick<MatchedRequest, 'operation' | 'request'>
  readonly parts: ReadParts
  readonly answer: Answer
  readonly checked: CheckedAnswer
}

/** Brings the store to where the live server is after a request. What it has by these very bytes is not put again. */
export function follow(followed: Followed): void {
  const { matched, parts, checked } = followed
  const { operation } = matched
  if (matched.request.method !== operation.method) return
  followed.side.recorder.noteUnknown(operation, checked.unknown)
  const subject = subjectOf(operation, parts.input)
  if (operation.method === 'GET') followRead(followed, subject)
  else followWrite(followed, subject.kind === 'record' ? subject : undefined)
}

function followRead(followed: Followed, subject: Subject): void {
  const { matched, answer, checked } = followed
  const { operation } = matched
  const { knowledge, memo } = followed.side
  const keep = <T>(put: () => T): T => memo.keep([followed.session.store, knowledge.store], checked, put)
  if (subject.kind === 'record') {
    if (answer.status === 200) keep(() => keepRecord(followed, subject, checked))
    else if (saysGone(operation, answer.status)) dropRecord(followed, subject, answer.status)
  }
  if (subject.kind === 'list' && answer.status === 200) {
    const { filter } = subject
    if (keep(() => keepList(followed, filter, checked)).isListed) knowledge.noteList(filter)
  }
  if (subject.kind === 'inventory' && answer.status === 200 && checked.violations.length === 0)
    knowledge.noteInventory(checked.value as Counts)
  if (subject.kind === 'login') knowledge.noteLogin(subject.username, subject.password, answer.status)
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

/** Keeps the effect that a write has by the document; the content of the answer counts more. */
function followWrite(followed: Followed, subject: RecordSubject | undefined): void {
  const { matched, parts, answer, checked, side, session } = followed
  const { id, requestBody } = matched.operation
  if (answer.status < 200 || answer.status >= 300 || parts.violations.length > 0) {
    if (subject && answer.status === 404) dropRecord(followed, subject, 404)
    return
  }
  const schema = requestBody?.content[parts.body.mediaType ?? '']
  const sent = schema ? project(parts.body.value, schema) : undefined
  const put = (at: RecordSubject, value: unknown) => keepRecord(followed, at, { ...checked, value, violations: [] })
  const user = (value: unknown) => {
    const { username } = fieldsOf(value)
    if (typeof username === 'string') put({ kind: 'record', collection: 'users', key: username }, value)
  }
  if (subject && id.startsWith('delete')) {
    if (recordOf(side.knowledge.store, subject.collection, subject.key) === undefined) side.knowledge.forgetInventory()
    dropRecord(followed, subject, 404)
  }
  if (subject && (id === 'updatePet' || id === 'updateUser')) {
    if (recordOf(side.knowledge.store, subject.collection, subject.key) === undefined) side.knowledge.forgetInventory()
    put(subject, sent)
  }
  if (subject && id === 'updatePetWithForm') {
    const known = recordOf(session.store, 'pets', subject.key)
    if (known) put(subject, { ...known, ...fieldsOf(sent) })
    else side.knowledge.forgetInventory()
  }
  if (id === 'createUser') user(sent)
  if (id === 'createUsersWithListInput' && Array.isArray(sent)) for (const one of sent) user(one)
  if (id === 'placeOrder') placed(followed, sent)
  if (id === 'addDomain') added(followed)
}

function placed(followed: Followed, sent: unknown): void {
  const { checked } = followed
  const order = { ...fieldsOf(sent), ...fieldsOf(checked.value) }
  const number = /^[1-9]\d{0,15}$/.test(plainText(order.id)) ? Number(order.id) : Number.NaN
  if (!Number.isSafeInteger(number)) {
    followed.side.recorder.leaveOut('orders/?', 'an id that no path can name')
    return
  }
  keepRecord(
    followed,
    { kind: 'record', collection: 'orders', key: number },
    { ...checked, value: order, violations: [] },
  )
}

function added(followed: Followed): void {
  const { checked } = followed
  const { id } = fieldsOf(checked.value)
  if (typeof id !== 'string' || id.trim() === '') {
    followed.side.recorder.leaveOut('domains/?', 'no id')
    return
  }
  keepRecord(followed, { kind: 'record', collection: 'domains', key: id }, checked)
}
