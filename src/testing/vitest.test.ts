import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createMock } from '../index.ts'
import { pathOf } from '../openapi/package-files.ts'
import { expectOutcomes, expectStrays, STRAYS, TESTS } from './outcomes.test.support.ts'
import { createProject, exampleFor, type Project, readResults } from './project.test.support.ts'

let project: Project
beforeAll(() => {
  project = createProject('vitest', ['vitest'])
})
afterAll(() => project.remove())

const IMPORTS = `import { afterEach, expect, test, vi } from 'vitest'
import { useMock } from 'inboxes-mock/testing/vitest'
`

/** A busy machine is no reason to fail. */
const PATIENT = ['--testTimeout=60000', '--hookTimeout=60000']

const vitest = async (file: string, env?: Readonly<Record<string, string>>) => {
  const reporters = ['--reporter=json', '--reporter=default', '--outputFile.json=results.json']
  const { code, err } = await project.node(
    [pathOf('node_modules/vitest/vitest.mjs'), 'run', ...PATIENT, ...reporters, file],
    env,
  )
  return { code, err, results: readResults(project.read('results.json')) }
}

test('useMock holds the tests of vitest to the document', async () => {
  project.write('outcomes.test.mjs', IMPORTS + TESTS)
  const { code, err, results } = await vitest('outcomes.test.mjs')
  expectOutcomes(results, err)
  expect(code).toBe(1)
})

test('each test has an address of its own, and a request to another address fails it', async () => {
  project.write('strays.test.mjs', IMPORTS + STRAYS)
  expectStrays((await vitest('strays.test.mjs')).results, true)
})

test('so it does with a mock that runs already, which keeps its own state', async () => {
  const mock = createMock()
  const { url, close } = await mock.listen()
  project.write('strays.test.mjs', IMPORTS + STRAYS)
  expectStrays((await vitest('strays.test.mjs', { INBOXES_BASE_URL: url })).results, false)
  await close()
})

test('tests that run at once are told apart by run, and refused without', async () => {
  project.write(
    'concurrent.test.mjs',
    `${IMPORTS}
    const mock = useMock()
    const pet = (method) => fetch(mock.url + '/pet/1', { method, headers: { api_key: 'special-key' } })
    for (const name of ['a', 'b'])
      test.concurrent(name, () => mock.run(name, async (session) => {
        expect((await pet('DELETE')).status).toBe(200)
        expect((await pet('GET')).status).toBe(404)
        expect(await session.journal.count()).toBe(2)
      }))
    test.concurrent('c', () => mock.run('c', () => fetch(mock.url + '/petz')))
    test.concurrent('d', () => pet('GET'))`,
  )
  const { results } = await vitest('concurrent.test.mjs')
  expect(results).toMatchObject({
    a: { passed: true },
    b: { passed: true },
    c: { passed: false },
    d: { passed: false },
  })
  expect(results.c?.message).toContain('GET /v2/petz was refused with 404')
  expect(results.d?.message).toContain('Several tests run at once: wrap each in mock.run(')
})

test('fake timers do not stop the mock', async () => {
  project.write(
    'timers.test.mjs',
    `${IMPORTS}
    const mock = useMock({ pack: 'empty', mock: { apiKeys: ['mine'] } })
    test('asks', async () => {
      vi.useFakeTimers()
      expect((await mock.session.state.get()).pets).toEqual([])
      expect((await fetch(mock.url + '/pet/findByTags?tags=a', { headers: { api_key: 'mine' } })).status).toBe(200)
    })`,
  )
  expect((await vitest('timers.test.mjs')).results).toMatchObject({ asks: { passed: true, message: '' } })
})

test('the example for vitest passes', async () => {
  project.write('example.test.mjs', exampleFor('vitest'))
  expect(await vitest('example.test.mjs')).toMatchObject({ code: 0 })
})
