import { describe, expect, test } from '@jest/globals'
import { ApiError } from '../../openapi/api-error.ts'
import { createMockCore } from '../create-mock.ts'
import { listenTo, tickedMock } from '../events/events.test.support.ts'
import { nodePlatform } from '../files/node-platform.ts'
import type { PreparedRun, Progress, Runner } from './runner.ts'
import { createRuns } from './runs.ts'

const INPUT = { kind: 'contract', baseUrl: 'https://staging.example/v2', apiKey: 'very-secret' } as const
const STARTED = '2026-01-02T03:04:05.000Z'
const now = () => Date.parse(STARTED)

/** A run whose progress and end the test makes. */
function heldRun() {
  let resolve = (_report: object) => {}
  let reject = (_error: Error) => {}
  const promise = new Promise<object>((end, fail) => {
    resolve = end
    reject = fail
  })
  let tell = (_progress: Progress) => {}
  let signal: AbortSignal | undefined
  const prepared: PreparedRun = {
    baseUrl: INPUT.baseUrl,
    hide: (text) => text.replaceAll('very-secret', '(hidden)'),
    start: (given, onProgress) => {
      signal = given
      tell = onProgress
      given.addEventListener('abort', () => resolve({ verdict: 'could-not-run' }))
      return promise
    },
  }
  const runner: Runner = async () => prepared
  return {
    runner,
    tell: (progress: Progress) => tell(progress),
    end: async (report: object) => {
      resolve(report)
      await settled()
    },
    fail: async (error: Error) => {
      reject(error)
      await settled()
    },
    isStopped: () => signal?.aborted,
  }
}

const settled = () => new Promise(setImmediate)

const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error) => (error instanceof ApiError ? [error.status, error.violations] : error),
  )

test('a run tells its progress, and has its report at the end', async () => {
  const held = heldRun()
  const runs = createRuns(held.runner, now)
  const begun = { id: '1', kind: 'contract', baseUrl: INPUT.baseUrl, startedAt: STARTED }
  expect(await runs.start(INPUT)).toEqual({ ...begun, state: 'running', step: '', done: 0, all: 0, requests: 0 })
  const progress = { step: 'reading a pet', done: 3, all: 20, requests: 41 }
  held.tell(progress)
  expect(runs.get('1')).toEqual({ ...begun, ...progress, state: 'running' })
  await held.end({ verdict: 'conforms' })
  expect(runs.get('1')).toEqual({ ...begun, ...progress, state: 'done', report: { verdict: 'conforms' } })
  expect(runs.list()).toEqual([{ ...begun, ...progress, state: 'done' }])
})

test('one goes on at a time, and another may after it', async () => {
  const held = heldRun()
  const runs = createRuns(held.runner, now)
  const both = await Promise.all([runs.start(INPUT), refusalOf(runs.start(INPUT))])
  expect(both).toMatchObject([{ id: '1' }, [409, []]])
  await held.end({})
  expect(await runs.start(INPUT)).toMatchObject({ id: '2' })
})

test('a run that is stopped has the report so far; asked again, it is forgotten', async () => {
  const held = heldRun()
  const runs = createRuns(held.runner, now)
  await runs.start(INPUT)
  runs.stop('1')
  await settled()
  expect(runs.get('1')).toMatchObject({ state: 'stopped', report: { verdict: 'could-not-run' } })
  runs.stop('1')
  expect(() => runs.get('1')).toThrow('There is no run 1.')
  expect(() => runs.stop('1')).toThrow(ApiError)
})

test('the end of the mock stops a run', async () => {
  const held = heldRun()
  const runs = createRuns(held.runner, now)
  await runs.start(INPUT)
  runs.close()
  expect(held.isStopped()).toBe(true)
})

test('a run that fails says why, without its secrets, and lets another begin', async () => {
  const held = heldRun()
  const runs = createRuns(held.runner, now)
  await runs.start(INPUT)
  await held.fail(new Error('The key very-secret broke it.'))
  expect(runs.get('1')).toMatchObject({ state: 'failed', problem: 'The key (hidden) broke it.' })
  expect(await runs.start(INPUT)).toMatchObject({ id: '2' })
})

test('what no run can have is refused at its member, and lets another begin', async () => {
  const refusals = [{ member: 'baseUrl', expected: 'an http or https URL' }, { problem: 'No such file.' }] as const
  const answers = [...refusals, await heldRun().runner(INPUT)]
  const runs = createRuns(async () => answers.shift() ?? { problem: 'used up' }, now)
  expect(await refusalOf(runs.start(INPUT))).toEqual([
    400,
    [{ pointer: '/body/baseUrl', expected: 'an http or https URL' }],
  ])
  expect(await refusalOf(runs.start(INPUT))).toEqual([400, []])
  expect(await runs.start(INPUT)).toMatchObject({ id: '1' })
})

test('the latest five runs are kept', async () => {
  const done: PreparedRun = { baseUrl: INPUT.baseUrl, hide: (text) => text, start: async () => ({}) }
  const runs = createRuns(async () => done, now)
  for (let count = 0; count < 7; count++) {
    await runs.start(INPUT)
    await settled()
  }
  expect(runs.list().map(({ id }) => id)).toEqual(['7', '6', '5', '4', '3'])
})

describe('over the control plane', () => {
  const JSON_TYPE = { 'Content-Type': 'application/json' }

  function mockWith(runner: Runner) {
    const core = createMockCore({}, { ...nodePlatform, runs: createRuns(runner, now) })
    const fetch = core.fetchFor('default')
    const ask = (method: string, path: string, body?: unknown) =>
      fetch(
        `/__admin${path}`,
        body === undefined ? { method } : { method, headers: JSON_TYPE, body: JSON.stringify(body) },
      )
    return { core, ask }
  }

  test('each route conforms to the document, and none shows the key', async () => {
    const held = heldRun()
    const { core, ask } = mockWith(held.runner)
    const answers = [
      await ask('POST', '/runs', INPUT),
      await ask('POST', '/runs', INPUT),
      await ask('GET', '/runs/1'),
      await ask('DELETE', '/runs/1'),
    ]
    await settled()
    answers.push(await ask('GET', '/runs'), await ask('GET', '/runs/1'), await ask('GET', '/runs/2'))
    expect(answers.map(({ status }) => status)).toEqual([200, 409, 200, 200, 200, 200, 404])
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    expect(texts.join('')).not.toContain('very-secret')
    expect(JSON.parse(texts[4] ?? '')).toMatchObject([{ id: '1', state: 'stopped' }])
    const journal = core.sessions.get('default').journal
    expect([core.defects, journal.find()]).toEqual([[], []])
  })

  test.each([
    [{ baseUrl: 'https://a.example/v2' }, '/body/kind'],
    [{ kind: 'contract' }, '/body/baseUrl'],
    [{ ...INPUT, kind: 'soak' }, '/body/kind'],
    [{ ...INPUT, apiKey: 7 }, '/body/apiKey'],
    [{ ...INPUT, maxMs: 900_001 }, '/body/maxMs'],
    [{ ...INPUT, mode: 'full' }, '/body/mode'],
  ])('%j is refused at %s', async (body, pointer) => {
    const { ask } = mockWith(heldRun().runner)
    const answer = await ask('POST', '/runs', body)
    expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ pointer }] }])
  })

  test('a mock that code has made says what to do', async () => {
    const fetch = createMockCore({}, nodePlatform).fetchFor('default')
    const answer = await fetch('/__admin/runs')
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('npx inboxes-mock')])
  })

  test('its progress is an event, and its report is none', async () => {
    const held = heldRun()
    const runs = createRuns(held.runner, now)
    const { fetch, tick } = tickedMock({}, 0, { runs })
    const ear = await listenTo(fetch)
    await runs.start(INPUT)
    held.tell({ step: 'reading', done: 1, all: 9, requests: 4 })
    held.tell({ step: 'reading', done: 1, all: 9, requests: 5 })
    tick()
    await held.end({ verdict: 'conforms' })
    tick()
    tick()
    const common = { id: '1', kind: 'contract', step: 'reading', done: 1, all: 9, requests: 5 }
    expect(await ear.events(2)).toMatchObject([
      { event: 'run', data: { ...common, state: 'running' } },
      { event: 'run', data: { ...common, state: 'done' } },
    ])
    expect(ear.text()).not.toContain('conforms')
    await ear.leave()
  })
})
