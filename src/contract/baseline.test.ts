import { expect, test } from '@jest/globals'
import { applyBaseline, readBaseline, writeBaseline } from './baseline.ts'
import { toFinding } from './group-findings.ts'
import type { ContractReport } from './report.ts'
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

const failing = (names: readonly string[]): ContractReport => {
  const [failure] = SAMPLE.findings
  if (!failure) throw new Error('The sample has no finding.')
  const { level, message, replay, places, ...place } = failure
  const all = names.map((name) => ({ ...place, id: `status-${name}`, place: name }))
  return { ...SAMPLE, findings: [toFinding(all, { id: 'status-all', level, replay })] }
}

test('an old entry accepts one place of a failure that has several, and the others still fail', () => {
  const report = applyBaseline(failing(['200', 'a', 'b']), [ENTRY], '2030-01-01')
  expect(report.verdict).toBe('fails')
  expect(report.findings.map(({ id, level, places, accepted }) => [id, level, places.length, accepted?.owner])).toEqual(
    [
      ['status-200', 'note', 1, 'team-pets'],
      ['status-all', 'failure', 2, undefined],
    ],
  )
  expect(report.findings[1]?.message).toContain('(2 ways tried: a, b)')
})

test('an entry may list the places of one failure', () => {
  const entries = readBaseline(JSON.stringify([{ ...ENTRY, place: undefined, places: ['200', 'a'] }]), 'b.json')
  const report = applyBaseline(failing(['200', 'a']), entries, '2030-01-01')
  expect(report.verdict).toBe('conforms')
  expect(report.findings.map(({ id, level }) => [id, level])).toEqual([['status-all', 'note']])
  expect(applyBaseline(failing(['200']), entries, '2030-01-01').verdict).toBe('fails')
})

test('a baseline that is written accepts all that fails, and keeps the owner and day of what was accepted', () => {
  const report = failing(['200', 'a', 'b'])
  const text = writeBaseline(report, [ENTRY], { owner: 'us', expires: '2031-01-01' })
  expect(JSON.parse(text)).toEqual([
    ENTRY,
    { operation: 'getPetById', check: 'status', places: ['a', 'b'], owner: 'us', expires: '2031-01-01' },
  ])
  expect(applyBaseline(report, readBaseline(text, 'b.json'), '2030-01-01')).toMatchObject({ verdict: 'conforms' })
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
  [JSON.stringify([{ ...ENTRY, place: undefined }]), 'b.json: entry 0 needs place'],
  [JSON.stringify([{ ...ENTRY, places: [] }]), 'b.json: entry 0 needs places, a list of texts'],
  ['[null]', 'b.json: entry 0 needs operation'],
  [JSON.stringify([{ ...ENTRY, expires: '2030-02-31' }]), 'b.json: entry 0 expires on 2030-02-31'],
  [JSON.stringify([{ ...ENTRY, expires: 'soon' }]), 'b.json: entry 0 expires on soon'],
])('the baseline %s is refused', (text, message) => {
  expect(() => readBaseline(text, 'b.json')).toThrow(message)
})

test('a baseline is read', () => {
  expect(readBaseline(JSON.stringify([ENTRY]), 'b.json')).toEqual([ENTRY])
})
