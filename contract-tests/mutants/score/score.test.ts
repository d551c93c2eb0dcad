import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { CHECKS } from '../../../src/contract/checks/index.ts'
import { pathOf } from '../../../src/openapi/package-files.ts'
import { FAULTS } from '../faults.ts'
import { SET_ASIDE } from '../set-aside.ts'
import { intendedCheck, namedFaults } from './intended.ts'
import { allJobs, type Outcome, runJob } from './job.ts'
import { printScore, tableOf } from './print.ts'
import { isPerfect, type Score, scoreOf } from './score.ts'

const caught: Outcome[] = FAULTS.map((fault) => ({
  job: { fault: fault.id, seed: 1 },
  requests: 1,
  problem: '',
  failures:
    fault.id in SET_ASIDE
      ? []
      : [{ check: intendedCheck(fault), operation: 'getPetById', place: 'here', text: 'so it is' }],
}))
const quiet: Outcome = { job: { seed: 1 }, requests: 7, failures: [], problem: '' }

test('a check is meant for every fault, and every named fault exists once', () => {
  const ids: string[] = CHECKS.map(({ id }) => id)
  expect(FAULTS.map(intendedCheck).filter((check) => !ids.includes(check))).toEqual([])
  const named = namedFaults()
  expect(new Set(named).size).toBe(named.length)
  expect(named.filter((id) => !FAULTS.some((fault) => fault.id === id))).toEqual([])
})

test('every check is seen to catch a fault that is meant for it', () => {
  const witnessed = new Set(FAULTS.map(intendedCheck))
  expect(CHECKS.filter(({ id }) => !witnessed.has(id))).toEqual([])
})

test('a score is perfect where each fault is caught by its check and no correct server is accused', () => {
  expect(isPerfect(scoreOf([...caught, quiet]))).toBe(true)
})

test('each fault that is set aside exists, and a score is not perfect where one is caught after all', () => {
  const ids = Object.keys(SET_ASIDE)
  expect(ids.filter((id) => !FAULTS.some((fault) => fault.id === id))).toEqual([])
  const failures = [{ check: 'status', operation: 'getPetById', place: '', text: '' }]
  const outcomes = caught.map((outcome) => (outcome.job.fault === ids[0] ? { ...outcome, failures } : outcome))
  expect(isPerfect(scoreOf([...outcomes, quiet]))).toBe(false)
})

test.each<[string, Outcome[]]>([
  ['a fault is missed', [{ ...quiet, job: { fault: FAULTS[0]?.id ?? '', seed: 1 } }, ...caught.slice(1), quiet]],
  ['a fault was not run', [...caught.slice(1), quiet]],
  [
    'a fault is caught by another check alone',
    [
      ...caught.slice(1),
      ...caught.slice(0, 1).map((outcome) => ({
        ...outcome,
        failures: [{ check: 'login', operation: 'loginUser', place: '', text: '' }],
      })),
      quiet,
    ],
  ],
  [
    'a correct server is accused',
    [...caught, { ...quiet, failures: [{ check: 'status', operation: 'getPetById', place: '', text: '' }] }],
  ],
  ['a correct server could not be run', [...caught, { ...quiet, problem: 'no answer' }]],
])('a score is not perfect where %s', (_case, outcomes) => {
  expect(isPerfect(scoreOf(outcomes))).toBe(false)
})

test('a failure that the plain server gets with the same seed catches no fault', () => {
  const accused = { ...quiet, failures: caught[0]?.failures ?? [] }
  const score = scoreOf([...caught, accused])
  const lost = caught.filter(({ failures }) => failures[0]?.check === accused.failures[0]?.check).length
  const missedOf = ({ faults }: Score) =>
    faults.filter(({ checks, fault }) => checks.length === 0 && !(fault in SET_ASIDE))
  expect(missedOf(score)).toHaveLength(lost)
  const other = scoreOf([...caught, { ...accused, job: { seed: 2 } }])
  expect(missedOf(other)).toEqual([])
})

test('the printed score names what was missed and who was accused', () => {
  const accused: Outcome = {
    ...quiet,
    job: { variant: 'slow', seed: 3 },
    failures: [{ check: 'status', operation: 'x', place: '', text: 'too late' }],
  }
  const text = printScore(
    scoreOf([...caught.slice(1), { ...quiet, job: { fault: FAULTS[0]?.id ?? '', seed: 1 } }, accused]),
  )
  expect(text).toContain(`MISSED      ${FAULTS[0]?.area}/${FAULTS[0]?.id}`)
  expect(text).toContain('FALSE ALARM on slow with seed 3')
  expect(text).toContain(`Faults caught: ${FAULTS.length - 1 - Object.keys(SET_ASIDE).length} of ${FAULTS.length}`)
})

test('a fault that another seed shows is caught, against the plain server with that seed', () => {
  const second = caught.map((outcome) => ({ ...outcome, job: { ...outcome.job, seed: 2 } }))
  const score = scoreOf([...second, quiet, { ...quiet, job: { seed: 2 } }])
  expect(isPerfect(score)).toBe(true)
  expect(printScore(score)).toContain(
    `caught      ${FAULTS[0]?.area}/${FAULTS[0]?.id} by ${intendedCheck(FAULTS[0] ?? { id: '', area: 'http' })} with seed 2`,
  )
  const accused = { ...quiet, job: { seed: 2 }, failures: caught[0]?.failures ?? [] }
  expect(isPerfect(scoreOf([...second, quiet, accused]))).toBe(false)
})

test('the README carries the table of a perfect score', () => {
  const readme = readFileSync(pathOf('README.md'), 'utf8')
  expect(readme).toContain(tableOf(scoreOf(caught).faults))
})

test('every fault, every variant and every seed is run', () => {
  const jobs = allJobs(20, false)
  const variants = jobs.filter(({ variant }) => variant !== undefined)
  expect(jobs.filter(({ fault }) => fault !== undefined)).toHaveLength(FAULTS.length)
  expect(new Set(variants.map(({ seed }) => seed)).size).toBe(20)
  expect(new Set(jobs.map((job) => JSON.stringify(job))).size).toBe(jobs.length)
})

test('a run tells a faulty server from the correct one', async () => {
  expect(
    (await runJob({ fault: 'pet-id-is-text', seed: 1, mode: 'safe', depth: 'quick' })).failures.map(
      ({ check }) => check,
    ),
  ).toContain('body-schema')
  expect((await runJob({ seed: 1, mode: 'safe', depth: 'quick' })).failures).toEqual([])
}, 30_000)
