import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { startServer } from '../../contract-tests/faulty/start-server.ts'
import type { ContractReport } from '../contract/report.ts'
import { type SpawnOptions, spawnCli } from './process.test.support.ts'

let folder: string
let server: Awaited<ReturnType<typeof startServer>> | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
})
afterEach(async () => {
  await server?.close()
  server = undefined
  rmSync(folder, { recursive: true, force: true })
})

async function contract(args: readonly string[], options: SpawnOptions = {}) {
  const { ended, written } = spawnCli(['contract', ...args], options)
  return { code: await ended, ...written }
}

async function serve(options: Parameters<typeof startServer>[0] = {}): Promise<string> {
  server = await startServer(options)
  return server.url
}

const KEY = ['--api-key', 'special-key']
const reportFile = () => join(folder, 'report.json')
const readReport = () => JSON.parse(readFileSync(reportFile(), 'utf8')) as ContractReport

test('a correct server is 0, and the summary says what was done', async () => {
  const { code, out } = await contract(['--base-url', await serve(), ...KEY])
  expect(out).toMatch(/ conforms to openapi\.yaml\.\n/)
  expect(out).toMatch(/\d+ requests in \d+ ms/)
  expect(code).toBe(0)
})

test('a mock of this process is checked where no server is named', async () => {
  const { code, out } = await contract([])
  expect(out).toContain('conforms to openapi.yaml')
  expect(code).toBe(0)
})

test('a faulty server is 1, and each failure has its line, a curl and a replay', async () => {
  const url = await serve({ fault: 'pet-id-is-text' })
  const { code, out } = await contract(['--base-url', url, ...KEY, '--report', `json=${reportFile()}`])
  expect(code).toBe(1)
  const [failure] = readReport().findings.filter(({ level }) => level === 'failure')
  expect(out).toContain(`(${failure?.id})`)
  expect(failure).toMatchObject({
    line: expect.any(Number),
    curl: expect.stringContaining('curl'),
    replay: expect.stringContaining('contract replay'),
  })
  expect((await contract(['replay', failure?.id ?? '', '--base-url', url, ...KEY])).code).toBe(1)
  expect((await contract(['replay', 'nobody', '--base-url', url, ...KEY])).code).toBe(0)
})

test('a baseline accepts a failure for a while, and a stale entry fails', async () => {
  const url = await serve({ fault: 'pet-id-is-text' })
  const aim = ['--base-url', url, ...KEY, '--only', 'getPetById']
  expect((await contract([...aim, '--report', `json=${reportFile()}`])).code).toBe(1)
  const failures = readReport().findings.filter(({ level }) => level === 'failure')
  const entries = failures.map(({ operation, check, place }) => ({
    operation,
    check,
    place,
    owner: 'team',
    expires: '2999-12-31',
  }))
  const file = join(folder, 'baseline.json')
  writeFileSync(file, JSON.stringify(entries))
  expect((await contract([...aim, '--baseline', file])).code).toBe(0)
  writeFileSync(file, JSON.stringify([...entries, { ...entries[0], place: 'elsewhere' }]))
  expect((await contract([...aim, '--baseline', file])).code).toBe(1)
  expect((await contract([...aim, '--baseline', join(folder, 'absent.json')])).code).toBe(2)
})

test('the key is in no output and no report', async () => {
  const key = 'a-very-secret-key'
  const url = await serve({ fault: 'key-in-query-accepted', key })
  const { code, out, err } = await contract(['--base-url', url, '--report', `json=${reportFile()}`], {
    env: { INBOXES_API_KEY: key },
  })
  expect(code).toBe(1)
  expect(out + err + readFileSync(reportFile(), 'utf8')).not.toContain(key)
})

test.each([
  ['a server that is not there', async () => ['--base-url', 'http://127.0.0.1:9/v2', ...KEY], 'does not answer'],
  [
    'a wrong base path',
    async () => ['--base-url', (await serve()).replace('/v2', '/v3'), ...KEY],
    'base path is wrong',
  ],
  ['a key that is refused', async () => ['--base-url', await serve(), '--api-key', 'wrong'], 'refuses the key'],
  ['no key at all', async () => ['--base-url', await serve()], 'asks for a key'],
])('%s is 2 and says so', async (_what, args, message) => {
  const { code, out } = await contract(await args())
  expect(out).toContain(message)
  expect(code).toBe(2)
})

test.each([
  [['--mode', 'reckless'], '--mode must be one of safe, owned, full'],
  [['--report', 'pdf=x'], '--report must be FORMAT=FILE'],
  [['--base-url', 'staging'], '--base-url must be an http or https URL'],
  [['--modes'], 'Did you mean --mode?'],
  [['cleanup'], 'contract cleanup needs a journal.'],
])('%j is a usage error', async (args, message) => {
  const { code, err } = await contract(args)
  expect(err).toContain(message)
  expect(code).toBe(2)
})

test('safe mode sends nothing that writes', async () => {
  const { code, out } = await contract([
    '--base-url',
    await serve(),
    ...KEY,
    '--mode',
    'safe',
    '--report',
    `json=${reportFile()}`,
  ])
  expect(code).toBe(0)
  expect(out).toContain('conforms')
  const plan = await contract(['--mode', 'safe', '--plan'])
  expect(plan.out.split('\n').filter((line) => /^(POST|PUT|DELETE|PATCH) /.test(line))).toEqual([])
  expect(plan.out).toMatch(/GET \/v2\/pet\/findByStatus/)
})

test('a plan sends nothing to the server', async () => {
  const { code, out } = await contract(['--base-url', 'http://127.0.0.1:9/v2', '--plan'])
  expect(out).toMatch(/\d+ requests to http:\/\/127\.0\.0\.1:9\/v2 in mode full; none was sent to it\.\n$/)
  expect(code).toBe(0)
})

test('owned mode leaves no journal behind, and a crash leaves one that can be cleaned up', async () => {
  const url = await serve()
  const journal = join(folder, 'run.journal')
  const { code } = await contract(['--base-url', url, ...KEY, '--mode', 'owned', '--journal', journal])
  expect(code).toBe(0)
  expect(existsSync(journal)).toBe(false)
  await fetch(`${url}/user`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"username":"Ct1xleft"}',
  })
  writeFileSync(journal, '{"remove":"/user/Ct1xleft"}\n{"remove":"/us')
  expect(await contract(['cleanup', journal, '--base-url', url])).toMatchObject({
    code: 0,
    out: expect.stringContaining('removed /user/Ct1xleft'),
  })
  expect((await fetch(`${url}/user/Ct1xleft`)).status).toBe(404)
  expect((await contract(['cleanup', journal, '--base-url', url])).code).toBe(2)
})
