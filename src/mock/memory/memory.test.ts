import { expect, test } from '@jest/globals'
import { createMock } from '../../index.ts'

const MB = 1024 * 1024
const HEADERS = { 'Content-Type': 'application/json', api_key: 'special-key' }

const start = (memoryMb: number) => createMock({ memoryMb })
type Mock = ReturnType<typeof start>

/** Sends a pet of about so many bytes. */
const put = (mock: Mock, session: string, id: number, bytes: number) =>
  mock.fetch('/v2/domain', {
    method: 'PUT',
    headers: { ...HEADERS, 'X-Mock-Session': session },
    body: JSON.stringify({ id, name: 'x'.repeat(bytes), photoUrls: [] }),
  })

const held = (mock: Mock) => mock.sessions.ids().reduce((sum, id) => sum + mock.session(id).held.recount(), 0)

const STEPS = Array.from({ length: 40 }, (_none, index) => index)

test('sessions of large requests stay within one budget, the latest one whole', async () => {
  const mock = start(8)
  for (const step of STEPS) {
    expect((await put(mock, `s${step}`, 1, MB)).status).toBe(200)
    expect(held(mock)).toBeLessThan(9 * MB)
  }
  expect(mock.sessions.standing('s0')).toEqual({ state: 'evicted', reason: 'cap' })
  expect(mock.session('s39').store.pets.get(1)?.name).toHaveLength(MB)
})

test('journals are forgotten before sessions end, and say so', async () => {
  const mock = start(8)
  await put(mock, 'first', 1, 10)
  for (const step of STEPS) await mock.fetch(`/v2/pet/1?x=${step}${'x'.repeat(MB)}`, { headers: HEADERS })
  expect(mock.sessions.standing('first')).toEqual({ state: 'alive' })
  expect(mock.session('first').store.pets.get(1)?.name).toHaveLength(10)
  const { forgotten } = mock.session('first').journal
  expect(forgotten).toBe(1)
  expect(mock.journal.forgotten + mock.journal.find().length).toBe(STEPS.length)
  expect(held(mock)).toBeLessThan(9 * MB)
})

test('records that were replaced do not count', async () => {
  const mock = start(8)
  for (const _step of STEPS) expect((await put(mock, 'default', 1, MB)).status).toBe(200)
})

test('a state that alone would be larger than the budget is refused with what to do, and stays as it is', async () => {
  const mock = start(8)
  const statuses: number[] = []
  for (const id of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) statuses.push((await put(mock, 'default', id, MB)).status)
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(5)
  expect(statuses.at(-1)).toBe(413)
  expect(mock.store.pets.get(10)?.name.length).toBeLessThan(100)
  const refused = JSON.parse(await (await put(mock, 'default', 10, MB)).text())
  expect(refused.detail).toMatch(/^This needs 2 MB of memory, \d MB of 8 are in use\. .*--memory-mb\.$/)
  const admin = (method: string, path: string, body?: string) =>
    mock.fetch(`/__admin/${path}`, { method, headers: HEADERS, ...(body !== undefined && { body }) })
  const pets = Array.from({ length: 8 }, (_none, id) => ({ id, name: 'y'.repeat(MB), photoUrls: [] }))
  expect((await admin('PUT', 'state', JSON.stringify({ pets }))).status).toBe(413)
  expect((await admin('PUT', 'state/pets', JSON.stringify(pets))).status).toBe(413)
  expect((await mock.fetch('/__admin/reset', { method: 'POST' })).status).toBe(200)
  expect((await put(mock, 'default', 10, MB)).status).toBe(200)
})

test('snapshots count with what they alone remember, and are refused when there is no room', async () => {
  const mock = start(8)
  const take = (name: string) => mock.fetch(`/__admin/snapshots/${name}`, { method: 'POST' })
  for (const step of STEPS) expect((await take(`same${step}`)).status).toBe(200)
  const statuses: number[] = []
  for (const step of STEPS) {
    statuses.push((await put(mock, 'default', 1, MB)).status)
    await take(`s${step}`)
  }
  expect(statuses.slice(0, 5)).toEqual([200, 200, 200, 200, 200])
  expect(statuses.at(-1)).toBe(413)
  mock.snapshots.clear()
  expect((await put(mock, 'default', 1, MB)).status).toBe(200)
})

test('a session holds up to 1,000 faults', async () => {
  const mock = start(8)
  const add = () =>
    mock.fetch('/__admin/faults', { method: 'POST', headers: HEADERS, body: '{"steps":[{"kind":"none"}]}' })
  for (let count = 0; count < 1_000; count++) mock.faults.add({ steps: [{ kind: 'none' }] })
  expect((await add()).status).toBe(413)
  mock.faults.clear()
  expect((await add()).status).toBe(200)
})
