import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pathOf } from '../openapi/package-files.ts'
import { expectOutcomes, TESTS } from './outcomes.test.support.ts'
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
  '--config={"transform":{},"testMatch":["**/*.test.*"]}',
]

const jest = async (file: string) => {
  const { code, err } = await project.node([...JEST, '--json', '--outputFile=results.json', file])
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

test('tests that run at once are told apart by run', async () => {
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
    test.concurrent('c', () => mock.run('c', () => fetch(mock.url + '/petz')))`,
  )
  const { results } = await jest('concurrent.test.cjs')
  expect(results).toMatchObject({ a: { passed: true }, b: { passed: true }, c: { passed: false } })
  expect(results.c?.message).toContain('GET /v2/petz was refused with 404')
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

test('outside jest, useMock says where it works', async () => {
  const { code, err } = await project.node(['-e', "require('inboxes-mock/testing/jest').useMock()"])
  expect(code).toBe(1)
  expect(err).toContain('inboxes-mock/testing/jest works inside jest only.')
})
