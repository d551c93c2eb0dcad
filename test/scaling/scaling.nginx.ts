import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Balanced, startBalanced } from './balanced.ts'

const SESSIONS = Array.from({ length: 60 }, (_, index) => `checkout-${index}`)
const KEY = { api_key: 'special-key' }
const JSON_BODY = { 'Content-Type': 'application/json' }

let running: Balanced
let balancer: string

beforeAll(async () => {
  running = await startBalanced()
  balancer = `http://127.0.0.1:${running.port}`
}, 60_000)
afterAll(() => running?.stop())

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

async function livingOf(mock: number): Promise<string[]> {
  const sessions = (await (await fetch(`http://127.0.0.1:${mock}/__admin/sessions`)).json()) as { id: string }[]
  return sessions.map(({ id }) => id)
}

test('no session is split, however it is named, and both mocks have some', async () => {
  await Promise.all(SESSIONS.map(useOneSession))
  const [first = [], second = []] = await Promise.all(running.mocks.map(livingOf))
  const ours = (ids: readonly string[]) => ids.filter((id) => id.startsWith('checkout-'))
  expect([...ours(first), ...ours(second)].sort()).toEqual([...SESSIONS].sort())
  expect(Math.min(ours(first).length, ours(second).length)).toBeGreaterThan(10)
})

/** Writes by one way of naming a session and reads by each. The session's journal must have all requests. */
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
  const [mock = 0] = running.mocks
  const lost = await livingOf(mock)
  running.kill(mock)
  while (await fetch(`http://127.0.0.1:${mock}/__admin/ready`).catch(() => false)) await sleep(10)
  const statuses = await Promise.all(SESSIONS.map(async (id) => [id, (await ask('header', id, '/v2/pet/1')).status]))
  expect(lost).not.toHaveLength(0)
  expect(statuses).toEqual(SESSIONS.map((id) => [id, lost.includes(id) ? 502 : 200]))
})
