import { once } from 'node:events'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { startServer } from '../../../contract-tests/mutants/start-server.ts'
import type { ContractReport } from '../../contract/report.ts'
import { type SpawnOptions, spawnCli } from '../process.test.support.ts'

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

/** A quick run shows all that the command does. */
const KEY = ['--api-key', 'special-key', '--mode', 'full', '--depth', 'quick']
const reportFile = () => join(folder, 'report.json')
const readReport = () => JSON.parse(readFileSync(reportFile(), 'utf8')) as ContractReport

test('a correct server is 0, and the summary says what was done', async () => {
  const { code, out } = await contract(['--base-url', await serve(), ...KEY])
  expect(out).toMatch(/ conforms to openapi\.yaml\.\n/)
  expect(out).toMatch(/\d+ requests in \d+ ms/)
  expect(code).toBe(0)
})

test('without a base URL, a mock in this process is checked', async () => {
  const { code, out } = await contract([])
  expect(out).toContain('conforms to openapi.yaml')
  expect(code).toBe(0)
})

/** It needs no second look, which takes time. */
const FAULT = 'pet-photos-missing-where-none'

test('a faulty server is 1, and each failure has its line, a curl and a replay', async () => {
  const url = await serve({ fault: FAULT })
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
  expect((await contract(['replay', 'nobody', '--base-url', url, ...KEY])).code).toBe(2)
})

test('a baseline accepts a failure for a while, and a stale entry fails', async () => {
  const url = await serve({ fault: FAULT })
  const flags = ['--base-url', url, ...KEY, '--only', 'getPetById']
  expect((await contract([...flags, '--report', `json=${reportFile()}`])).code).toBe(1)
  const failures = readReport().findings.filter(({ level }) => level === 'failure')
  const entries = failures
    .flatMap(({ places }) => places)
    .map(({ operation, check, place }) => ({ operation, check, place, owner: 'team', expires: '2999-12-31' }))
  const file = join(folder, 'baseline.json')
  writeFileSync(file, JSON.stringify(entries))
  expect((await contract([...flags, '--baseline', file])).code).toBe(0)
  writeFileSync(file, JSON.stringify([...entries, { ...entries[0], place: 'elsewhere' }]))
  expect((await contract([...flags, '--baseline', file])).code).toBe(1)
  expect((await contract([...flags, '--baseline', join(folder, 'absent.json')])).code).toBe(2)
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
  [['cleanup'], 'contract cleanup needs the file of a clean-up log. For example: inboxes-mock contract cleanup'],
  [['replay'], 'contract replay needs the id of a finding. For example: inboxes-mock contract replay'],
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
  expect(out).toContain('has nothing wrong in')
  const plan = await contract(['--mode', 'safe', '--plan'])
  expect(plan.out.split('\n').filter((line) => /^(POST|PUT|DELETE|PATCH) /.test(line))).toEqual([])
  expect(plan.out).toMatch(/^GET \/pet\/findByStatus/m)
})

/** Escapes of URLs and of JSON undone: servers read them as the characters that they stand for. */
const unescaped = (line: string) =>
  line.replace(/%([0-9a-f]{2})|\\u00([0-9a-f]{2})/gi, (_escape, inPath, inJson) =>
    String.fromCharCode(Number.parseInt(inPath ?? inJson, 16)),
  )

test('a plan of owned mode names the given server, writes only to its own names, and keeps no clean-up log', async () => {
  const cleanupLog = join(folder, 'run.journal')
  const plan = ['--base-url', 'https://staging.example/api', '--plan', '--mode', 'owned', '--journal', cleanupLog]
  const { code, out } = await contract(plan)
  const writes = out.split('\n').filter((line) => /^(POST|PUT|DELETE|PATCH) /.test(line))
  expect(writes.length).toBeGreaterThan(50)
  expect(writes.filter((line) => !/ct1x|\/562949953421313\b|"id":562949953421313/i.test(unescaped(line)))).toEqual([])
  expect(out).toMatch(
    /^POST https:\/\/staging\.example\/api\/user {2}application\/json \{"id":\d+,"username":"Ct1x\w+Ada"/m,
  )
  expect(existsSync(cleanupLog)).toBe(false)
  expect(code).toBe(0)
})

test('a server that switches protocols is no pass', async () => {
  const peer = createServer((socket) =>
    socket.on('error', () => {}).once('data', () => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n')),
  )
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve))
  const { port } = peer.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/v2`
  const { code, out } = await contract(['--base-url', url, '--api-key', 'wrong', '--max-ms', '2000'])
  peer.close()
  expect(out).not.toBe('')
  expect(code).toBeGreaterThan(0)
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s reaches a request that is never answered', async (signal) => {
  const peer = createServer((socket) => void socket.on('error', () => {}))
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve))
  const { port } = peer.address() as AddressInfo
  const asked = once(peer, 'connection')
  const url = `http://127.0.0.1:${port}/v2`
  const { child, ended, written } = spawnCli(['contract', '--base-url', url, ...KEY, '--timeout-ms', '2000000000'])
  await asked
  child.kill(signal)
  expect(await ended).toBe(2)
  expect(written.out).toContain('stopped before it was done')
  peer.close()
})

test('what was not looked at is no pass', async () => {
  const url = await serve()
  const late = await contract(['--base-url', url, ...KEY, '--max-ms', '1'])
  expect(late).toMatchObject({ code: 2, out: expect.stringContaining('Allow more by --max-ms') })
  const unknown = await contract(['--base-url', url, ...KEY, '--only', 'getPetByID'])
  expect(unknown).toMatchObject({ code: 2, out: expect.stringContaining('Did you mean --only getPetById?') })
  expect((await contract(['--base-url', url, ...KEY, '--only', 'nothing', '--plan'])).code).toBe(2)
})

test('advice is a failure with --strict alone', async () => {
  const url = await serve({ variant: 'repeated-query-refused' })
  const flags = ['--base-url', url, ...KEY, '--only', 'findPetsByStatus']
  expect(await contract(flags)).toMatchObject({ code: 0, out: expect.stringContaining('Advice') })
  expect(await contract([...flags, '--strict'])).toMatchObject({
    code: 1,
    out: expect.stringMatching(
      /^FAILURE findPetsByStatus lists too much .*\n {2}finding {3}findPetsByStatus: filters /m,
    ),
  })
})

test('a plan sends nothing to the server', async () => {
  const { code, out } = await contract(['--base-url', 'http://127.0.0.1:9/v2', '--plan'])
  expect(out).toMatch(/\d+ requests to http:\/\/127\.0\.0\.1:9\/v2 in mode owned; none was sent to it\.\n$/)
  expect(code).toBe(0)
})

const PREFIX = 'Ct1x'

/** The text of a file, or none if it is not there (the command tries at its start whether it can write it). */
function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** A run in owned mode that has created a user and is not yet done. */
async function startOwned(url: string, cleanupLog: string) {
  const run = spawnCli([
    'contract',
    '--base-url',
    url,
    ...KEY,
    '--mode',
    'owned',
    '--journal',
    cleanupLog,
    '--rate',
    '100/s',
  ])
  while (!textIn(cleanupLog).includes('"remove":"/user/')) {
    if (run.child.exitCode !== null) throw new Error(run.written.err)
    await sleep(5)
  }
  return run
}

/** The users of a clean-up log that are still on the server. */
async function usersLeft(url: string, lines: string): Promise<string[]> {
  const paths = [...lines.matchAll(/"remove":"(\/user\/[^"]+)"/g)].map(([, path = '']) => path)
  expect(paths.length).toBeGreaterThan(0)
  const found = await Promise.all(paths.map(async (path) => ((await fetch(`${url}${path}`)).ok ? path : '')))
  return found.filter(Boolean)
}

test('owned mode leaves neither users nor a clean-up log behind', async () => {
  const url = await serve()
  const cleanupLog = join(folder, 'run.journal')
  const { code } = await contract([
    '--base-url',
    url,
    ...KEY,
    '--mode',
    'owned',
    '--run-id',
    'a',
    '--journal',
    cleanupLog,
  ])
  expect(code).toBe(0)
  expect(existsSync(cleanupLog)).toBe(false)
  expect((await fetch(`${url}/user/${PREFIX}aAda2`)).status).toBe(404)
})

test('a link in place of the clean-up log is not followed', async () => {
  const cleanupLog = join(folder, 'run.journal')
  symlinkSync(join(folder, 'elsewhere'), cleanupLog)
  const { code, err } = await contract(['--base-url', 'http://127.0.0.1:1', '--mode', 'owned', '--journal', cleanupLog])
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('run.journal') })
  expect(existsSync(join(folder, 'elsewhere'))).toBe(false)
})

test('SIGINT ends a run in owned mode, and what it has created goes with it', async () => {
  const url = await serve()
  const cleanupLog = join(folder, 'run.journal')
  const { child, ended, written } = await startOwned(url, cleanupLog)
  const lines = readFileSync(cleanupLog, 'utf8')
  child.kill('SIGINT')
  expect(await ended).toBe(2)
  expect(written.out).toContain('stopped before it was done')
  expect(await usersLeft(url, lines)).toEqual([])
  expect(existsSync(cleanupLog)).toBe(false)
})

test('the clean-up log of a killed run names the server, and cleanup removes its records', async () => {
  const url = await serve()
  const cleanupLog = join(folder, 'run.journal')
  const { child, ended } = await startOwned(url, cleanupLog)
  while ((await usersLeft(url, readFileSync(cleanupLog, 'utf8'))).length === 0) await sleep(5)
  child.kill('SIGKILL')
  await ended
  const lines = readFileSync(cleanupLog, 'utf8')
  appendFileSync(cleanupLog, '{"remove":"/us')
  const again = await contract(['--base-url', url, ...KEY, '--mode', 'owned', '--journal', cleanupLog])
  expect(again).toMatchObject({ code: 2, err: expect.stringContaining(`contract cleanup ${cleanupLog}`) })
  const { code, out } = await contract(['cleanup', cleanupLog])
  expect(out).toMatch(/removed \/user\/Ct1x/)
  expect(code).toBe(0)
  expect(await usersLeft(url, lines)).toEqual([])
  expect((await contract(['cleanup', cleanupLog])).code).toBe(2)
})

test.each([
  ['nothing', ''],
  ['settings', '{"name":"my-project"}\n'],
  ['a text', 'Notes of today\n'],
  ['lists of another make', '{"target":"https://staging.example/v2"}\nnull\n'],
  ['records that no run creates', '{"target":"https://staging.example/v2"}\n{"remove":"/pet/1"}\n'],
])('cleanup leaves a file with %s as it is, and owned mode does not send anybody to it', async (_what, text) => {
  const file = join(folder, 'mine')
  writeFileSync(file, text)
  const { code, out, err } = await contract(['cleanup', file, '--base-url', 'http://127.0.0.1:1/v2'])
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/mine(, line 2)? is .*Name the clean-up log that the run wrote\.\n$/)
  expect(readFileSync(file, 'utf8')).toBe(text)
  const run = await contract(['--base-url', 'http://127.0.0.1:1/v2', '--mode', 'owned', '--journal', file])
  expect([run.code, run.err]).toEqual([2, expect.stringContaining('is there already, and is no clean-up log')])
})

test('owned mode says what it would leave behind before it does, and does so only when it may', async () => {
  const url = await serve()
  const cleanupLog = join(folder, 'run.journal')
  const owned = ['--base-url', url, ...KEY, '--mode', 'owned', '--journal', cleanupLog]
  const careful = await contract([...owned, '--report', `json=${reportFile()}`])
  expect(careful.err).toBe('')
  expect(readReport()).toMatchObject({
    leftovers: [],
    skipped: expect.arrayContaining([expect.stringContaining('--allow-leftovers')]),
  })
  const { code, err, out } = await contract([...owned, '--allow-leftovers'])
  expect(err).toMatch(/^This run leaves behind what the API cannot remove: domains \(ct1x\w+one\.example/)
  expect(out).toMatch(/a domain \(\{"name":"ct1x\w+one\.example"\}\)/)
  expect(code).toBe(0)
})

test('users of another run with the same seed are not touched', async () => {
  const url = await serve()
  const headers = { 'Content-Type': 'application/json' }
  await fetch(`${url}/user`, { method: 'POST', headers, body: `{"username":"${PREFIX}aAda","firstName":"Eve"}` })
  const cleanupLog = join(folder, 'run.journal')
  const owned = ['--base-url', url, ...KEY, '--mode', 'owned', '--journal', cleanupLog]
  expect(await contract([...owned, '--run-id', 'a'])).toMatchObject({
    code: 2,
    out: expect.stringContaining('choose another --run-id'),
  })
  expect(await (await fetch(`${url}/user/${PREFIX}aAda`)).json()).toMatchObject({ firstName: 'Eve' })
  expect((await contract(owned)).code).toBe(0)
  expect(await (await fetch(`${url}/user/${PREFIX}aAda`)).json()).toMatchObject({ firstName: 'Eve' })
  expect((await contract([...owned, '--seed', '2'])).code).toBe(0)
})
