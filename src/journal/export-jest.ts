import type { Exchange } from '../exchange.ts'
import { type Recorded, shown } from './entry.ts'
import { isLogin, redactText } from './redact.ts'

/** What a mock must be started with to answer as this one did: options of `createMock`. */
export type ReplayOptions = Readonly<Record<string, unknown>>

/** Headers that decide an answer. */
const KEPT = ['accept', 'content-type', 'prefer']

/** The requests as a jest test that makes them again, of a new mock, and expects the same answers. It holds no secret. */
export function exportJest(records: readonly Recorded[], options: ReplayOptions): string {
  return [
    "import { expect, test } from '@jest/globals'",
    "import { createMock } from 'inboxes-mock'",
    "import supertest from 'supertest'",
    '',
    "test('the recorded requests get the recorded answers', async () => {",
    `  const mock = createMock(${JSON.stringify(options)})`,
    ...records.flatMap(stepOf),
    '})',
    '',
  ].join('\n')
}

function stepOf(record: Recorded): string[] {
  const { method, target, status } = shown(record)
  const title = `  // ${JSON.stringify(`${method} ${target} ${status}`)}`
  if (record.exchange.interference !== undefined)
    return [`${title}: left out, its answer was ${JSON.stringify(record.exchange.interference)}`]
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
  const body = exchange.requestBody.length > 0 ? `.send(${bodyOf(exchange)})` : ''
  const method = exchange.method.toLowerCase()
  return `supertest(mock.app).${method}(${JSON.stringify(targetOf(exchange))}).set(${JSON.stringify(headersOf(exchange))})${body}`
}

/** A login is made with a name that is not stored, or with none: the answer is the same, and nothing secret is written. */
function targetOf({ target, status }: Exchange): string {
  if (!isLogin(target)) return target
  return `${target.split('?')[0]}${status === 200 ? '?username=replayed&password=any' : ''}`
}

function headersOf({ requestHeaders, status }: Exchange): Record<string, string> {
  const kept = KEPT.flatMap((name) =>
    requestHeaders[name] === undefined ? [] : [[name, String(requestHeaders[name])] as const],
  )
  const key = status === 401 ? [] : [['api_key', 'special-key'] as const]
  return Object.fromEntries([...kept, ...key])
}

/** Text where it is text; bytes as base64. */
function bodyOf({ requestBody }: Exchange): string {
  const text = requestBody.toString()
  if (Buffer.from(text).equals(requestBody)) return JSON.stringify(redactText(text))
  return `Buffer.from('${requestBody.toString('base64')}', 'base64')`
}

function expectationOf({ method, target, responseText, responseHeaders }: Exchange): string[] {
  if (method === 'HEAD' || isLogin(target) || responseText === '') return []
  const isJson = String(responseHeaders['Content-Type']).includes('json')
  if (isJson) return [`    expect(JSON.parse(response.text)).toEqual(${sourceOf(responseText)})`]
  return /passw/i.test(responseText)
    ? []
    : [`    expect(response.text ?? response.body.toString()).toBe(${JSON.stringify(responseText)})`]
}

/** The value as source text; a password is any. */
function sourceOf(text: string): string {
  const any = '\u0000any\u0000'
  const json = JSON.stringify(JSON.parse(text), (key, value: unknown) => (key === 'password' ? any : value))
  return json.replaceAll(JSON.stringify(any), 'expect.any(String)')
}
