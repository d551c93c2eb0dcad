import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createMock } from '../index.ts'
import { pathOf } from '../openapi/package-files.ts'
import { expectOutcomes, expectStrays, STRAYS, TESTS } from './outcomes.test.support.ts'
import { createProject, exampleFor, type Project, readResults } from './project.test.support.ts'

let project: Project
beforeAll(() => {
  project = createProject('jest', ['jest'])
})
afterAll(() => project.remove())

const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  pathOf('node_modules/jest/bin/jest.js'),
  // A busy machine is no reason to fail.
  '--config={"transform":{},"testTimeout":60000,"testMatch":["**/*.test.*"]}',
]

const jest = async (file: string, env?: Readonly<Record<string, string>>) => {
  const { code, err } = await project.node([...JEST, '--json', '--outputFile=results.json', file], env)
  return { code, err, results: readResults(project.read('results.json')) }
}

test.each([
  ['required', 'required.test.cjs', "const { useMock } = require('inboxes-mock/testing/jest')"],
  ['imported', 'imported.test.mjs', "import { useMock } from 'inboxes-mock/testing/jest'"],
])('useMock, %s, holds the tests of jest to the document', async (_how, file, line) => {
  project.write(file, `${line}\n${TESTS}`)
  const { code, err, results } = await jest(file)
  expectOutcomes(results, err)
  expect(code).toBe(1)
})

const REQUIRE = "const { useMock } = require('inboxes-mock/testing/jest')"

test('each test has an address of its own, and a request to another address fails it', async () => {
  project.write('strays.test.cjs', `${REQUIRE}\n${STRAYS}`)
  expectStrays((await jest('strays.test.cjs')).results, true)
})

test('so it does with a mock that runs already, which keeps its own state', async () => {
  const mock = createMock()
  const { url, close } = await mock.listen()
  project.write('strays.test.cjs', `${REQUIRE}\n${STRAYS}`)
  expectStrays((await jest('strays.test.cjs', { INBOXES_BASE_URL: url })).results, false)
  await close()
})

test('requests before the first test, and after the last one, fail too', async () => {
  project.write(
    'around.test.cjs',
    `${REQUIRE}
    const mock = useMock()
    const send = (url) => new Promise((resolve) => require('http').get(url, (reply) => reply.resume().on('end', resolve)))
    beforeAll(() => send(mock.url + '/store/order/1'))
    afterAll(() => new Promise((resolve) => setTimeout(resolve, 10)))
    test('one', () => {})
    test('two', () => {})`,
  )
  expect((await jest('around.test.cjs')).results).toMatchObject({
    one: { passed: false, message: expect.stringContaining('without a session') },
    two: { passed: true },
  })
  project.write(
    'late.test.cjs',
    `${REQUIRE}
    let mock
    const send = (url) => new Promise((resolve) => require('http').get(url, (reply) => reply.resume().on('end', resolve)))
    let plain
    afterAll(() => send(plain))
    mock = useMock()
    test('one', () => { plain = new URL('/v2/store/order/1', mock.url) })`,
  )
  const { code, err } = await jest('late.test.cjs')
  expect([code, err]).toEqual([1, expect.stringContaining('after the last test\n')])
})

test('useMock in a set-up file is for all files', async () => {
  project.write('set-up.cjs', `${REQUIRE}\nexports.mock = useMock()`)
  for (const name of ['a', 'b'])
    project.write(
      `${name}.test.cjs`,
      `const { mock } = require('./set-up.cjs')
      test('${name} changes its own state', async () => {
        const call = async (method) => (await fetch(mock.url + '/pet/1', { method, headers: { api_key: 'special-key' } })).status
        expect([await call('DELETE'), await call('GET')]).toEqual([200, 404])
        expect(await mock.session.journal.count()).toBe(2)
      })
      test('${name} asks against the document', () => fetch(mock.url + '/petz'))`,
    )
  const config = '{"transform":{},"testMatch":["**/[ab].test.cjs"],"setupFilesAfterEnv":["<rootDir>/set-up.cjs"]}'
  await project.node([...JEST.slice(0, -1), `--config=${config}`, '--json', '--outputFile=results.json'])
  expect(readResults(project.read('results.json'))).toMatchObject({
    'a changes its own state': { passed: true },
    'a asks against the document': { passed: false },
    'b changes its own state': { passed: true },
    'b asks against the document': { passed: false },
  })
})

test('tests that run at once are told apart by run, and refused without', async () => {
  project.write(
    'concurrent.test.cjs',
    `const { useMock } = require('inboxes-mock/testing/jest')
    const mock = useMock()
    const pet = (method) => fetch(mock.url + '/pet/1', { method, headers: { api_key: 'special-key' } })
    for (const name of ['a', 'b'])
      test.concurrent(name, () => mock.run(name, async (session) => {
        expect((await pet('DELETE')).status).toBe(200)
        expect((await pet('GET')).status).toBe(404)
        expect(await session.journal.count()).toBe(2)
      }))
    test.concurrent('c', () => mock.run('c', () => fetch(mock.url + '/petz')))
    test.concurrent('d', () => pet('GET'))
    test.concurrent('e', async () => void mock.session)
    describe('inside', () => void test.concurrent('f', async () => fetch('http://127.0.0.1:' + port + '/v2/pet/1')))
    let port
    beforeAll(() => { port = new URL(mock.url).port })
    test('alone', async () => expect((await pet('GET')).status).toBe(200))`,
  )
  const { results } = await jest('concurrent.test.cjs')
  expect(results).toMatchObject({ a: { passed: true }, b: { passed: true }, c: { passed: false } })
  expect(results.c?.message).toContain('GET /v2/petz was refused with 404')
  for (const name of ['d', 'e', 'f'])
    expect(results[name]?.message).toContain('Several tests run at once: wrap each in mock.run(')
  expect(results.alone).toEqual({ passed: true, message: '' })
})

test('fake timers do not stop the mock', async () => {
  project.write(
    'timers.test.cjs',
    `const { useMock } = require('inboxes-mock/testing/jest')
    const mock = useMock({ pack: 'empty', mock: { apiKeys: ['mine'] } })
    test('asks', async () => {
      jest.useFakeTimers()
      expect((await mock.session.state.get()).pets).toEqual([])
      expect((await fetch(mock.url + '/pet/findByTags?tags=a', { headers: { api_key: 'mine' } })).status).toBe(200)
    })`,
  )
  expect((await jest('timers.test.cjs')).results).toMatchObject({ asks: { passed: true, message: '' } })
})

test('the example for jest passes', async () => {
  project.write('example.test.mjs', exampleFor('jest'))
  expect(await jest('example.test.mjs')).toMatchObject({ code: 0 })
})

test('the example that requires the package passes in jest without flags or configuration', async () => {
  project.write('example.test.js', exampleFor('jest-require'))
  const bin = pathOf('node_modules/jest/bin/jest.js')
  expect(await project.node([bin, 'example.test.js'])).toMatchObject({ code: 0 })
})

test('the example for node:test passes', async () => {
  project.write('node-test.mjs', exampleFor('node-test'))
  expect(await project.node(['--test', 'node-test.mjs'])).toMatchObject({ code: 0 })
})

test('outside jest, useMock says where it works', async () => {
  const { code, err } = await project.node(['-e', "require('inboxes-mock/testing/jest').useMock()"])
  expect(code).toBe(1)
  expect(err).toContain('inboxes-mock/testing/jest works inside jest only.')
})
