import { expect, test } from '@jest/globals'
import { applyBaseline, readBaseline } from './baseline.ts'
import { SAMPLE } from './reports/report.test.support.ts'

const ENTRY = { operation: 'getPetById', check: 'status', place: '200', owner: 'team-pets', expires: '2030-06-30' }

test('an accepted failure becomes a note that names its owner', () => {
  const report = applyBaseline(SAMPLE, [ENTRY], '2030-06-30')
  expect(report.verdict).toBe('conforms')
  expect(report.findings[0]).toMatchObject({
    level: 'note',
    expected: expect.stringContaining('(accepted by team-pets until 2030-06-30)'),
  })
})

test('an entry that has expired fails, and so does what it accepted', () => {
  const report = applyBaseline(SAMPLE, [ENTRY], '2030-07-01')
  expect(report.verdict).toBe('fails')
  expect(report.findings.filter(({ level }) => level === 'failure').map(({ check }) => check)).toEqual([
    'status',
    'baseline',
  ])
})

test.each(['operation', 'check', 'place'])('an entry whose %s nothing fails at is stale, and fails', (member) => {
  const report = applyBaseline(SAMPLE, [ENTRY, { ...ENTRY, [member]: 'another' }], '2030-01-01')
  expect(report.verdict).toBe('fails')
  expect(report.findings.at(-1)).toMatchObject({
    check: 'baseline',
    actual: expect.stringContaining('team-pets can take the entry out'),
  })
  expect(report.checks.at(-1)).toMatchObject({ id: 'baseline', applied: 2, failures: 1 })
})

test.each([
  ['{', 'b.json is not JSON.'],
  ['{}', 'b.json is not a list'],
  ['[{"operation":"a","check":"b","place":"c","expires":"2030-01-01"}]', 'b.json: entry 0 needs owner'],
  [JSON.stringify([{ ...ENTRY, expires: 'soon' }]), 'b.json: entry 0 expires on soon'],
])('the baseline %s is refused', (text, message) => {
  expect(() => readBaseline(text, 'b.json')).toThrow(message)
})

test('a baseline is read', () => {
  expect(readBaseline(JSON.stringify([ENTRY]), 'b.json')).toEqual([ENTRY])
})
