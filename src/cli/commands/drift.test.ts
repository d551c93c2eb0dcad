import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type StartOptions, startServer } from '../../../contract-tests/mutants/start-server.ts'
import { readCommand } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'
import { run } from '../run.ts'

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

const at = (name: string) => join(folder, name)
const jsonAt = (name: string) => JSON.parse(readFileSync(at(name), 'utf8'))

/** Runs the command in this process, against a server of the mutants in safe mode unless told otherwise. */
async function drift(args: readonly string[], which: StartOptions = {}) {
  server ??= await startServer({ ...which, key: 'special-key' })
  const written = { out: '', err: '' }
  const stream = (name: 'out' | 'err') => ({
    isTTY: false,
    write: (text: string) => {
      written[name] += text
      return true
    },
  })
  const terminal = { out: stream('out'), err: stream('err'), onSignal: () => {} } as unknown as Terminal
  const base = ['--base-url', server.url, '--api-key', 'special-key', '--mode', 'safe', '--depth', 'quick']
  const code = await run(readCommand(['drift', ...base, ...args], {}), terminal)
  return { code, ...written }
}

test('a server that follows the decisions is 0', async () => {
  const { code, out } = await drift([])
  expect(out).toMatch(/^0 differences in \d+ cases asked of both \(safe mode/)
  expect(code).toBe(0)
})

test('owned mode leaves neither users nor a clean-up log behind, also where the server does not answer', async () => {
  const owned = ['--mode', 'owned', '--journal', at('run.journal'), '--run-id', 'a']
  for (const args of [owned, [...owned, '--base-url', 'http://127.0.0.1:1/v2'], owned]) {
    const { code, err } = await drift(args)
    expect([code, err]).toEqual(args === owned ? [0, ''] : [2, expect.stringContaining('nothing listens')])
    expect(existsSync(at('run.journal'))).toBe(false)
  }
  expect((await fetch(`${server?.url}/user/Ct1xaAda`)).status).toBe(404)
})

/** Stands before the server, and refuses to delete one of the users that a run removes at its end. */
function refusingDeletion(req: IncomingMessage, res: ServerResponse): void {
  if (req.method === 'DELETE' && req.url?.endsWith('Guessed')) {
    res.writeHead(403).end()
    return
  }
  const target = `${server?.url}${req.url}`
  const forwarded = request(target, { method: req.method, headers: req.headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(res)
  })
  req.pipe(forwarded)
}

test('full mode says what it leaves behind before and after, and owned mode which log has the rest', async () => {
  const full = await drift(['--mode', 'full'])
  expect(full.err).toMatch(
    /^This run is in mode full: it changes pets.*\nThis run leaves behind what the API cannot remove/,
  )
  expect(full.out).toMatch(/Left behind, since the API cannot remove it:\n {2}a domain/)
  const front = createServer(refusingDeletion)
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
  const owned = ['--base-url', url, '--mode', 'owned', '--journal', at('run.journal')]
  const kept = await drift(owned)
  front.close()
  expect(kept.out).toMatch(
    /since the server did not delete it\. To try again: npx inboxes-mock contract cleanup .*run\.journal/,
  )
  expect(await drift(owned)).toMatchObject({ code: 2, err: expect.stringContaining('contract cleanup') })
})

test('a difference is 1; once adopted, it is 0', async () => {
  const first = await drift(['--adopt', at('p.json'), '--report', `json=${at('r.json')}`], {
    variant: 'forbidden-for-unauthorised',
  })
  expect(first.out).toContain('1  the server refuses a missing or wrong key with 403, the mock with 401')
  expect(first.out).toContain('adoptable')
  expect(first.code).toBe(1)
  const took = { median: expect.any(Number), sigma: expect.any(Number) }
  expect(jsonAt('p.json')).toEqual({ version: 1, key: { status: 403 }, latency: expect.any(Object) })
  expect(jsonAt('p.json').latency.getInventory).toEqual(took)
  const again = await drift(['--profile', at('p.json')])
  expect([again.code, again.out.split(' ')[0]]).toEqual([0, '0'])
  const [difference] = jsonAt('r.json').differences
  expect(difference).toMatchObject({ kind: 'open', adoptable: true, cases: expect.any(Number) })
})

test('new differences alone fail against an earlier run, and accepted ones are left out', async () => {
  await drift(['--report', `json=${at('r.json')}`], { variant: 'forbidden-for-unauthorised' })
  const still = await drift(['--against', at('r.json'), '--history', at('runs')])
  expect([still.code, still.out]).toEqual([0, expect.stringContaining('0 new, 0 gone, 1 still')])
  expect(readdirSync(at('runs'))).toHaveLength(1)
  const { id } = jsonAt('r.json').differences[0]
  writeFileSync(at('b.json'), JSON.stringify([{ id, owner: 'team', expires: '2999-12-31' }]))
  expect((await drift(['--baseline', at('b.json')])).code).toBe(0)
  writeFileSync(at('b.json'), JSON.stringify([{ id, owner: 'team', expires: '2000-12-31' }]))
  expect((await drift(['--baseline', at('b.json')])).code).toBe(1)
})

test.each([
  ['a server that is not there', ['--base-url', 'http://127.0.0.1:9/v2'], 'does not answer'],
  ['a wrong key', ['--api-key', 'wrong'], 'refuses the key'],
  ['an unknown flag', ['--adapt', 'x'], 'Did you mean --adopt'],
  ['a profile that is not there', ['--profile', '/nowhere/p.json'], 'Name a readable profile'],
  ['an earlier run that is none', ['--against', 'package.json'], 'is no JSON of an earlier run'],
])('%s is 2', async (_what, args, message) => {
  const { code, err } = await drift(args)
  expect([code, err]).toEqual([2, expect.stringContaining(message)])
})

test('a baseline that expires on no day is 2', async () => {
  writeFileSync(at('b.json'), JSON.stringify([{ id: 'x', owner: 'team', expires: '2030-99-99' }]))
  const { code, err } = await drift(['--baseline', at('b.json')])
  expect([code, err]).toEqual([2, expect.stringContaining('needs expires, a day such as 2030-12-31')])
})

test('--adopt replaces nothing but a profile', async () => {
  writeFileSync(at('notes.json'), '{"mine": true}')
  const { code, err } = await drift(['--adopt', at('notes.json')])
  expect([code, err]).toEqual([2, expect.stringContaining('replaces nothing but a profile')])
  expect(jsonAt('notes.json')).toEqual({ mine: true })
  expect(existsSync(at('p.json'))).toBe(false)
})

test('each format is written', async () => {
  const formats = ['text', 'json', 'html', 'junit', 'github', 'markdown']
  const flags = formats.flatMap((format) => ['--report', `${format}=${at(format)}`])
  await drift(flags, { variant: 'forbidden-for-unauthorised' })
  const statement = 'the server refuses a missing or wrong key with 403, the mock with 401'
  for (const format of formats) expect(readFileSync(at(format), 'utf8')).toContain(statement)
  const { asked, more } = jsonAt('json').cases
  const first = new RegExp(
    `1 difference in ${asked} cases asked of both \\(safe mode.*; about ${Number(more.cases.toPrecision(2))} more need --mode owned\\)`,
  )
  for (const format of formats.filter((one) => one !== 'json'))
    expect(readFileSync(at(format), 'utf8').replaceAll('\\', '')).toMatch(first)
})
