import { expect, test } from '@jest/globals'
import { AT_A_LOOK } from './changes.ts'
import { type Ear, eventsIn, listenTo, type Received, tickedMock } from './events.test.support.ts'
import { HEARTBEAT_EVERY, MOST_LISTENERS, RESUMABLE } from './feed.ts'
import { LARGEST_BODY } from './request-event.ts'

const KEY = { api_key: 'special-key' }
const JSON_TYPE = { 'Content-Type': 'application/json' }

const names = (events: readonly Received[]) => events.map(({ event }) => event)
const control = (method: string, body?: unknown): RequestInit => ({
  method,
  ...(body !== undefined && { headers: JSON_TYPE, body: JSON.stringify(body) }),
})

test('a stream is an event stream that no cache and no proxy keeps, and begins with the place to continue after', async () => {
  const { fetch } = tickedMock({}, 41)
  const ear = await listenTo(fetch, { headers: { Accept: 'text/event-stream' } })
  expect(ear.response.headers.get('Content-Type')).toBe('text/event-stream')
  expect(ear.response.headers.get('Cache-Control')).toBe('no-store')
  expect(ear.response.headers.get('X-Accel-Buffering')).toBe('no')
  expect(ear.response.headers.get('Content-Length')).toBeNull()
  expect(ear.text()).toBe('retry: 1000\n\nid: 41\n\n')
})

test('a request is what the journal has, with its session and without secrets', async () => {
  const { fetch, tick } = tickedMock({ apiKeys: ['of-the-user'] })
  const ear = await listenTo(fetch)
  await fetch('/v2/pet/x', { headers: { api_key: 'of-the-user' } })
  await fetch('/v2/user/login?username=a&password=hunter2')
  await fetch('/v2/user', { ...control('POST', { username: 'a', password: 'hunter2' }) })
  tick()
  const events = await ear.events(3)
  expect(ear.text()).not.toMatch(/hunter2|of-the-user/)
  const { requests } = (await (await fetch('/__admin/requests')).json()) as { requests: object[] }
  const received = events.filter(({ event }) => event === 'request').map(({ data }) => data)
  expect(received).toEqual(requests.map((entry) => ({ session: 'default', ...entry })))
})

test('each kind of event tells its change, and all have one counter', async () => {
  const { core, fetch, tick } = tickedMock()
  const ear = await listenTo(fetch)
  await fetch('/s/mine/v2/pet/1', { method: 'DELETE', headers: KEY })
  tick()
  await fetch('/s/mine/__admin/faults', control('POST', { id: 'f', steps: [{ kind: 'delay', ms: 0 }] }))
  tick()
  await fetch('/s/mine/v2/pet/2', { headers: KEY })
  await fetch('/s/mine/__admin/clock', control('PUT', { now: '2031-01-01T00:00:00Z', frozen: true }))
  tick()
  await fetch('/__admin/sessions/mine', { method: 'DELETE' })
  tick()
  const events = await ear.events(8)
  expect(events.map(({ event, data }) => [event, data])).toEqual([
    ['request', expect.objectContaining({ session: 'mine', operationId: 'deletePet' })],
    ['session', { session: 'mine', change: 'created' }],
    ['state', { session: 'mine', collections: ['pets'], revision: 1 }],
    ['fault', { session: 'mine', id: 'f', change: 'added', met: 0, spent: false }],
    ['request', expect.objectContaining({ session: 'mine', interference: 'f' })],
    ['fault', { session: 'mine', id: 'f', change: 'hit', met: 1, spent: true }],
    ['clock', { session: 'mine', now: '2031-01-01T00:00:00.000Z', frozen: true }],
    ['session', { session: 'mine', change: 'deleted' }],
  ])
  expect(events.map(({ id }) => Number(id))).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(core.defects).toEqual([])
})

test('a reset is told with all that it changed', async () => {
  const { fetch, tick } = tickedMock()
  await fetch('/__admin/faults', control('POST', { id: 'f', steps: [{ kind: 'delay', ms: 0 }] }))
  const ear = await listenTo(fetch)
  await fetch('/__admin/reset', { method: 'POST' })
  tick()
  const events = await ear.events(4)
  expect(events.map(({ event, data }) => [event, data.change ?? data.collections ?? 'set'])).toEqual([
    ['session', 'reset'],
    ['state', ['pets', 'users', 'domains', 'orders']],
    ['fault', 'removed'],
    ['clock', 'set'],
  ])
  await fetch('/__admin/sessions/default', { method: 'DELETE' })
  tick()
  expect((await ear.events(5))[4]).toMatchObject({ event: 'session', data: { session: 'default', change: 'reset' } })
})

test('a change is told whichever way it came, and many within one tick are one event', async () => {
  const { core, fetch, tick } = tickedMock()
  const { store } = core.sessions.get('default')
  const ear = await listenTo(fetch)
  for (let id = 1; id < 6; id++) store.pets.delete(id)
  tick()
  store.users.put({ username: 'a' })
  store.domains.put({ id: 'a', name: 'b', status: 'validated', active: true, validate: [] } as never)
  tick()
  tick()
  await fetch('/__admin/state', control('PUT', { users: [] }))
  tick()
  expect((await ear.events(3)).map(({ data }) => [data.collections, data.revision])).toEqual([
    [['pets'], 1],
    [['users', 'domains'], 2],
    [['pets', 'users', 'domains', 'orders'], 3],
  ])
})

test('a client that comes back gets what it has missed, once, and in order', async () => {
  const { fetch, tick } = tickedMock()
  const ear = await listenTo(fetch)
  const ask = (id: number) => fetch(`/v2/pet/${id}`, { headers: KEY })
  await ask(1)
  await ask(2)
  tick()
  const [, second] = await ear.events(2)
  await ask(3)
  tick()
  await ear.leave()
  await ask(4)
  const again = await listenTo(fetch, { headers: { 'Last-Event-ID': second?.id ?? '' } })
  await ask(5)
  tick()
  const events = await again.events(3)
  expect(events.map(({ id, data }) => [id, data.target])).toEqual([
    ['3', '/v2/pet/3'],
    ['4', '/v2/pet/4'],
    ['5', '/v2/pet/5'],
  ])
  const fresh = await listenTo(fetch)
  expect(eventsIn(fresh.text())).toEqual([])
})

test('an event that came to nobody is found by the place that the stream began with', async () => {
  const { fetch, tick } = tickedMock({}, 7)
  const ear = await listenTo(fetch)
  await ear.leave()
  await fetch('/v2/pet/1', { headers: KEY })
  const again = await listenTo(fetch, { headers: { 'Last-Event-ID': '7' } })
  tick()
  expect(names(await again.events(1))).toEqual(['request'])
})

test.each(['6', '9', '99999999999999999999', '-1', '7.5', '0x7', 'abc', '', '1e1', '7, 7'])(
  'an id that is not known is said: %j',
  async (id) => {
    const { fetch, tick } = tickedMock({}, 7)
    const ear = await listenTo(fetch)
    await fetch('/v2/pet/1', { headers: KEY })
    tick()
    await ear.events(1)
    const again = await listenTo(fetch, { headers: { 'Last-Event-ID': id } })
    expect(eventsIn(again.text())).toEqual([
      { id: '8', event: 'gap', data: { reason: 'unknown-id', detail: expect.stringContaining('anew') } },
    ])
  },
)

test('while nobody listens no request is noted, and after the time to come back neither', async () => {
  const { fetch, tick, pass, isTicking } = tickedMock()
  const ear = await listenTo(fetch)
  expect(isTicking()).toBe(true)
  await ear.leave()
  expect(isTicking()).toBe(false)
  pass(RESUMABLE)
  await fetch('/v2/pet/1', { headers: KEY })
  await fetch('/v2/pet/2', { headers: KEY })
  const again = await listenTo(fetch, { headers: { 'Last-Event-ID': '0' } })
  expect(names(eventsIn(again.text()))).toEqual(['gap'])
  tick()
  await fetch('/v2/pet/3', { headers: KEY })
  tick()
  expect((await again.events(2))[1]?.data.target).toBe('/v2/pet/3')
})

test('a heartbeat comes every 15 s, and between them nothing', async () => {
  const { fetch, tick } = tickedMock()
  const ear = await listenTo(fetch)
  for (let passed = 0; passed < 2 * HEARTBEAT_EVERY; passed += 100) tick()
  await fetch('/v2/pet/1', { headers: KEY })
  tick()
  await ear.events(1)
  expect(ear.text().match(/^: heartbeat$/gm)).toHaveLength(2)
})

test('a client too many is refused, and told what to do; when one leaves, there is room', async () => {
  const { core, fetch } = tickedMock()
  const ears: Ear[] = []
  for (let count = 0; count < MOST_LISTENERS; count++) ears.push(await listenTo(fetch))
  const refused = await fetch('/__admin/events')
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5'])
  expect(await refused.json()).toMatchObject({ status: 503, detail: expect.stringContaining('Close a page') })
  await ears[3]?.leave()
  expect((await fetch('/__admin/events')).status).toBe(200)
  expect(core.defects).toEqual([])
})

test('HEAD, an abort and a refused Accept take no place', async () => {
  const { fetch } = tickedMock()
  for (let count = 0; count <= MOST_LISTENERS; count++) {
    expect((await fetch('/__admin/events', { method: 'HEAD' })).status).toBe(200)
    expect((await fetch('/__admin/events', { headers: { Accept: 'application/json' } })).status).toBe(406)
    const stop = new AbortController()
    const ear = await listenTo(fetch, { signal: stop.signal })
    stop.abort()
    expect(await ear.end()).toBe('failed')
  }
  await listenTo(fetch)
})

test('a client that reads nothing is dropped, and the others go on', async () => {
  const { fetch, tick } = tickedMock()
  const slow = await fetch('/__admin/events')
  const ear = await listenTo(fetch)
  const body = JSON.stringify({ username: 'a', firstName: 'x'.repeat(1024 * 1024) })
  for (let count = 1; count <= 14; count++) {
    await fetch('/v2/user', { method: 'POST', headers: JSON_TYPE, body })
    tick()
    expect((await ear.events(2 * count)).filter(({ event }) => event === 'request')).toHaveLength(count)
  }
  await expect(slow.text()).rejects.toThrow('faster than they were read')
})

test('a body beyond the limit is left out, which is said', async () => {
  const { fetch, tick } = tickedMock()
  const ear = await listenTo(fetch)
  const send = (length: number) => fetch('/v2/user', control('POST', { username: 'a', firstName: 'x'.repeat(length) }))
  await send(1024 * 1024)
  tick()
  await send(LARGEST_BODY)
  tick()
  const events = await ear.events(3)
  const [whole, cut] = events.filter(({ event }) => event === 'request').map(({ data }) => data)
  expect(whole).toMatchObject({ body: { username: 'a' } })
  expect(cut).toMatchObject({ truncated: true, status: 200, operationId: 'createUser' })
  expect(cut).not.toHaveProperty('body')
})

test('what the memory has no room for is forgotten, and said', async () => {
  const { core, fetch, tick } = tickedMock({ memoryMb: 2 })
  const ear = await listenTo(fetch)
  await fetch('/v2/pet/1', { headers: KEY })
  await expect(core.sessions.get('default').putState({ users: [] })).resolves.toBeUndefined()
  core.memory.settle(core.sessions.get('default'))
  expect(() => core.memory.requireRoom(core.sessions.get('default'), 64 * 1024 * 1024)).toThrow('memory')
  tick()
  expect((await ear.events(1))[0]).toMatchObject({ event: 'gap', data: { reason: 'rate', missed: 1 } })
})

test('with many sessions a change is told later, and is told', async () => {
  const { core, fetch, tick } = tickedMock()
  for (let count = 0; count < 2 * AT_A_LOOK; count++) core.sessions.get(`s${count}`)
  const ear = await listenTo(fetch)
  tick()
  core.sessions.get('s7').store.pets.delete(1)
  for (let ticks = 0; ticks < 2; ticks++) tick()
  expect(eventsIn(ear.text())).toEqual([])
  tick()
  expect(await ear.events(1)).toMatchObject([{ event: 'state', data: { session: 's7' } }])
})

test('requests that come faster for long are told with few gaps', async () => {
  const { fetch, tick } = tickedMock()
  const ear = await listenTo(fetch)
  for (let round = 0; round < 20; round++) {
    for (let sent = 0; sent < 120; sent++) await fetch('/v2/pet/1', { headers: KEY })
    tick()
  }
  for (let ticks = 0; ticks < 25; ticks++) tick()
  const told = async () => {
    const events = await ear.events(1)
    const gaps = events.filter(({ event }) => event === 'gap')
    return { events, gaps, missed: gaps.reduce((sum, { data }) => sum + Number(data.missed), 0) }
  }
  let now = await told()
  while (now.events.length - now.gaps.length + now.missed < 2_400) {
    await ear.events(now.events.length + 1)
    now = await told()
  }
  expect(now.missed).toBeGreaterThan(300)
  expect(now.gaps.length).toBeLessThan(5)
})

test('in a flood the latest requests are told alone, and after it all again', async () => {
  const { fetch, tick } = tickedMock()
  const ear = await listenTo(fetch)
  const send = async (count: number) => {
    for (let sent = 0; sent < count; sent++) await fetch('/v2/pet/1', { headers: KEY })
  }
  const told: number[][] = []
  for (const count of [1_001, 100, 100, 50, 50]) {
    await send(count)
    const before = eventsIn(ear.text()).length
    tick()
    const isGap = told.length === 0 || told.length === 3
    const wanted = before + (count > 50 ? 10 : 50) + (isGap ? 1 : 0)
    const events = (await ear.events(wanted)).slice(before)
    told.push(events.flatMap(({ event, data }) => (event === 'request' ? [Number(data.id)] : [])))
  }
  expect(told.map((ids) => [ids.at(0), ids.at(-1)])).toEqual([
    [992, 1_001],
    [1_092, 1_101],
    [1_192, 1_201],
    [1_202, 1_251],
    [1_252, 1_301],
  ])
  await ear.leave()
})

test('a session that began with a state of its own is told with it', async () => {
  const { fetch, tick } = tickedMock()
  const ear = await listenTo(fetch)
  await fetch('/s/mine/__admin/state', control('PUT', { pets: [], users: [] }))
  tick()
  expect((await ear.events(2)).map(({ data }) => data.change ?? data.collections)).toEqual([
    'created',
    ['pets', 'users'],
  ])
})
