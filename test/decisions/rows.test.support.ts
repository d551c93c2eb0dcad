import { afterEach, describe, expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock, type Mock } from '../../src/index.ts'

/** One request: `GET /pet/1`, below the base path, or one to the control plane. Bodies that begin with `<` are XML, other strings are as their type says. */
export interface Ask {
  readonly send: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** The expected response to a request. */
export interface Expected {
  readonly status: number
  readonly gives?: Readonly<Record<string, string | RegExp | undefined>>
  readonly value?: unknown
  readonly text?: string | RegExp
}

/** A request to a mock of its own, what must come of it, and requests before and after it. */
export interface Case extends Ask, Expected {
  readonly what: string
  /** Requests sent before, which must all succeed. */
  readonly before?: readonly Ask[]
  /** Assertions after the requests. */
  readonly afterwards?: readonly (Ask & Expected)[]
}

/** Assertions that cannot be written as requests. */
export interface Proof {
  readonly what: string
  readonly prove: (mock: Mock) => unknown
}

/** Decisions by their own words, each with what shows it. */
export type Rows = Readonly<Record<string, readonly (Case | Proof)[]>>

/** A header that says what the body is. */
export const typed = (type: string) => ({ 'content-type': type })
export const JSON_TYPE = typed('application/json')
export const XML_TYPE = typed('application/xml')
export const FORM_TYPE = typed('application/x-www-form-urlencoded')
export const TOO_LARGE = { ...JSON_TYPE, 'content-length': String(11 * 1024 * 1024) }
export const PROBLEM = { 'content-type': 'application/problem+json' }
export const XML = { accept: 'application/xml' }
export const NO_KEY = { api_key: '' }
export const PET = { id: 1, name: 'doggie', photoUrls: [] }

/** Sends a request with the advertised key. */
export function ask(mock: Mock, { send, headers = {}, body }: Ask) {
  const [method = '', target = ''] = send.split(' ')
  const request = supertest(mock.app)[method.toLowerCase() as 'get'](
    target.startsWith('/__admin') ? target : `/v2${target}`,
  )
  request.set({ api_key: 'special-key', ...headers })
  if (typeof body === 'string' && body.startsWith('<')) request.type('application/xml')
  return body === undefined ? request : request.send(body as object)
}

/** Declares a test for each case of each decision. No case may meet a defect of the mock. */
export function testRows(rows: Rows): void {
  let mock: Mock
  afterEach(() => expect(mock.defects).toEqual([]))
  describe.each(Object.entries(rows))('%s', (_decision, cases) => {
    test.each(cases.map((row) => [row.what, row] as const))('%s', async (_what, row) => {
      mock = createMock()
      if ('prove' in row) await row.prove(mock)
      else await assertRow(mock, row)
    })
  })
}

async function assertRow(mock: Mock, row: Case): Promise<void> {
  for (const one of row.before ?? []) expect((await ask(mock, one)).status).toBe(200)
  for (const one of [row, ...(row.afterwards ?? [])]) await expectAnswer(mock, one)
}

async function expectAnswer(mock: Mock, one: Ask & Expected): Promise<void> {
  const { status, headers, body, text } = await ask(mock, one)
  expect([one.send, status]).toEqual([one.send, one.status])
  for (const [name, value] of Object.entries(one.gives ?? {})) expect(headers[name]).toEqual(matching(value))
  if ('value' in one) expect(body).toEqual(one.value)
  if (one.text !== undefined) expect(text ?? '').toEqual(matching(one.text))
}

const matching = (value: string | RegExp | undefined) =>
  value instanceof RegExp ? expect.stringMatching(value) : value
