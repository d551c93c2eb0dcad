import { expect, test } from '@jest/globals'
import type { ExchangeSummary } from '../../mock/requests/exchange.ts'
import { type Colorize, exchangeJson, exchangeText } from './request-log.ts'

const plain: Colorize = (_colour, text) => text
const at = new Date(2026, 0, 2, 3, 4, 5)
const lineOf = (exchange: ExchangeSummary, colorize = plain) => exchangeText(exchange, colorize, undefined, at)
const marked: Colorize = (colour, text) => `<${colour}>${text}</>`

const ok: ExchangeSummary = { method: 'GET', target: '/v2/pet/1', status: 200, milliseconds: 1.2345, violations: [] }
const refused: ExchangeSummary = {
  method: 'GET',
  target: '/v2/pet/findByStatus?status=solt',
  status: 400,
  milliseconds: 2,
  operationId: 'findPetsByStatus',
  violations: [
    { pointer: '/query/status', expected: 'one of available, pending, sold', received: 'solt', suggestion: 'sold' },
    { pointer: '/query/other', expected: 'string' },
  ],
}
const defective: ExchangeSummary = { ...ok, status: 500, defect: 'getPetById: /name\nis missing' }

test('exchangeText is time, method, path, status and duration in columns', () => {
  expect(lineOf(ok)).toBe('03:04:05 GET    /v2/pet/1                        200    1.2 ms')
  expect(lineOf({ ...ok, method: 'DELETE', target: '/v2/user/ada', milliseconds: 1234 })).toBe(
    '03:04:05 DELETE /v2/user/ada                     200   1234 ms',
  )
})

test('exchangeText gives the first violation', () => {
  expect(lineOf(refused)).toBe(
    '03:04:05 GET    /v2/pet/findByStatus?status=solt 400      2 ms  ' +
      '/query/status: expected one of available, pending, sold, received "solt", did you mean sold? (1 more)',
  )
})

test('exchangeText tells who: the session, and the fault or preference', () => {
  expect(lineOf({ ...ok, status: 503, session: 'checkout', interference: 'fault 1' })).toMatch(
    / 503 {4}1\.2 ms {2}session checkout {2}by fault 1$/,
  )
})

test('exchangeText shows a connection that was closed without an answer, and not in green', () => {
  expect(lineOf({ ...ok, status: 0, interference: 'fault 2' }, marked)).toMatch(
    /<red>---<\/> {4}1\.2 ms {2}no answer {2}<cyan>by fault 2<\/>$/,
  )
})

test('exchangeText notes what had no effect, without secrets', () => {
  const ignored = [{ pointer: '/body/staus', suggestion: 'status' }, { pointer: '/body/color' }]
  expect(lineOf({ ...ok, ignored })).toMatch(
    /note: \/body\/staus is not in the document and had no effect\. Did you mean status\? \(1 more\)$/,
  )
  const login = { ...ok, target: '/v2/user/login?abc;REST', ignored: [{ pointer: '/query/abc;REST' }] }
  expect(lineOf(login) + exchangeJson(login)).not.toContain('REST')
})

test('exchangeText gives a defect on the same line', () => {
  expect(lineOf(defective)).toBe(
    '03:04:05 GET    /v2/pet/1                        500    1.2 ms  defect of the mock, please report it: getPetById: /name\\u{a}is missing',
  )
})

test.each([
  [200, 'green'],
  [304, 'cyan'],
  [404, 'yellow'],
  [500, 'red'],
])('exchangeText colours %i %s', (status, colour) => {
  expect(exchangeText({ ...ok, status }, marked)).toContain(` <${colour}>${status}</> `)
})

test('exchangeText is one line that no request can colour, stretch or read secrets into', () => {
  const line = exchangeText(
    {
      ...refused,
      target: `/v2/\u009b31m?password=hunter2&a=${'a'.repeat(1000)}`,
      violations: [
        { pointer: '/body/\u001b[2J', expected: 'x\ny', received: { password: 'hunter2', long: 'b'.repeat(1000) } },
      ],
    },
    plain,
  )
  expect(line).not.toMatch(/\p{Cc}|hunter2|a{301}|b{81}/u)
})

test('exchangeJson is one object with the first violation', () => {
  expect(JSON.parse(exchangeJson(refused))).toEqual({
    event: 'request',
    method: 'GET',
    path: '/v2/pet/findByStatus?status=solt',
    status: 400,
    ms: 2,
    operationId: 'findPetsByStatus',
    violations: 2,
    violation: refused.violations[0],
  })
})

test('exchangeJson tells session, fault and what had no effect', () => {
  const ignored = [{ pointer: '/query/foo' }]
  const told = { session: 'checkout', interference: 'fault 1', ignored }
  expect(JSON.parse(exchangeJson({ ...ok, ...told }))).toMatchObject(told)
})

test('exchangeJson gives a defect', () => {
  expect(JSON.parse(exchangeJson(defective))).toMatchObject({ status: 500, violations: 0, defect: defective.defect })
})

test('exchangeJson hides secrets and shortens what was received', () => {
  const violations = [
    { pointer: '/body', expected: 'object', received: { password: 'hunter2', long: 'b'.repeat(1000) } },
  ]
  const line = exchangeJson({ ...refused, target: '/v2/user/login?password=hunter2', violations })
  expect(line).not.toMatch(/hunter2|b{81}/)
  expect(JSON.parse(line)).toMatchObject({ path: '/v2/user/login?(hidden)', violation: { pointer: '/body' } })
})
