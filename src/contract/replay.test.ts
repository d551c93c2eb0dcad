import { expect, test } from '@jest/globals'
import type { Place } from './finding.ts'
import { EVERYWHERE, findingId } from './finding-id.ts'
import { toFinding } from './group-findings.ts'
import { idProblem, replayIn } from './replay.ts'
import type { ContractReport } from './report.ts'
import { SAMPLE } from './reports/report.test.support.ts'

const ID = findingId('status', 'getPetById', '')
const OF_PLACE = findingId('status', 'getPetById', '200')
const [sample] = SAMPLE.findings

/** A report of a run in which the check of status failed at these places, and ran in these operations. */
function reportWith(places: readonly Partial<Place>[], operations: readonly string[] = ['getPetById']): ContractReport {
  const [first] = sample?.places ?? []
  const all = places.flatMap((place) => (first ? [{ ...first, id: OF_PLACE, ...place }] : []))
  const findings = all.length > 0 && sample ? [toFinding(all, { id: ID, level: 'failure', replay: '' })] : []
  const checks = SAMPLE.checks.map((check) => (check.id === 'status' ? { ...check, operations } : check))
  return { ...SAMPLE, findings, checks, verdict: findings.length > 0 ? 'fails' : 'conforms' }
}

test.each([
  ['the id of its cause', ID],
  ['the id of one of its places', OF_PLACE],
  ['the id of a cause that took in all operations', findingId('status', EVERYWHERE, '')],
])('a finding is still there by %s', (_what, id) => {
  expect(replayIn(reportWith([{}]), id)).toMatchObject({ finding: { operation: 'getPetById' } })
})

test('a finding is gone only if its check ran again in its operation', () => {
  expect(replayIn(reportWith([]), ID)).toEqual({ isGone: true })
  expect(replayIn(reportWith([], ['loginUser']), ID)).toEqual({
    problem: expect.stringContaining('The check status did not run at getPetById in this run'),
  })
  expect(replayIn({ ...reportWith([]), problem: 'The time was up.' }, ID)).toEqual({ problem: 'The time was up.' })
})

test.each(['nobody', 'status', 'status-123', 'status-zzzzzzzzzz', 'nobody-0123456789', `${ID}0`])(
  'no finding has the id %s',
  (id) => expect(idProblem(id)).toContain('Copy the id from a report.'),
)

test('an id of no operation is no finding that is gone', () => {
  expect(replayIn(reportWith([]), findingId('status', 'nothing', ''))).toEqual({
    problem: expect.stringContaining('No finding has the id'),
  })
  expect(replayIn(reportWith([]), findingId('status', EVERYWHERE, ''))).toEqual({ isGone: true })
})
