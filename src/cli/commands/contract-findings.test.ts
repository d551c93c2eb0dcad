import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { startServer } from '../../../contract-tests/mutants/start-server.ts'
import { findingId } from '../../contract/finding-id.ts'
import type { ContractReport } from '../../contract/report.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { BIN, type SpawnOptions, spawnCli } from '../process.test.support.ts'

let folder: string
const servers: { close: () => Promise<void> }[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
})
afterEach(async () => {
  await Promise.all(servers.splice(0).map(({ close }) => close()))
  rmSync(folder, { recursive: true, force: true })
})

async function contract(args: readonly string[], options: SpawnOptions = {}) {
  const { ended, written } = spawnCli(['contract', ...args], options)
  return { code: await ended, ...written }
}

async function serve(fault?: string): Promise<string> {
  const server = await startServer(fault === undefined ? {} : { fault })
  servers.push(server)
  return server.url
}

/** A quick run shows all that the command does. */
const KEY = ['--api-key', 'special-key', '--depth', 'quick']
const ONE = [...KEY, '--mode', 'safe', '--only', 'getInventory']

/** The report of a run, and what it printed. */
async function reportOn(args: readonly string[]) {
  const file = join(folder, 'report.json')
  const result = await contract([...args, '--report', `json=${file}`])
  return { ...result, report: JSON.parse(readFileSync(file, 'utf8')) as ContractReport }
}

const failuresOf = ({ findings }: ContractReport) => findings.filter(({ level }) => level === 'failure')

/** Runs a script as a user's shell or CI server would, in a project that has the package installed. */
async function shell(script: string, env: Readonly<Record<string, string>> = {}) {
  const bin = join(folder, 'node_modules/.bin')
  mkdirSync(bin, { recursive: true })
  symlinkSync(BIN, join(bin, 'inboxes-mock'))
  const { PATH = '' } = process.env
  const options = { cwd: folder, env: { PATH, HOME: folder, npm_config_offline: 'true', ...env } }
  const run = promisify(execFile)('bash', ['-ec', script], options)
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  )
}

test('the printed commands work when they are pasted: curl shows the difference, and replay finds it again', async () => {
  const url = await serve('inventory-without-key')
  const { code, out, report } = await reportOn(['--base-url', url, ...ONE])
  const [failure, ...others] = failuresOf(report)
  expect([code, others]).toEqual([1, []])
  expect(out).toMatch(
    /^FAILURE getInventory does not ask for a key \(\d+ ways tried: a wrong key, without a key, .*\): a wrong key received 200;/m,
  )
  const lines = out.split('\n').map((line) => line.trim())
  const printed = (name: string) =>
    lines
      .find((line) => line.startsWith(name))
      ?.slice(name.length)
      .trim() ?? ''
  expect(printed('see it')).toBe(failure?.curl)
  const env = { INBOXES_API_KEY: 'special-key' }
  expect(await shell(printed('see it'))).toMatchObject({ code: 0, stdout: expect.stringMatching(/^HTTP\/1.1 200 /) })
  rmSync(join(folder, 'node_modules'), { recursive: true })
  expect(await shell(printed('replay'), env)).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('FAILURE getInventory does not ask for a key'),
  })
}, 60_000)

test('a finding is gone only after its check ran again', async () => {
  const { report } = await reportOn(['--base-url', await serve('inventory-without-key'), ...ONE])
  const [{ id } = { id: '' }] = failuresOf(report)
  const url = await serve()
  const replay = (args: readonly string[], options?: SpawnOptions) => contract(['replay', id, ...args], options)
  expect(await replay(['--base-url', url, ...ONE])).toMatchObject({ code: 0, out: expect.stringContaining('is gone') })
  // A mode that only reads runs no check at an operation that writes.
  const ofDeletion = findingId('authentication', 'deletePet', '')
  expect(await contract(['replay', ofDeletion, '--base-url', url, ...ONE])).toMatchObject({
    code: 2,
    err: expect.stringContaining('did not run at deletePet'),
  })
  expect(await replay(ONE)).toMatchObject({ code: 2, err: expect.stringContaining('--base-url URL') })
  expect(await replay(['--base-url', url, '--api-key', 'wrong'])).toMatchObject({ code: 2 })
  expect(await replay(['--base-url', url, ...ONE, '--max-ms', '1'])).toMatchObject({ code: 2 })
  const unknown = await contract(['replay', 'status-0123456789', '--base-url', url, ...ONE])
  expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('No finding has the id status-0123456789') })
}, 60_000)

test('a server that keeps nothing gets one finding that says so', async () => {
  const log = join(folder, 'run.journal')
  const flags = ['--base-url', await serve('nothing-is-kept'), ...KEY, '--mode', 'owned', '--journal', log]
  const { out, report } = await reportOn(flags)
  const [failure, ...others] = failuresOf(report)
  expect(others).toEqual([])
  expect(failure?.check).toBe('memory')
  expect(failure?.message).toMatch(
    /^createUser does not keep what it was sent, nor does any other operation \(\d+ places: /,
  )
  expect(failure?.message).toMatch(/received nothing of \d+ acknowledged writes in \d+ readings since;/)
  expect(failure?.places.length).toBeGreaterThan(10)
  expect(out).toContain('1 failure.')
  expect((await contract(['replay', failure?.id ?? '', ...flags])).code).toBe(1)
  expect(existsSync(log)).toBe(false)
}, 60_000)

test('a report without a file is printed, and stands alone on standard output unless GitHub reads it', async () => {
  const url = await serve('inventory-without-key')
  const github = await contract(['--base-url', url, ...ONE, '--report', 'github'])
  expect(github.out).toMatch(/^::error title=getInventory%3A authentication at a wrong key::getInventory does not ask/m)
  expect(github.out).toContain('FAILURE getInventory')
  const json = await contract(['--base-url', url, ...ONE, '--report', 'json'])
  expect(failuresOf(JSON.parse(json.out))).toHaveLength(1)
  expect(json.err).toContain('FAILURE getInventory')
  const two = await contract(['--base-url', url, ...ONE, '--report', 'json', '--report', 'markdown'])
  expect(two).toMatchObject({ code: 2, err: expect.stringContaining('FORMAT=FILE for all formats but one') })
}, 60_000)

test('findings point to the document in the repository of the user', async () => {
  const document = join(folder, 'api/next one.yaml')
  mkdirSync(join(folder, 'api'))
  mkdirSync(join(folder, '.git'))
  writeFileSync(document, readFileSync(pathOf('openapi.yaml')))
  const args = ['--base-url', await serve('inventory-without-key'), ...ONE, '--document', document]
  const { out } = await contract([...args, '--report', 'github'])
  expect(out).toMatch(/^::error file=api\/next one\.yaml,line=\d+,title=/m)
  expect(out).toContain(`--document '${document}'`)
}, 60_000)

test('a baseline that is written accepts what fails, and the verdict says how much that is', async () => {
  const url = await serve('inventory-without-key')
  const file = join(folder, 'made/baseline.json')
  const owner = ['--baseline-owner', 'team-store', '--baseline-expires', '2999-12-31']
  const first = await contract(['--base-url', url, ...ONE, '--write-baseline', file, ...owner])
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('but for 1 accepted failure.') })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([
    {
      operation: 'getInventory',
      check: 'authentication',
      places: expect.arrayContaining(['without a key', 'an empty key']),
      owner: 'team-store',
      expires: '2999-12-31',
    },
  ])
  expect(await contract(['--base-url', url, ...ONE, '--baseline', file])).toMatchObject({ code: 0 })
  await contract(['--base-url', url, ...ONE, '--write-baseline', file])
  expect(readFileSync(file, 'utf8')).toContain('"owner": "team-store"')
  const stopped = await contract([
    '--base-url',
    url,
    ...ONE,
    '--write-baseline',
    join(folder, 'no.json'),
    '--max-ms',
    '1',
  ])
  expect(stopped.code).toBe(2)
}, 60_000)

test('a run that could not look at everything says how much it saw, and fails below the least coverage', async () => {
  const url = await serve()
  const few = await contract(['--base-url', url, ...ONE])
  expect(few).toMatchObject({
    code: 0,
    out: expect.stringMatching(/ has nothing wrong in \d+ of 139 cells of openapi\.yaml\./),
  })
  expect(await contract(['--base-url', url, ...ONE, '--min-coverage', '60%'])).toMatchObject({
    code: 1,
    out: expect.stringContaining('Expected at least 60 % of the 139 cells, as --min-coverage asks for'),
  })
  expect((await contract(['--base-url', url, ...ONE, '--min-coverage', '1'])).code).toBe(0)
}, 60_000)

test('safe mode tries the user and the orders that the reference names', async () => {
  const { report, code } = await reportOn(['--base-url', await serve(), ...KEY, '--mode', 'safe'])
  const covered = (operation: string) =>
    report.coverage.some((cell) => cell.operation === operation && cell.status === '200' && cell.state === 'covered')
  expect([covered('getUserByName'), covered('getOrderById')]).toEqual([true, true])
  expect(code).toBe(0)
}, 60_000)

test.each([
  ['while it runs', "setTimeout(() => { throw new TypeError('broken') }, 300)"],
  ['while it reports', "JSON.stringify = () => { throw new TypeError('broken') }"],
])(
  'a crash %s is no verdict about the server',
  async (_when, code) => {
    const preload = join(folder, 'preload.cjs')
    writeFileSync(preload, code)
    const peer = createServer(() => {})
    await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve))
    const { port } = peer.address() as AddressInfo
    const args = ['--base-url', `http://127.0.0.1:${port}/v2`, ...ONE, '--max-ms', '900', '--report', 'json']
    const { code: exit } = await contract(args, { node: ['--require', preload] })
    peer.closeAllConnections()
    peer.close()
    expect(exit).toBe(2)
  },
  20_000,
)

/** The workflows that the guide shows. */
const workflows = [...readFileSync(pathOf('docs/contract.md'), 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)].map(
  ([, text = '']) => parse(text) as Workflow,
)

interface Workflow {
  readonly jobs?: { readonly staging: { readonly steps: readonly { readonly run?: string }[] } }
  readonly contract?: {
    readonly script: readonly string[]
    readonly artifacts: { readonly reports: { junit: string } }
  }
}

test('the workflows of the guide are YAML, and their commands write what they say', async () => {
  const [github, gitlab] = workflows
  const steps = github?.jobs?.staging.steps.flatMap(({ run = '' }) => (run.includes('contract') ? [run] : [])) ?? []
  const lines = gitlab?.contract?.script.filter((line) => line.includes('contract')) ?? []
  expect([steps.length, lines.length]).toEqual([1, 1])
  const summary = join(folder, 'summary.md')
  const env = {
    STAGING_URL: await serve('inventory-without-key'),
    INBOXES_API_KEY: 'special-key',
    GITHUB_STEP_SUMMARY: summary,
  }
  const run = await shell(`${steps[0]} --mode safe --only getInventory`, env)
  expect(run).toMatchObject({ code: 1, stdout: expect.stringMatching(/^::error title=getInventory/m) })
  expect(readFileSync(summary, 'utf8')).toContain('### getInventory does not ask for a key')
  rmSync(join(folder, 'node_modules'), { recursive: true })
  expect(await shell(`${lines[0]} --mode safe --only getInventory`, env)).toMatchObject({ code: 1 })
  expect(readFileSync(join(folder, gitlab?.contract?.artifacts.reports.junit ?? ''), 'utf8')).toContain(
    '<failure message="getInventory does',
  )
  expect(readFileSync(join(folder, 'reports/contract.html'), 'utf8')).toContain('It does not conform')
}, 30_000)
