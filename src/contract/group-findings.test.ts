import { expect, test } from '@jest/globals'
import type { Level, Observed } from './finding.ts'
import { findingId } from './finding-id.ts'
import { groupFindings } from './group-findings.ts'

const observed = (operation: string, check: string, place: string, rest: Partial<Observed> = {}): Observed => ({
  id: findingId(check, operation, place),
  level: 'failure',
  operation,
  check,
  place,
  sent: `a request ${place}`,
  pointer: '/paths',
  line: 7,
  expected: '401 or 403',
  actual: '200',
  curl: `curl ${place}`,
  ...rest,
})

const group = (list: readonly Observed[]) => groupFindings(list, (id) => `replay ${id}`)
const WAYS = ['without a key', 'with an empty key', 'with a wrong key', 'with a longer key']

test('one operation that fails one check in several ways is one finding, with the first example and all places', () => {
  const [finding, ...others] = group(WAYS.map((way) => observed('deletePet', 'authentication', way)))
  expect(others).toEqual([])
  expect(finding?.message).toBe(
    'deletePet does not ask for a key (4 ways tried: without a key, with an empty key, with a wrong key, …): a request without a key received 200; the reference says: 401 or 403.',
  )
  expect(finding).toMatchObject({ place: 'without a key', curl: 'curl without a key', replay: `replay ${finding?.id}` })
  expect(finding?.places.map(({ place }) => place)).toEqual(WAYS)
})

test('the id of a finding does not depend on how many places it has, nor on which', () => {
  const idOf = (ways: readonly string[]) =>
    group(ways.map((way) => observed('deletePet', 'authentication', way)))[0]?.id
  expect(idOf(WAYS.slice(2))).toBe(idOf(WAYS))
  expect(idOf(WAYS)).toMatch(/^authentication-[0-9a-f]{10}$/)
})

test('other operations, checks and levels are other findings', () => {
  const rows: [string, string, Level][] = [
    ['deletePet', 'authentication', 'failure'],
    ['addDomain', 'authentication', 'failure'],
    ['deletePet', 'existence', 'failure'],
    ['deletePet', 'existence', 'note'],
  ]
  const list = rows.map(([operation, check, level]) => observed(operation, check, 'without a key', { level }))
  const found = group(list)
  expect(found.map(({ operation, check, level }) => [operation, check, level])).toEqual(rows)
  expect(new Set(found.map(({ id }) => id)).size).toBe(4)
})

test('what most servers do in one place is one finding if several operations fail it', () => {
  const [finding, ...others] = group(
    ['addDomain', 'updatePet', 'deletePet'].map((operation) => observed(operation, 'authentication', 'without a key')),
  )
  expect(others).toEqual([])
  expect(finding?.message).toContain(
    'addDomain does not ask for a key (3 operations: addDomain, updatePet, deletePet):',
  )
})

test('a rule of the document that several operations break is one finding', () => {
  const breach = (operation: string, pointer: string) => observed(operation, 'body-schema', '200 /id', { pointer })
  const found = group([breach('getPetById', '/a'), breach('findPetsByStatus', '/a'), breach('getPetById', '/b')])
  expect(found.map(({ places }) => places.length)).toEqual([2, 1])
})

test('a note on the document is one for all operations', () => {
  const note = (operation: string) => observed(operation, 'status', 'undocumented success', { level: 'note' })
  expect(group([note('addDomain'), note('deletePet')]).map(({ places }) => places.length)).toEqual([2])
})
