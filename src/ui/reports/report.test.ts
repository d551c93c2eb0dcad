import { expect, test } from '@jest/globals'
import { commandFor } from './command.ts'
import { readReport } from './report.ts'

const HEAD = { baseUrl: 'https://staging.example/v2', mode: 'safe', problem: '', requests: 7 }

test('a contract report is read', () => {
  const findings = [
    {
      id: 'a',
      level: 'failure',
      operation: 'getPetById',
      message: 'It broke.',
      expected: 'x',
      actual: 'y',
      line: 3,
      curl: 'curl',
    },
  ]
  const coverage = [
    { operation: 'getPetById', status: '200', mediaType: '', parameter: '', state: 'covered', reason: '' },
  ]
  const text = JSON.stringify({ ...HEAD, verdict: 'fails', findings, coverage, skipped: ['no key'] })
  expect(readReport(text)).toMatchObject({
    kind: 'contract',
    verdict: 'fails',
    items: findings,
    cells: [{ operation: 'getPetById', status: '200', state: 'covered' }],
    skipped: ['no key'],
  })
})

test('a drift report is read', () => {
  const differences = [
    {
      id: 'a',
      kind: 'open',
      statement: 'They differ.',
      operations: ['x', 'y'],
      mock: '1',
      live: '2',
      line: 1,
      curl: '',
    },
  ]
  expect(readReport(JSON.stringify({ ...HEAD, verdict: 'differs', differences }))).toMatchObject({
    kind: 'drift',
    items: [{ message: 'They differ.', operation: 'x, y', expected: '1', actual: '2' }],
  })
})

test.each(['', '[]', 'null', '{}', '{"verdict":"fails"}', '{"verdict":"fails","findings":{}}'])(
  '%j is refused in words',
  (text) => {
    expect(readReport(text)).toEqual(expect.any(String))
  },
)

test('a report whose parts have other types is read as far as it goes', () => {
  expect(readReport('{"verdict":"fails","findings":[null,7,{"id":1}],"coverage":7}')).toMatchObject({
    items: [{ id: '', line: 0 }],
    cells: [],
  })
})

test('no URL leaves its word in the command', () => {
  expect(commandFor('drift', "https://a.example/'$(x)")).toContain(`--base-url 'https://a.example/'\\''$(x)'`)
  expect(commandFor('contract', '')).toContain('--base-url https://staging.example/v2 --mode safe')
})
