import { expect, test } from '@jest/globals'
import { toFinding } from './group-findings.ts'
import { interactionOf } from './interaction.test.support.ts'
import { createMemory, gatherForgotten } from './memory.ts'
import { SAMPLE } from './reports/report.test.support.ts'

const PREFIX = 'Ct1xab'
const write = interactionOf({ operationId: 'createUser', method: 'POST', path: '/user', status: 200 })
const read = (value: unknown, status = 200, path = `/user/${PREFIX}Ada`) =>
  interactionOf({ operationId: 'getUserByName', path, status, value })

function verdictOn(interactions: readonly ReturnType<typeof interactionOf>[]) {
  const memory = createMemory(PREFIX)
  for (const interaction of interactions) memory.saw(interaction)
  const verdict = memory.verdict()
  return verdict && (verdict.seen ? 'forgets' : 'keeps')
}

const nothing = read({ username: 'somebody' })
test.each([
  [
    'keeps',
    [write, write, nothing, nothing, read({ username: `${PREFIX}Ada`, email: `${PREFIX.toLowerCase()}a@b.example` })],
  ],
  ['forgets', [write, write, nothing, read(undefined, 404), nothing]],
  // The name is in the path, and an answer may repeat it.
  ['forgets', [write, write, ...Array.from({ length: 3 }, () => read({ username: `${PREFIX}Ada` }))]],
  [undefined, [write, nothing, nothing, nothing]],
  [undefined, [write, write, nothing, nothing]],
  [undefined, [nothing, nothing, nothing, nothing]],
  [undefined, [write, write, ...Array.from({ length: 3 }, () => read(undefined, 401))]],
])('a server %s', (expected, interactions) => {
  expect(verdictOn(interactions)).toBe(expected)
})

test('what follows from a server that keeps nothing are places of that finding, and no more', () => {
  const [sample] = SAMPLE.findings
  const finding = (check: string, actual: string) =>
    toFinding([{ ...Object(sample), id: `${check}-1`, check, actual }], { id: check, level: 'failure', replay: '' })
  const all = [
    finding('status', '404'),
    finding('read-back', 'x'),
    finding('status', '500'),
    finding('memory', 'nothing'),
  ]
  const gathered = gatherForgotten(all)
  expect(gathered.map(({ id, places }) => [id, places.map(({ check }) => check)])).toEqual([
    ['status', ['status']],
    ['memory', ['memory', 'status', 'read-back']],
  ])
  expect(gatherForgotten(all.slice(0, 3))).toEqual(all.slice(0, 3))
})
