import { base64Of, bytesOf, strictTextOf } from '../../../http/bytes.ts'
import { jsonLine } from '../../../http/printable.ts'
import { isLogin, type Redaction } from '../../../http/redaction/redaction.ts'
import { isSecretName } from '../../../http/redaction/secret-names.ts'
import { HIDDEN } from '../../../http/redaction/secret-values.ts'
import { equalJson } from '../../../openapi/equal-json.ts'
import { DEFAULTS } from '../../defaults.ts'
import type { Store } from '../../store/store.ts'
import { type Recorded, toEntry } from '../entry.ts'
import type { Exchange } from '../exchange.ts'
import { sentBody } from './sent-body.ts'
import { typed } from './typed-secrets.ts'

/** The start of a new mock that answers as this one did. */
export interface Replay {
  /** The options of `createMock`. */
  readonly options: Readonly<Record<string, unknown>>
  /** The state that it then starts from. */
  readonly fixtures: () => Store
}

/** The timeout of the test. It ends a hanging request, and is long enough for a busy machine. */
const FIRST_MILLISECONDS = 10_000
const MILLISECONDS_EACH = 100

/** Request headers that the response depends on. */
const KEPT = ['accept', 'content-type', 'prefer']

/** The requests as a jest test that replays them on a new mock and expects the same responses. It holds no secret. */
export function exportJest(records: readonly Recorded[], { options, fixtures }: Replay, redaction: Redaction): string {
  // If the first requests are forgotten, so is the state before the next ones: replay starts at a known state.
  const [first, ...others] = records.slice(
    Math.max(
      0,
      records.findIndex(({ from }) => from !== undefined),
    ),
  )
  return [
    "import { expect, test } from '@jest/globals'",
    "import { createMock } from 'inboxes-mock'",
    "import supertest from 'supertest'",
    '',
    "test('the recorded requests get the recorded answers', async () => {",
    `  const mock = createMock(${jsonLine(options)})`,
    ...(first === undefined
      ? []
      : [...(isLike(first.from, fixtures()) ? [] : stateOf(first, redaction)), ...stepOf(first, redaction)]),
    ...others.flatMap((record) => [...stateOf(record, redaction), ...stepOf(record, redaction)]),
    `}, ${FIRST_MILLISECONDS + MILLISECONDS_EACH * records.length})`,
    '',
  ].join('\n')
}

/** The same state gives the same bytes. */
const isLike = (state: Store | undefined, fixtures: Store) =>
  state === undefined || JSON.stringify(state.export()) === JSON.stringify(fixtures.export())

/** Puts the state that was not made by requests. */
const stateOf = ({ from }: Recorded, redaction: Redaction): string[] =>
  from ? [`  await mock.session().putState(${jsonLine(typed(redaction.value(from.export()), from.export()))})`] : []

function stepOf(record: Recorded, redaction: Redaction): string[] {
  const { method, target, status } = toEntry(record, redaction)
  const title = `  // ${jsonLine(`${method} ${target} ${status}`)}`
  if (record.exchange.interference !== undefined)
    return [`${title}: left out, its answer was ${jsonLine(record.exchange.interference)}`]
  if (status === 413 || record.truncated) return [`${title}: left out, its body was not kept`]
  return [
    title,
    '  {',
    `    const response = await ${requestOf(record.exchange, redaction)}`,
    `    expect(response.status).toBe(${status})`,
    ...expectationOf(record.exchange, redaction),
    '  }',
  ]
}

function requestOf(exchange: Exchange, redaction: Redaction): string {
  const sent = withTypedSecrets(sentBody(exchange, redaction), exchange)
  const body = sent.length > 0 ? `.send(${sourceOfBody(sent)})` : ''
  const method = exchange.method.toLowerCase()
  const call = /^[a-z]+$/.test(method) ? `.${method}` : `[${jsonLine(method)}]`
  const target = jsonLine(targetOf(exchange, redaction))
  return `supertest(mock.app)${call}(${target}).set(${jsonLine(headersOf(exchange, redaction))})${body}`
}

/** A body in JSON with a secret of the right type, so that it is as valid, or as invalid, as the one that came. */
function withTypedSecrets(sent: Uint8Array, { requestHeaders, requestValue }: Exchange): Uint8Array {
  const text = strictTextOf(sent)
  if (!text?.includes(HIDDEN) || !/json/i.test(String(requestHeaders['content-type']))) return sent
  try {
    const hidden: unknown = JSON.parse(text)
    const whole = typed(hidden, requestValue)
    return equalJson(whole, hidden) ? sent : bytesOf(JSON.stringify(whole))
  } catch {
    return sent
  }
}

/** A login is replayed with a name that is not stored, or with none: the response is the same, and no secret is written. */
function targetOf({ target, status }: Exchange, redaction: Redaction): string {
  if (!isLogin(target)) return redaction.target(target)
  const [path = ''] = redaction.target(target).split('?')
  return `${path}${status === 200 ? '?username=replayed&password=any' : ''}`
}

function headersOf({ requestHeaders, status }: Exchange, redaction: Redaction): Record<string, string> {
  const given = redaction.headers(requestHeaders)
  const kept = KEPT.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]] as const]))
  const key = status === 401 ? [] : [['api_key', DEFAULTS.apiKey] as const]
  return Object.fromEntries([...kept, ...key])
}

/** A string literal if the body is text; bytes as base64. */
function sourceOfBody(bytes: Uint8Array): string {
  const text = strictTextOf(bytes)
  return text === undefined ? `Buffer.from('${base64Of(bytes)}', 'base64')` : jsonLine(text)
}

function expectationOf({ method, target, responseText, responseHeaders }: Exchange, redaction: Redaction): string[] {
  if (method === 'HEAD' || isLogin(target) || responseText === '') return []
  const isJson = String(responseHeaders['Content-Type']).includes('json')
  if (isJson) return [`    expect(JSON.parse(response.text)).toEqual(${sourceOf(JSON.parse(responseText), redaction)})`]
  return redaction.body(responseText) === responseText
    ? [`    expect(response.text ?? response.body.toString()).toBe(${jsonLine(responseText)})`]
    : []
}

/** The value as source text, which expects any string, or anything else, in place of a secret. */
function sourceOf(value: unknown, redaction: Redaction): string {
  if (typeof value === 'string') return redaction.phrase(value) === value ? jsonLine(value) : ANY_STRING
  if (Array.isArray(value)) return `[${value.map((item) => sourceOf(item, redaction)).join(',')}]`
  if (typeof value !== 'object' || value === null) return jsonLine(value)
  const fields = Object.entries(value).map(
    ([name, item]) => `${nameOf(name)}:${isSecretName(name) ? anySecret(item) : sourceOf(item, redaction)}`,
  )
  return `{${fields.join(',')}}`
}

const ANY_STRING = 'expect.any(String)'

function anySecret(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'string' ? ANY_STRING : 'expect.anything()'
}

/** In source text, `__proto__` alone would be the prototype. */
const nameOf = (name: string) => (name === '__proto__' ? '["__proto__"]' : jsonLine(name))
