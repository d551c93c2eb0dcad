import { base64Of, strictTextOf } from '../../../http/bytes.ts'
import { isLogin, redactFields } from '../../../http/redaction/redact.ts'
import { SECRET } from '../../../http/redaction/secret.ts'
import { DEFAULTS } from '../../defaults.ts'
import type { Store } from '../../store/store.ts'
import { type Recorded, toEntry } from '../entry.ts'
import type { Exchange } from '../exchange.ts'
import { sentBody } from './sent-body.ts'

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
export function exportJest(records: readonly Recorded[], { options, fixtures }: Replay): string {
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
    `  const mock = createMock(${JSON.stringify(options)})`,
    ...(first === undefined ? [] : [...(isLike(first.from, fixtures()) ? [] : stateOf(first)), ...stepOf(first)]),
    ...others.flatMap((record) => [...stateOf(record), ...stepOf(record)]),
    `}, ${FIRST_MILLISECONDS + MILLISECONDS_EACH * records.length})`,
    '',
  ].join('\n')
}

/** The same state gives the same bytes. */
const isLike = (state: Store | undefined, fixtures: Store) =>
  state === undefined || JSON.stringify(state.export()) === JSON.stringify(fixtures.export())

/** Puts the state that was not made by requests. */
const stateOf = ({ from }: Recorded): string[] =>
  from ? [`  await mock.session().putState(${JSON.stringify(redactFields(from.export()))})`] : []

function stepOf(record: Recorded): string[] {
  const { method, target, status } = toEntry(record)
  const title = `  // ${JSON.stringify(`${method} ${target} ${status}`)}`
  if (record.exchange.interference !== undefined)
    return [`${title}: left out, its answer was ${JSON.stringify(record.exchange.interference)}`]
  if (status === 413) return [`${title}: left out, its body was not kept`]
  return [
    title,
    '  {',
    `    const response = await ${requestOf(record.exchange)}`,
    `    expect(response.status).toBe(${status})`,
    ...expectationOf(record.exchange),
    '  }',
  ]
}

function requestOf(exchange: Exchange): string {
  const sent = sentBody(exchange)
  const body = sent.length > 0 ? `.send(${sourceOfBody(sent)})` : ''
  const method = exchange.method.toLowerCase()
  return `supertest(mock.app)${/^[a-z]+$/.test(method) ? `.${method}` : `[${JSON.stringify(method)}]`}(${JSON.stringify(targetOf(exchange))}).set(${JSON.stringify(headersOf(exchange))})${body}`
}

/** A login is replayed with a name that is not stored, or with none: the response is the same, and no secret is written. */
function targetOf({ target, status }: Exchange): string {
  if (!isLogin(target)) return target
  return `${target.split('?')[0]}${status === 200 ? '?username=replayed&password=any' : ''}`
}

function headersOf({ requestHeaders, status }: Exchange): Record<string, string> {
  const kept = KEPT.flatMap((name) =>
    requestHeaders[name] === undefined ? [] : [[name, String(requestHeaders[name])] as const],
  )
  const key = status === 401 ? [] : [['api_key', DEFAULTS.apiKey] as const]
  return Object.fromEntries([...kept, ...key])
}

/** A string literal if the body is text; bytes as base64. */
function sourceOfBody(bytes: Uint8Array): string {
  const text = strictTextOf(bytes)
  return text === undefined ? `Buffer.from('${base64Of(bytes)}', 'base64')` : JSON.stringify(text)
}

function expectationOf({ method, target, responseText, responseHeaders }: Exchange): string[] {
  if (method === 'HEAD' || isLogin(target) || responseText === '') return []
  const isJson = String(responseHeaders['Content-Type']).includes('json')
  if (isJson) return [`    expect(JSON.parse(response.text)).toEqual(${sourceOf(responseText)})`]
  return SECRET.test(responseText)
    ? []
    : [`    expect(response.text ?? response.body.toString()).toBe(${JSON.stringify(responseText)})`]
}

/** The value as source text, which expects any string for a password. */
function sourceOf(text: string): string {
  const any = '\u0000any\u0000'
  const json = JSON.stringify(JSON.parse(text), (key, value: unknown) =>
    typeof value === 'string' && SECRET.test(key) ? any : value,
  )
  return json.replaceAll(JSON.stringify(any), 'expect.any(String)')
}
