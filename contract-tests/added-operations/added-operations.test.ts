import { expect, test } from '@jest/globals'
import { runContract } from '../../src/contract/index.ts'
import type { Mode } from '../../src/contract/report.ts'
import { seamsOf } from '../mutants/fault.ts'
import { inProcess } from '../mutants/in-process.ts'
import { makeApplication } from '../mutants/server/application.ts'
import type { Seams } from '../mutants/server/seams.ts'
import { inboxDocument } from './document.ts'
import { ADDED_FAULTS } from './faults.ts'
import { INBOX_RULES, type Mailboxes, operationsWithInboxes } from './operations.ts'

const document = inboxDocument()
const ADDED = document.operations.map(({ id }) => id).filter((id) => /Inbox/.test(id))

async function runOn(
  seams: Seams,
  options: { readonly mode?: Mode; readonly only?: readonly string[] } = {},
  stored?: Mailboxes,
) {
  const application = makeApplication({ seams: [INBOX_RULES, seams], operations: operationsWithInboxes(stored) })
  const sent: string[] = []
  const report = await runContract({
    ...inProcess(application),
    document,
    apiKey: 'special-key',
    mode: 'full',
    runId: 'same',
    onRequest: ({ method, path }) => void sent.push(`${method} ${path}`),
    ...options,
  })
  return { ...report, failures: report.findings.filter(({ level }) => level === 'failure'), sent }
}

test('a correct server with operations that no scenario names conforms', async () => {
  const { verdict, failures, skipped } = await runOn({})
  expect(failures).toEqual([])
  expect(verdict).toBe('conforms')
  expect(skipped.filter((what) => what.includes('Inbox'))).toEqual([])
})

test('each added operation reaches its documented statuses', async () => {
  const { coverage } = await runOn({}, { only: ADDED })
  const own = coverage.filter(
    ({ operation, status, parameter }) => ADDED.includes(operation) && status !== '409' && parameter === '',
  )
  expect(
    own.filter(({ state }) => state !== 'covered').map(({ operation, status }) => `${operation} ${status}`),
  ).toEqual([])
})

test.each(ADDED_FAULTS)('$operation, $what: caught by $check', async ({ operation, check, seams }) => {
  const { failures } = await runOn(seamsOf({ operation, seams: () => seams }), { only: ADDED })
  expect(failures.map((finding) => finding.check)).toContain(check)
})

test('a method that the path does not have is caught on an added path', async () => {
  const patched: Seams = {
    answer: ({ request }, next) =>
      request.method === 'PATCH' && request.path === '/inbox'
        ? { status: 200, headers: {}, body: Buffer.alloc(0) }
        : next(),
  }
  const { failures } = await runOn(patched)
  expect(failures.map(({ check, place }) => [check, place])).toEqual([['wrong-method', 'PATCH /inbox']])
})

test('an added path without Allow in its 405 is caught', async () => {
  const silent: Seams = {
    answer: ({ request }, next) => {
      const answer = next()
      const { Allow, ...headers } = answer.headers
      return request.path.startsWith('/inbox') ? { ...answer, headers } : answer
    },
  }
  expect((await runOn(silent)).failures.map(({ check }) => check)).toContain('allow')
})

test.each<[Mode, boolean]>([
  ['safe', false],
  ['owned', false],
  ['full', true],
])('%s mode writes to added operations: %s', async (mode, writes) => {
  const { sent, skipped, verdict } = await runOn({}, { mode })
  const added = sent.filter((line) => line.includes(' /inbox'))
  expect(added.some((line) => line.startsWith('GET '))).toBe(true)
  expect(added.some((line) => !/^(GET|HEAD|OPTIONS) /.test(line))).toBe(writes)
  expect(skipped.some((what) => what.startsWith('createInbox was not tried'))).toBe(!writes)
  expect(verdict).toBe('conforms')
})

test('what a run creates through added operations it also deletes, and nothing else', async () => {
  const stored: Mailboxes = new Map([[7, { id: 7, name: 'of somebody else' }]])
  const { sent } = await runOn({}, { only: ADDED }, stored)
  expect(sent.filter((line) => line.startsWith('POST /inbox')).length).toBeGreaterThan(20)
  expect([...stored.values()]).toEqual([{ id: 7, name: 'of somebody else' }])
})

test('the same seed sends the same requests to added operations', async () => {
  const [one, two] = [await runOn({}, { only: ADDED }), await runOn({}, { only: ADDED })]
  expect(one.sent).toEqual(two.sent)
})
