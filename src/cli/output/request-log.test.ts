import { expect, test } from '@jest/globals'
import type { ExchangeSummary } from '../../mock/requests/exchange.ts'
import { type Colorize, exchangeJson, exchangeText } from './request-log.ts'

const plain: Colorize = (_colour, text) => text
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

test('exchangeText is method, path, status and time', () => {
  expect(exchangeText(ok, plain)).toBe('GET /v2/pet/1 200 1.2 ms')
})

test('exchangeText gives the first violation', () => {
  expect(exchangeText(refused, plain)).toBe(
    'GET /v2/pet/findByStatus?status=solt 400 2 ms  ' +
      '/query/status: expected one of available, pending, sold, received "solt", did you mean sold? (1 more)',
  )
})

test('exchangeText gives a defect on the same line', () => {
  expect(exchangeText(defective, plain)).toBe(
    'GET /v2/pet/1 500 1.2 ms  defect of the mock, please report it: getPetById: /name\\u{a}is missing',
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
