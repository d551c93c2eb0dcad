import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pathOf } from '../src/package-files.ts'

/** The page, and the ports that it names: the balancer's and those of the mocks. */
const PAGE = readFileSync(pathOf('docs/scaling.md'), 'utf8')
const PORTS = ['4010', '4011', '4012'] as const

const SESSIONS = Array.from({ length: 60 }, (_, index) => `checkout-${index}`)
const KEY = { api_key: 'special-key' }
const JSON_BODY = { 'Content-Type': 'application/json' }

const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
const running: ChildProcess[] = []
let balancer: string
let mocks: string[]

/** Does what the page says, on ports that are free. */
beforeAll(async () => {
  const free = await freePorts(PORTS.length)
  const onFreePorts = (text: string) =>
    text.replace(/\b401[012]\b/g, (port) => String(free[PORTS.indexOf(port as '4010')]))
  writeFileSync(join(folder, 'mocks.conf'), onFreePorts(blockOf('nginx')))
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(pathOf('dist/bundle/cli.cjs'), join(folder, 'node_modules/.bin/inboxes-mock'))
  ;[balancer = '', ...mocks] = free.map((port) => `http://127.0.0.1:${port}`)
  const commands = [...onFreePorts(blockOf('console')).matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command)
  expect(commands).toHaveLength(PORTS.length)
  for (const [index, url] of [...mocks, balancer].entries()) await untilReady(url, start(commands[index] ?? ''))
}, 60_000)

afterAll(() => {
  running.forEach(stop)
  rmSync(folder, { recursive: true, force: true })
})

const blockOf = (language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(PAGE)?.[1] ?? ''

/** Ports that nobody listens on, below those that the system gives to connections, which come and go. */
async function freePorts(count: number): Promise<number[]> {
  const free: number[] = []
  for (let port = 20_000 + (process.pid % 10_000); free.length < count; port++) if (await isFree(port)) free.push(port)
  return free
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().on('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** In a group of its own, so that what `npx` starts ends with it. Gives what it says of errors. */
function start(command: string): () => string {
  const child = spawn('sh', ['-c', command], { cwd: folder, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  running.push(child)
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  return () => errors
}

function stop({ pid, exitCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGKILL')
}

async function untilReady(url: string, errors: () => string): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const { ok } = await fetch(`${url}/__admin/ready`).catch(() => ({ ok: false }))
    if (ok) return
    await sleep(50)
  }
  throw new Error(`${url} does not answer: ${errors()}`)
}

/** The ways to name a session: what the URL and the headers are, for a path below the host. */
const WAYS = {
  header: (id: string, path: string) => [`${balancer}${path}`, { 'X-Mock-Session': id }] as const,
  cookie: (id: string, path: string) => [`${balancer}${path}`, { Cookie: `a=b; X-Mock-Session=${id}; c=d` }] as const,
  path: (id: string, path: string) => [`${balancer}/s/${id}${path}`, {}] as const,
}
type Way = keyof typeof WAYS
const EVERY_WAY = Object.keys(WAYS) as Way[]

function ask(way: Way, id: string, path: string, init: RequestInit = {}): Promise<Response> {
  const [url, headers] = WAYS[way](id, path)
  return fetch(url, { ...init, headers: { ...KEY, ...headers, ...(init.body ? JSON_BODY : {}) } })
}

async function livingOf(mock: string): Promise<string[]> {
  const sessions = (await (await fetch(`${mock}/__admin/sessions`)).json()) as { id: string }[]
  return sessions.map(({ id }) => id)
}

test('no session is split, however it is named, and both mocks have some', async () => {
  await Promise.all(SESSIONS.map(useOneSession))
  const [first = [], second = []] = await Promise.all(mocks.map(livingOf))
  const ours = (ids: readonly string[]) => ids.filter((id) => id.startsWith('checkout-'))
  expect([...ours(first), ...ours(second)].sort()).toEqual([...SESSIONS].sort())
  expect(Math.min(ours(first).length, ours(second).length)).toBeGreaterThan(10)
})

/** What is written in one way is read in each, beside all other sessions; the session's journal has it all. */
async function useOneSession(id: string): Promise<void> {
  for (const way of EVERY_WAY) {
    const body = JSON.stringify({ username: `${id} by ${way}` })
    expect((await ask(way, id, '/v2/user', { method: 'POST', body })).status).toBe(200)
    for (const other of EVERY_WAY)
      expect((await ask(other, id, `/v2/user/${encodeURIComponent(`${id} by ${way}`)}`)).status).toBe(200)
  }
  for (const way of EVERY_WAY) {
    const journal = await (await ask(way, id, '/__admin/requests')).json()
    expect(journal).toMatchObject({ requests: { length: EVERY_WAY.length * (1 + EVERY_WAY.length) } })
  }
}

test('the control plane finds the session that a path of it names', async () => {
  for (const id of SESSIONS.slice(0, 20)) {
    expect(await (await fetch(`${balancer}/__admin/sessions/${id}`)).json()).toMatchObject({ state: 'alive' })
    expect((await fetch(`${balancer}/s/other/__admin/sessions/${id}`, { method: 'DELETE' })).ok).toBe(true)
    expect((await ask('header', id, `/v2/user/${encodeURIComponent(`${id} by path`)}`)).status).toBe(404)
  }
})

test('requests without a session are all for one mock', async () => {
  const body = JSON.stringify({ username: 'ada' })
  await fetch(`${balancer}/v2/user`, { method: 'POST', headers: JSON_BODY, body })
  for (let round = 0; round < 10; round++) expect((await fetch(`${balancer}/v2/user/ada`)).status).toBe(200)
})

test("a large body, a bad id and a preflight are the mock's to answer", async () => {
  const large = JSON.stringify({ username: 'bob', firstName: 'x'.repeat(2_000_000) })
  expect((await ask('header', 'large', '/v2/user', { method: 'POST', body: large })).status).toBe(200)
  const larger = await ask('header', 'large', '/v2/user', { method: 'POST', body: 'x'.repeat(10 * 1024 * 1024 + 1) })
  const bad = await ask('header', 'no/id', '/v2/pet/1')
  for (const [response, status] of [
    [larger, 413],
    [bad, 400],
  ] as const)
    expect([response.status, response.headers.get('Content-Type')]).toEqual([
      status,
      expect.stringContaining('problem+json'),
    ])
  expect((await fetch(`${balancer}/v2/pet/1`, { method: 'OPTIONS' })).headers.get('Allow')).toBe(
    'GET, POST, DELETE, HEAD, OPTIONS',
  )
})

test('a mock that is down takes none of its sessions to the other', async () => {
  const [, second] = running
  const [, lost = []] = await Promise.all(mocks.map(livingOf))
  if (second) stop(second)
  while (await fetch(`${mocks[1]}/__admin/ready`).catch(() => false)) await sleep(10)
  const statuses = await Promise.all(SESSIONS.map(async (id) => [id, (await ask('header', id, '/v2/pet/1')).status]))
  expect(lost).not.toHaveLength(0)
  expect(statuses).toEqual(SESSIONS.map((id) => [id, lost.includes(id) ? 502 : 200]))
})
