import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mockBefore, startLive, type TestedLive } from './live.test.support.ts'

let live: TestedLive
beforeEach(async () => {
  live = await startLive()
})
const closers: (() => void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) close()
  await live.close()
})

const FORM = { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'name=rex' }
const pathsOf = ({ log }: TestedLive) => log.map(({ path }) => path)

test('a fault answers in place of the live server, which is not asked', async () => {
  const { get, mock } = mockBefore(live.url)
  mock.faults.add({ match: { operationId: 'getPetById' }, steps: [{ kind: 'status', status: 503 }] })
  expect(await get('/pet/1')).toMatchObject({ status: 503, source: 'mock', reason: 'mocked' })
  expect(live.log).toEqual([])
  expect(await get('/pet/1')).toMatchObject({ status: 200, source: 'live' })
})

test('a fault breaks the live answer, in every mode', async () => {
  for (const mode of ['read', 'check', 'full'] as const) {
    const { get, mock } = mockBefore(live.url, { mode })
    mock.faults.add({ steps: [{ kind: 'malformed' }] })
    const { status, source, value } = await get('/pet/1')
    expect([mode, status, source, value]).toEqual([mode, 200, 'live', undefined])
  }
})

test('Prefer answers in place of the live server', async () => {
  for (const mode of ['read', 'full'] as const) {
    const { get } = mockBefore(live.url, { mode })
    expect(await get('/pet/1', { prefer: 'code=404' })).toMatchObject({ status: 404, source: 'mock' })
  }
})

test('sessions have changes of their own, and share what was seen', async () => {
  const { ask, get, mock } = mockBefore(live.url)
  await ask('POST', '/pet/1', { ...FORM, headers: { ...FORM.headers, 'x-mock-session': 'one' } })
  expect((await get('/pet/1', { 'x-mock-session': 'one' })).value).toMatchObject({ name: 'rex' })
  expect(await get('/pet/1', { 'x-mock-session': 'two' })).toMatchObject({ source: 'live', value: { name: 'Biscuit' } })
  await live.close()
  expect(await get('/pet/1', { 'x-mock-session': 'three' })).toMatchObject({
    reason: 'down',
    value: { name: 'Biscuit' },
  })
  expect(mock.session('one').store.pets.get(1)).toMatchObject({ name: 'rex' })
})

test('a snapshot brings back what was changed here, and the rest is asked for again', async () => {
  const { ask, get, mock } = mockBefore(live.url)
  await get('/pet/2')
  mock.snapshots.take('before')
  await ask('POST', '/pet/1', FORM)
  await ask('DELETE', '/pet/2')
  mock.snapshots.restore('before')
  expect(await get('/pet/1')).toMatchObject({ source: 'live', value: { name: 'Biscuit' } })
  expect(await get('/pet/2')).toMatchObject({ status: 200, source: 'live' })
  await ask('DELETE', '/pet/2')
  mock.reset()
  expect(await get('/pet/2')).toMatchObject({ status: 200, source: 'live' })
})

test('a record that the control plane changes or deletes counts as changed here', async () => {
  const { get, mock } = mockBefore(live.url)
  await get('/pet/1')
  await get('/pet/2')
  await mock.putRecord('pets', '1', { name: 'rex', photoUrls: [] })
  mock.deleteRecord('pets', '2')
  expect(await get('/pet/1')).toMatchObject({ reason: 'changed-here', value: { name: 'rex' } })
  expect(await get('/pet/2')).toMatchObject({ status: 404, reason: 'changed-here' })
})

test('new orders and domains get ids that no live one has', async () => {
  const { send, get } = mockBefore(live.url)
  const order = (await send('POST', '/store/order', { name: 'a.example' })).value as { id: string }
  expect(Number(order.id)).toBeGreaterThan(2 ** 52)
  expect(Number.isSafeInteger(Number(order.id))).toBe(true)
  expect(await get(`/store/order/${order.id}`)).toMatchObject({ status: 200, reason: 'changed-here' })
  expect(pathsOf(live)).toEqual([`/store/order/${order.id}`])
})

test('a number that a live order has is skipped', async () => {
  const taken = 2 ** 52 + 1
  await live.close()
  live = await startLive([], { pets: [], users: [], orders: [{ id: String(taken), name: 'theirs.example' }] })
  const { send } = mockBefore(live.url)
  expect((await send('POST', '/store/order', {})).value).toMatchObject({ id: String(taken + 1) })
})

test('a new pet of the control plane gets an id that no live one has', async () => {
  const { mock } = mockBefore(live.url)
  const { id } = (await mock.addRecord('pets', { name: 'rex', photoUrls: [] })) as { id: number }
  expect(id).toBeGreaterThan(2 ** 52)
})

test('operations pass or stay here whatever the mode says, also while it runs', async () => {
  const { get, send, mock } = mockBefore(live.url, { pass: ['createUser'], mock: ['getInventory'] })
  expect(await send('POST', '/user', { username: 'ada', firstName: 'Ada' })).toMatchObject({
    status: 200,
    source: 'live',
  })
  expect(await get('/store/inventory')).toMatchObject({ source: 'mock', reason: 'mocked' })
  const put = (value: unknown) =>
    mock.fetch('/__admin/upstream', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(value),
    })
  expect(await (await put({ mode: 'full', mock: [], pause: true })).json()).toMatchObject({
    mode: 'full',
    pause: true,
    pass: ['createUser'],
  })
  expect(await get('/user/ada')).toMatchObject({
    status: 200,
    source: 'mock',
    reason: 'paused',
    value: { firstName: 'Ada' },
  })
  expect((await put({ pass: ['noSuch'] })).status).toBe(400)
  expect((await put({ mode: 'other' })).status).toBe(400)
  expect((await put({ pause: false })).status).toBe(200)
  expect(await send('PUT', '/domain', { id: 1, name: 'new', photoUrls: [] })).toMatchObject({
    status: 200,
    source: 'live',
  })
  expect(live.log.at(-1)).toMatchObject({ method: 'PUT' })
})

test('in full mode the store follows, so that it answers when the live server is down', async () => {
  const { ask, get, send } = mockBefore(live.url, { mode: 'full' })
  await send('PUT', '/domain', { id: 1, name: 'new', photoUrls: [], status: 'sold' })
  await ask('POST', '/pet/1', FORM)
  await send('POST', '/user/createWithList', [{ username: 'ada', firstName: 'Ada' }])
  const order = (await send('POST', '/store/order', { name: 'a.example' })).value as { id: string }
  await ask('DELETE', '/pet/2')
  await live.close()
  expect(await get('/pet/1')).toMatchObject({ reason: 'down', value: { name: 'rex', status: 'sold' } })
  expect(await get('/user/ada')).toMatchObject({ reason: 'down', value: { firstName: 'Ada' } })
  expect(await get(`/store/order/${order.id}`)).toMatchObject({ status: 200, value: { name: 'a.example' } })
  expect((await get('/pet/2')).status).toBe(404)
  expect(await send('PUT', '/domain', { id: 1, name: 'x', photoUrls: [] })).toMatchObject({
    status: 502,
    reason: 'down',
  })
})

test('check mode keeps nothing', async () => {
  const { get, send, mock } = mockBefore(live.url, { mode: 'check' })
  await get('/pet/1')
  await send('PUT', '/domain', { id: 'x' })
  expect(mock.store.export().pets).toEqual([])
  expect(mock.journal.find()[1]).toMatchObject({
    violations: [{ pointer: '/body/id' }, {}, {}],
    upstream: { status: 400 },
  })
  await live.close()
  expect((await get('/pet/1')).status).toBe(502)
})

test('the live key goes in place of an accepted one, and cookies, origins and hops stay here', async () => {
  const { get } = mockBefore(live.url, { key: 'live-key-12345' })
  await get('/pet/1', { cookie: 'sid=1', origin: 'http://localhost:3000', te: 'trailers', 'x-team': 'a' })
  const [{ headers } = { headers: {} }] = live.log
  expect(headers).toMatchObject({ api_key: 'live-key-12345', 'x-team': 'a', host: new URL(live.url).host })
  for (const name of ['cookie', 'origin', 'te', 'x-mock-session']) expect(headers).not.toHaveProperty(name)
})

test("the client's own key is taken, whatever it is, and goes to the live server", async () => {
  const { get } = mockBefore(live.url, { clientKey: true })
  expect((await get('/pet/1', { api_key: 'mine' })).status).toBe(401)
  expect(live.log[0]?.headers).toMatchObject({ api_key: 'mine' })
  expect((await get('/pet/1', { api_key: '' })).status).toBe(401)
  expect(live.log).toHaveLength(1)
})

test('an upstream that leads back here is refused with 508, and with it every loop of mocks', async () => {
  const first = mockBefore('http://127.0.0.1:1/v2')
  const running = await first.mock.listen()
  const loop = mockBefore(running.url)
  const back = await loop.mock.listen()
  const closing = mockBefore(back.url)
  expect((await closing.get('/pet/1')).status).toBe(502)
  await running.close()
  await back.close()
  const self = mockBefore(`http://127.0.0.1:${running.port}/v2`)
  const own = await self.mock.listen({ port: running.port })
  expect((await self.get('/pet/1')).status).toBe(508)
  await own.close()
})

test('other hosts need an admin token', async () => {
  const { mock } = mockBefore(live.url)
  await expect(mock.listen({ host: '0.0.0.0' })).rejects.toThrow('admin token')
})

test('the proxy of the environment is asked for the whole URL', async () => {
  const asked: (string | undefined)[] = []
  const proxy = createServer((req, res) => {
    asked.push(req.url, req.headers.host)
    res.writeHead(200, { 'Content-Type': 'application/json' }).end('{"sold":3}')
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  const { get } = mockBefore('http://staging.example/v2', { proxy: { http: `http://127.0.0.1:${port}` } })
  expect(await get('/store/inventory')).toMatchObject({ status: 200, source: 'live', value: { sold: 3 } })
  expect(asked).toEqual(['http://staging.example/v2/store/inventory', 'staging.example'])
  proxy.closeAllConnections()
  proxy.close()
})

test('the journal is exported as a test that has the live records', async () => {
  const { get, ask, mock } = mockBefore(live.url)
  await get('/pet/1')
  await ask('POST', '/pet/2', FORM)
  const exported = mock.journal.jest()
  expect(exported).toContain('Biscuit')
  expect(exported).toContain('rex')
})

test.each(['ftp://x.example/v2', 'x', 'http://me:secret@x.example/v2'])(
  '%s is no upstream, and is not repeated',
  (url) => {
    expect(() => mockBefore(url)).toThrow(/^The URL of the upstream must (be|have)/)
    expect(() => mockBefore(url)).not.toThrow('secret')
  },
)

test('the list of violations has no secret', async () => {
  await live.close()
  const broken = {
    value: (_: unknown, next: () => unknown) => ({ ...Object(next()), password: { is: 'PLANTED-secret-1' } }),
  }
  live = await startLive([broken as never])
  const { get, mock } = mockBefore(live.url)
  await get('/user/user1')
  const told = JSON.stringify([mock.upstream?.violations(), mock.journal.find()])
  expect(told).toContain('/body/password')
  expect(told).not.toContain('PLANTED')
})

const PET = { id: 1, name: 'rex', photoUrls: [] }
const LONG = { ...PET, photoUrls: Array.from({ length: 500 }, (_, index) => `https://photos.example/${index}`) }
const NAMED = Buffer.from(JSON.stringify({ ...PET, name: 'Zoë' }), 'latin1')

/** Answers of live servers that a fault must be able to change. */
const ANSWERS = [
  ['with a charset', 'application/json; charset=utf-8', JSON.stringify(PET)],
  ['that is long', 'application/json', JSON.stringify(LONG)],
  ['that is in no UTF-8', 'application/json;charset=iso-8859-1', NAMED],
  ['in XML with a charset', 'application/xml; charset=utf-8', '<Pet><id>1</id><name>rex</name></Pet>'],
] as const

test.each(ANSWERS)('faults break a live answer %s, in every mode', async (_what, type, body) => {
  const server = await answering(type, body)
  for (const mode of ['read', 'check', 'full'] as const) {
    for (const step of [{ kind: 'malformed' }, { kind: 'break-schema', way: 'missing-required' }] as const) {
      const { get, mock } = mockBefore(server.url, { mode })
      const plain = await get('/pet/1', { accept: type.split(';')[0] ?? '' })
      mock.faults.add({ match: { operationId: 'getPetById' }, steps: [step] })
      const broken = await get('/pet/1', { accept: type.split(';')[0] ?? '' })
      expect([mode, step.kind, broken.status, broken.text === plain.text]).toEqual([mode, step.kind, 200, false])
      expect(mock.defects).toEqual([])
    }
  }
})

test('a live answer that a fault cannot read is passed on as it is', async () => {
  const server = await answering('application/json', '{"id":1,')
  const { get, mock } = mockBefore(server.url)
  mock.faults.add({ match: { operationId: 'getPetById' }, steps: [{ kind: 'break-schema', way: 'missing-required' }] })
  expect(await get('/pet/1')).toMatchObject({ status: 200, source: 'live', text: '{"id":1,' })
  expect(mock.defects).toEqual([])
})

async function answering(type: string, body: string | Buffer) {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': type, Connection: 'close' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2` }
}
