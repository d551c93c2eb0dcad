import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { playwrightResults } from '../../src/testing/playwright.test.support.ts'
import { exampleFor, type Results, readResults } from '../../src/testing/project.test.support.ts'
import { type Ended, installProject, type Packed, packPackage, runWith } from './packed.ts'

const SOME_MINUTES = 600_000

let packed: Packed
let project: string
beforeAll(async () => {
  packed = await packPackage()
  project = await installProject(packed, 'runners')
}, SOME_MINUTES)
afterAll(() => packed?.remove())

const NODE_FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']

/** Runs node in the project; with `exec`, below `inboxes-mock exec`, so that one mock runs before all tests. */
const node = (isExec: boolean, ...args: readonly string[]): Promise<Ended> => {
  const exec = isExec
    ? ['node_modules/inboxes-mock/dist/bundle/cli.cjs', 'exec', '--quiet', '--', process.execPath]
    : []
  return runWith(
    { cwd: project, env: { NO_COLOR: '1', NODE_OPTIONS: undefined, JEST_WORKER_ID: undefined } },
    process.execPath,
    ...exec,
    ...args,
  )
}

const read = (file: string) => readFileSync(join(project, file), 'utf8')

interface Run {
  readonly results: Results
  readonly printed: string
}

async function runJest(isExec: boolean): Promise<Run> {
  const config = '--config={"transform":{},"testTimeout":60000,"rootDir":"jest","testMatch":["**/*.test.*"]}'
  const output = ['--json', `--outputFile=${join(project, 'jest.json')}`]
  const { err } = await node(isExec, ...NODE_FLAGS, 'node_modules/jest/bin/jest.js', config, ...output)
  return { results: readResults(read('jest.json')), printed: err }
}

async function runVitest(isExec: boolean): Promise<Run> {
  const reporters = ['--reporter=json', '--reporter=default', '--outputFile.json=vitest.json']
  const patient = ['--testTimeout=60000', '--hookTimeout=60000']
  const { err } = await node(isExec, 'node_modules/vitest/vitest.mjs', 'run', '--dir=vitest', ...patient, ...reporters)
  return { results: readResults(read('vitest.json')), printed: err }
}

async function runPlaywright(isExec: boolean): Promise<Run> {
  await node(isExec, 'node_modules/@playwright/test/cli.js', 'test', '-c', 'playwright')
  return playwrightResults(read('playwright.json'))
}

/** The expected message of each test that `guarantees.cjs` defines, by its title without the client; undefined if it passes. */
const MESSAGES: Readonly<Record<string, RegExp | undefined>> = {
  'changes its own state': undefined,
  'does not see what another test changed': undefined,
  'asks against the document': /\/v2\/pet\/findByStatus\?status=availible was refused with 400/,
  'meets its fault': undefined,
  'does not meet its fault': /Fault fault-1 \(status\) was met by no request/,
  'fails by itself': /418/,
  'asks at the address of the mock': /1 request came without a session, [^\n]*: GET \/v2\/pet\/1\. Use mock\.url/,
  'asks at the address of an earlier test':
    /1 request came to the session of "[^"]* changes its own state", which had ended/,
}

const CONCURRENT: typeof MESSAGES = {
  'runs beside others': undefined,
  'asks against the document beside others': /GET \/v2\/petz was refused with 404/,
  'runs beside others without run': /Several tests run at once: wrap each in mock\.run\(/,
}

const CLIENTS = ['fetch', 'axios', 'got', 'undici', 'node:http']
const IN_JSDOM = ['XMLHttpRequest in jsdom', 'node:http in jsdom']

const RUNNERS = [
  { runner: 'jest', runTests: runJest, clients: [...CLIENTS, ...IN_JSDOM, 'axios in jsdom'], concurrent: CLIENTS },
  { runner: 'vitest', runTests: runVitest, clients: [...CLIENTS, ...IN_JSDOM], concurrent: CLIENTS },
  { runner: 'Playwright', runTests: runPlaywright, clients: CLIENTS, concurrent: [] },
].flatMap((row) => [
  { ...row, how: 'with mocks of their own', isExec: false },
  { ...row, how: 'with one mock of exec', isExec: true },
])

describe.each(RUNNERS)('$runner, $how', ({ runner, runTests, clients, concurrent, isExec }) => {
  let run: Run
  beforeAll(async () => {
    run = await runTests(isExec)
  }, SOME_MINUTES)

  /** The global `fetch` is patched in jest and vitest, so that it has a session at every address of the mock. */
  const isPatched = (client: string, title: string) =>
    client === 'fetch' && runner !== 'Playwright' && title === 'asks at the address of the mock'

  const rows = [
    ...clients.flatMap((client) =>
      Object.entries(MESSAGES).map(([title, message]) => [client, title, message] as const),
    ),
    ...concurrent.flatMap((client) =>
      Object.entries(CONCURRENT).map(([title, message]) => [client, title, message] as const),
    ),
  ]
  test.each(rows)('%s %s', (client, title, expected) => {
    const message = isPatched(client, title) ? undefined : expected
    const name = `${client} ${title}`
    expect({ name, ...run.results[name] }).toEqual({
      name,
      passed: message === undefined,
      message: message ? expect.stringMatching(message) : '',
    })
    if (!title.endsWith('without run'))
      expect(run.printed.includes(`what "${name}" asked for:`)).toBe(message !== undefined)
  })

  test('no other test ran', () => {
    expect(Object.keys(run.results)).toHaveLength(rows.length)
  })
})

test('the example for mocha passes', async () => {
  writeFileSync(join(project, 'mocha.cjs'), exampleFor('mocha'))
  expect(await node(false, 'node_modules/mocha/bin/mocha.js', 'mocha.cjs')).toMatchObject({ code: 0 })
})

test('in mocha, a request against the document fails the test', async () => {
  const wrong = exampleFor('mocha').replace('/pet/1', '/petz').replace('assert.equal(status, 200)', '')
  writeFileSync(join(project, 'wrong.cjs'), wrong.replace(/await session\.expectRequests.*/, ''))
  const { code, out } = await node(false, 'node_modules/mocha/bin/mocha.js', 'wrong.cjs')
  expect([code, out]).toEqual([1, expect.stringContaining('DELETE /v2/petz was refused with 404')])
})

describe('openapi-fetch', () => {
  const tsc = [
    'node_modules/typescript/bin/tsc',
    '--ignoreConfig',
    '--strict',
    '--skipLibCheck',
    'false',
    '--types',
    'node',
  ]
  const compile = (file: string) =>
    node(false, ...tsc, '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom', file)

  test('is typed for all 19 operations', async () => {
    expect(await compile('typed/calls.mts')).toEqual({ code: 0, out: '', err: '' })
    expect(await node(false, 'typed/calls.mjs')).toEqual({ code: 0, out: '19 operations\n', err: '' })
  })

  test('is used as the example shows', async () => {
    writeFileSync(join(project, 'example.mts'), exampleFor('openapi-fetch', 'ts'))
    expect(await compile('example.mts')).toEqual({ code: 0, out: '', err: '' })
    expect(await node(false, 'example.mjs')).toEqual({ code: 0, out: '', err: '' })
  })
})
