import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from '@jest/globals'
import AjvModule from 'ajv'
import formatsModule from 'ajv-formats'
import supertest from 'supertest'
import { createMock, type Mock } from '../../index.ts'
import { pathOf } from '../../openapi/package-files.ts'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const draft06 = require('ajv/lib/refs/json-schema-draft-06.json') as object
const schemas = require('har-schema') as Record<string, object>
// CommonJS packages: what they export is the `default` of what an ES module imports.
const Ajv = AjvModule.default
const formats = formatsModule.default

let mock: Mock = createMock()
afterEach(() => {
  expect(mock.defects).toEqual([])
  mock = createMock()
})

const api = (method: 'get' | 'post' | 'put' | 'delete', path: string) =>
  supertest(mock.app)[method](`/v2${path}`).set('api_key', 'special-key')
const admin = (method: 'get' | 'post' | 'delete', path: string) => supertest(mock.app)[method](`/__admin${path}`)

async function exercise() {
  await api('get', '/pet/1')
  await api('get', '/pet/1?verbose=1').set('x-trace', 'a')
  await api('post', '/user').send({ username: 'ada', password: 'hunter2' })
  await api('get', '/user/login?username=ada&password=hunter2')
  await api('put', '/domain').send({ id: 1, name: 5, photoUrls: [] })
}

test('the journal keeps the requests of a session, without their secrets', async () => {
  await exercise()
  const { text, body } = await admin('get', '/requests').expect(200)
  expect(text).not.toMatch(/special-key|hunter2|username=ada/)
  expect(body).toMatchObject({
    forgotten: 0,
    requests: [
      {
        id: 1,
        operationId: 'getPetById',
        method: 'GET',
        target: '/v2/pet/1',
        status: 200,
        at: '2030-01-01T00:00:00.000Z',
      },
      { unknownQuery: ['verbose'] },
      { body: { username: 'ada', password: '(hidden)' } },
      { target: '/v2/user/login?(hidden)' },
      { status: 405, violations: [{ pointer: '/body/name', received: 5 }] },
    ],
  })
  await admin('delete', '/requests').expect(200)
  expect((await admin('get', '/requests')).body).toEqual({ requests: [], forgotten: 0 })
})

test('another session has a journal of its own, and the control plane none', async () => {
  await exercise()
  expect((await admin('get', '/requests').set('X-Mock-Session', 'other')).body).toEqual({ requests: [], forgotten: 0 })
  expect((await admin('post', '/requests/count').send({})).body).toEqual({ count: 5 })
})

test.each([
  [{ operationId: 'getPetById' }, 2],
  [{ method: 'get', path: '/v2/pet/1' }, 2],
  [{ headers: { 'X-Trace': 'a' } }, 1],
  [{ query: { verbose: '1' } }, 1],
  [{ body: [{ pointer: '/username', equals: 'ada' }] }, 1],
  [{ violations: ['/body/name'] }, 1],
  [{ violations: [] }, 4],
  [{ status: 405 }, 1],
])('%j finds %i', async (criteria, count) => {
  await exercise()
  expect((await admin('post', '/requests/count').send(criteria)).body).toEqual({ count })
  expect(
    ((await admin('post', '/requests/find').send(criteria)).body as { requests: unknown[] }).requests,
  ).toHaveLength(count)
})

test.each([
  [{ request: { operationId: 'getPetById' } }, true],
  [{ request: { operationId: 'getPetById' }, exactly: 2 }, true],
  [{ request: { operationId: 'getPetById' }, exactly: 1 }, false],
  [{ request: { operationId: 'deletePet' }, atMost: 0 }, true],
  [{ request: { operationId: 'getPetById' }, atLeast: 3 }, false],
  [{ inOrder: [{ operationId: 'getPetById' }, { operationId: 'loginUser' }] }, true],
  [{ inOrder: [{ operationId: 'loginUser' }, { operationId: 'getPetById' }] }, false],
])('%j is verified: %s', async (verification, verified) => {
  await exercise()
  expect((await admin('post', '/requests/verify').send(verification)).body).toMatchObject({ verified })
})

test('a verification that fails shows what came closest and what differed', async () => {
  await exercise()
  const { body } = await admin('post', '/requests/verify').send({
    request: { operationId: 'getPetById', path: '/v2/pet/2', method: 'GET' },
  })
  expect(body).toMatchObject({
    verified: false,
    message: 'Expected at least 1, found 0.',
    nearMisses: [
      { request: { id: 1 }, differences: [{ pointer: '/path', expected: '/v2/pet/2', received: '/v2/pet/1' }] },
      { request: { id: 2 } },
    ],
  })
})

test.each([
  [{ requests: {} }, '/body/requests'],
  [{ exactly: 1, atLeast: 1 }, '/body/exactly'],
  [{ inOrder: [{}], exactly: 1 }, '/body/inOrder'],
  [{ exactly: -1 }, '/body/exactly'],
])('the question %j is refused', async (question, pointer) => {
  const { body } = await admin('post', '/requests/verify').send(question).expect(400)
  expect(body).toMatchObject({ errors: [{ pointer }] })
})

test('exports hold no secret', async () => {
  await exercise()
  for (const format of ['har', 'curl', 'jest']) {
    const { text } = await admin('get', `/requests/${format}`).expect(200)
    expect(text).not.toMatch(/hunter2|username=ada/)
    expect(text).toContain('/v2/pet/1?verbose=1')
  }
  const { body } = await admin('get', '/requests/har')
  expect(body).toMatchObject({
    log: { version: '1.2', entries: [{ request: { method: 'GET' }, response: { status: 200 } }, {}, {}, {}, {}] },
  })
  const { text } = await admin('get', '/requests/curl')
  expect(text.split('\n')[2]).toMatch(
    /^curl --globoff --path-as-is -X POST -H "api_key: \$INBOXES_API_KEY" .*--data-raw '{"username":"ada","password":"\(hidden\)"}' 'http:/,
  )
})

test('a HAR conforms to the schema of HAR 1.2', async () => {
  await exercise()
  await api('get', '/pet/findByTags?tags=tag1&tags=tag2')
  await api('post', '/pet/1/uploadImage').attach('file', Buffer.from([0xff, 0xfe]), 'a.png')
  mock.faults.add({ steps: [{ kind: 'reset' }] })
  await expect(api('get', '/pet/1')).rejects.toThrow()
  const { body } = await admin('get', '/requests/har').expect(200)
  const ajv = new Ajv({ strict: false }).addMetaSchema(draft06)
  formats(ajv)
  ajv.addSchema(Object.values(schemas))
  expect(ajv.validate('har.json#', body)).toBe(true)
  expect(ajv.validate('har.json#', { log: {} })).toBe(false)
  const { log } = body as { log: { entries: { request: { queryString: unknown } }[] } }
  expect(log.entries).toHaveLength(8)
  expect(log.entries[5]?.request.queryString).toEqual([
    { name: 'tags', value: 'tag1' },
    { name: 'tags', value: 'tag2' },
  ])
})

test('the exported commands of curl make the same requests again', async () => {
  await exercise()
  await api('put', '/domain').send({ id: 1, name: "it's $HOME `x` \\ \n", photoUrls: [] })
  await api('put', '/domain').set('content-type', 'application/json').send('@/etc/hostname')
  await api('post', '/user').send('untyped').unset('content-type')
  await api('get', '/user/a[1-2]{b,c}?x[]=1')
  await api('post', '/pet/1/uploadImage').attach('file', Buffer.from([0xff, 0x00, 0xfe]), 'a.png')
  await api('post', '/pet/1').type('form').send('name=Rex&status=sold')
  await supertest(mock.app).head('/v2/pet/1').set('api_key', 'special-key')
  const again = createMock()
  const { url, close } = await again.listen()
  const commands = mock.journal.curl(new URL(url).origin).replaceAll('curl --globoff', 'curl --silent --globoff')
  const env = { PATH: process.env.PATH ?? '', INBOXES_API_KEY: 'special-key' }
  await run('sh', ['-c', commands], { env })
  await close()
  const shown = (each: Mock) =>
    each.journal.find().map(({ method, target, status, body }) => ({ method, target, status, body }))
  // A login is made without its query, which is hidden.
  const same = shown(mock).filter(({ target }) => !target.includes('/login'))
  expect(same).toHaveLength(11)
  expect(shown(again).filter(({ target }) => !target.includes('/login'))).toEqual(same)
})

/** Runs an exported test by jest; gives what jest says. */
async function replay(text: string): Promise<string> {
  const folder = pathOf(`dist/replay-${process.pid}`)
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  try {
    symlinkSync(pathOf('.'), join(folder, 'node_modules/inboxes-mock'), 'dir')
    writeFileSync(join(folder, 'recorded.test.mjs'), text)
    const jest = [
      pathOf('node_modules/jest/bin/jest.js'),
      '--rootDir',
      folder,
      '--testMatch',
      '**/*.test.mjs',
      '--config',
      '{"transform":{}}',
    ]
    return await run(process.execPath, ['--experimental-vm-modules', ...jest], { cwd: folder }).then(
      ({ stderr }) => stderr,
      ({ stderr }: { stderr: string }) => stderr,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('the exported jest test passes when it is run', async () => {
  await exercise()
  await api('post', '/pet/1/uploadImage').attach('file', Buffer.from([0xff, 0xfe]), 'a.png')
  await api('get', '/user/ada')
  await api('get', '/pet/findByStatus?status=sold').set('accept', 'application/xml')
  await api('get', '/nothing')
  await api('post', '/user').type('text/plain').send('unread')
  for (const password of [4711, true, null, ['hunter2'], { a: 'hunter2' }])
    await api('post', '/user').send({ username: 'typed', password })
  await api('get', '/user/typed')
  const { text } = await admin('get', '/requests/jest').expect(200)
  expect(text).not.toContain('putState')
  expect(text).not.toMatch(/4711|hunter2/)
  expect(await replay(text)).toMatch(/Tests:\s+1 passed/)
})

test('the exported jest test passes too where more than requests made the state', async () => {
  await admin('post', '/reset').send({ pack: 'one' })
  await api('get', '/store/inventory')
  await admin('post', '/requests/find').send({})
  const users = [{ username: 'ada', password: 'hunter2' }]
  await supertest(mock.app).put('/__admin/state').send({ users }).expect(200)
  await api('get', '/user/ada')
  const { body: domain } = await api('post', '/domain').send({ name: 'a.example' })
  await admin('post', `/domains/${(domain as { id: string }).id}/validate`).expect(200)
  mock.faults.add({ match: { method: 'POST' }, steps: [{ kind: 'slow-body', ms: 1 }] })
  await api('post', '/domain').send({ name: 'b.example' })
  await api('post', '/store/order').send({ name: 'c.example' })
  await api('get', '/store/order/2')
  const { text } = await admin('get', '/requests/jest').expect(200)
  expect(text).not.toContain('hunter2')
  expect(await replay(text)).toMatch(/Tests:\s+1 passed/)
})

test('the exported jest test passes too where the first requests are forgotten', async () => {
  const { url, close } = await mock.listen()
  for (let id = 0; id < 1_100; id++)
    await fetch(`${url}/user`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: `user-${id % 7}`, email: `${id}@a.example` }),
    })
  await fetch(`${url}/user/user-6`)
  await close()
  expect(mock.journal.forgotten).toBe(101)
  const text = mock.journal.jest()
  expect(text.match(/^ {4}const response/gm)?.length).toBeGreaterThanOrEqual(750)
  expect(await replay(text)).toMatch(/Tests:\s+1 passed/)
})

test('coverage says what was exercised, per session and merged', async () => {
  await exercise()
  await api('get', '/pet/findByStatus?status=sold,pending').set('X-Mock-Session', 'other')
  const find = (body: unknown, name: string) =>
    (body as { cells: { operationId: string; name: string; count: number }[] }).cells.find((cell) => cell.name === name)
  const own = (await admin('get', '/coverage').expect(200)).body
  const merged = (await admin('get', '/coverage?merged=true').expect(200)).body
  expect(find(own, '/query/status pending')).toMatchObject({
    operationId: 'findPetsByStatus',
    kind: 'enum value',
    count: 0,
  })
  expect(find(merged, '/query/status pending')).toMatchObject({ count: 1 })
  expect((own as { covered: number }).covered).toBeLessThan((merged as { covered: number }).covered)
  expect((own as { cells: unknown[] }).cells).toContainEqual({
    operationId: 'updatePet',
    kind: 'status',
    name: '405',
    count: 1,
  })
  expect(find(own, 'GET /pet/{petId}')).toMatchObject({ kind: 'operation', count: 2 })
  await admin('get', '/coverage?merged=maybe').expect(400)
  await admin('get', '/coverage?merge=true').expect(400)
})

test('what a session has exercised stays in the merged coverage when it ends or starts anew', async () => {
  await exercise()
  const merged = async () => (await admin('get', '/coverage?merged=true').expect(200)).text
  const before = await merged()
  await api('get', '/pet/2').set('X-Mock-Session', 'other')
  await supertest(mock.app).delete('/__admin/sessions/other').expect(200)
  const after = await merged()
  expect(after).not.toBe(before)
  await admin('post', '/reset').expect(200)
  expect(await merged()).toBe(after)
  expect(
    mock
      .session()
      .coverage.cells()
      .filter(({ count }) => count > 0),
  ).toEqual([])
})
