import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createRedaction } from '../../http/redaction/redaction.ts'
import { createMock } from '../../index.ts'
import { loadDocument } from '../../openapi/load-document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { openHar } from '../files/har-file.ts'
import { createNodeCore } from '../files/node-core.ts'
import { recordTo } from '../files/record-file.ts'
import { parseState } from '../files/state-file.ts'
import { inProcess } from '../in-process.ts'
import type { Exchange } from '../requests/exchange.ts'
import { importHar } from './import-har.ts'
import { mockBefore, seenOf, startLive, type TestedLive } from './live.test.support.ts'
import { recordingOf } from './recording.ts'
import { createScrubber } from './scrub.ts'

const document = loadDocument(pathOf('openapi.yaml'))
const JSON_TYPE = { 'content-type': 'application/json' }

let live: TestedLive
let folder: string
beforeEach(async () => {
  live = await startLive()
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
})
afterEach(async () => {
  await live.close()
  rmSync(folder, { recursive: true })
})

const READS = [
  '/pet/1',
  '/pet/2',
  '/pet/404',
  '/pet/findByStatus?status=sold',
  '/pet/findByStatus?status=available,pending',
  '/pet/findByTags?tags=tag1',
  '/store/order/1',
  '/store/order/2',
  '/store/inventory',
]

test('a recording that is started from answers its reads the same, and is alive after writes', async () => {
  const { get, mock } = mockBefore(live.url)
  const before = []
  for (const path of READS) before.push(await get(path))
  await get('/user/user1')
  const recording = await mock.upstream?.recording()
  const text = Buffer.from(JSON.stringify(recording))
  const { state, dropped } = await parseState('staging.json', text, document, true)
  expect(dropped).toEqual([])
  const again = createMock()
  await again.putState(state)
  const ask = async (path: string, init: RequestInit = {}) =>
    seenOf(await again.fetch(`/v2${path}`, { ...init, headers: { api_key: 'special-key', ...init.headers } }))
  for (const [index, path] of READS.entries()) {
    const { status, value } = await ask(path)
    expect([path, status]).toEqual([path, before[index]?.status])
    if (status === 200 && !path.includes('inventory')) expect(value).toEqual(before[index]?.value)
  }
  const renamed = { id: 1, name: 'rex', photoUrls: [] }
  expect((await ask('/domain', { method: 'PUT', headers: JSON_TYPE, body: JSON.stringify(renamed) })).status).toBe(200)
  expect((await ask('/pet/1')).value).toEqual(renamed)
  expect((await ask('/pet/1', { method: 'DELETE' })).status).toBe(200)
  expect((await ask('/pet/1')).status).toBe(404)
  const order = await ask('/store/order', { method: 'POST', headers: JSON_TYPE, body: '{}' })
  expect(order.status).toBe(200)
})

/** Twenty secrets, in the places where they come by. */
const SECRETS = {
  liveKey: 'LIVE-KEY-0123456789',
  authorization: 'Basic c2VjcmV0OnNlY3JldA==',
  bearer: 'Bearer abcdef0123456789abcdef',
  cookie: 'COOKIE-sid-99887766',
  loginPassword: 'LOGIN-pass-4711',
  wrongPassword: 'WRONG-pass-0815',
  password: 'STORED-pass-1234',
  email: 'gina.harper.private@corp.example',
  phone: '+49 170 5550177',
  firstName: 'Gracelyn-Secret',
  lastName: 'Harperton-Secret',
  mailAsName: 'linus.private@corp.example',
  quotedPassword: 'QUOTED-pass-5150',
  nestedEmail: 'nested.private@corp.example',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  urlPassword: 'urlpass-31337',
  queryToken: 'TOKEN-q-424242',
  listedPassword: 'LISTED-pass-1',
  listedPhone: '+49 170 5550188',
  setCookie: 'SET-COOKIE-token-1122',
} as const

test('twenty planted secrets are in no recording, archive, journal or log', async () => {
  const seams = {
    answer: (_handling: unknown, next: () => { headers: Record<string, string>; status: number; body: Buffer }) => {
      const answer = next()
      return { ...answer, headers: { ...answer.headers, 'Set-Cookie': `sid=${SECRETS.setCookie}` } }
    },
  }
  await live.close()
  live = await startLive([seams as never])
  const exchanges: Exchange[] = []
  const options = {
    upstream: { url: live.url, mode: 'full', key: SECRETS.liveKey } as const,
    onExchange: (exchange: Exchange) => exchanges.push(exchange),
  }
  const core = createNodeCore(options)
  const mock = inProcess(core)
  if (core.live === undefined) throw new Error('There is no live server.')
  const { side } = await core.live.parts()
  const har = join(folder, 'staging.har')
  const redaction = createRedaction([SECRETS.liveKey])
  const scrubber = createScrubber(1)
  const { secrets } = side.recorder
  const archive = openHar(har, {
    base: 'http://127.0.0.1',
    version: '1',
    redaction,
    scrubber,
    secrets,
    now: () => 0,
    warn: fail,
  })
  const record = await recordTo(join(folder, 'staging.json'), core.live, document, fail)
  const HEADERS = {
    api_key: 'special-key',
    authorization: SECRETS.bearer,
    cookie: `sid=${SECRETS.cookie}`,
    'content-type': 'application/json',
  }
  const send = async (method: string, path: string, value?: unknown, headers = {}) =>
    (
      await mock.fetch(`/v2${path}`, {
        method,
        headers: { ...HEADERS, ...headers },
        ...(value !== undefined && { body: JSON.stringify(value) }),
      })
    ).text()
  const grace = {
    username: 'grace',
    password: SECRETS.password,
    email: SECRETS.email,
    phone: SECRETS.phone,
    firstName: SECRETS.firstName,
    lastName: SECRETS.lastName,
  }
  await send('POST', '/user', grace)
  await send('POST', '/user', {
    username: SECRETS.mailAsName,
    email: SECRETS.mailAsName,
    password: SECRETS.quotedPassword,
  })
  await send('POST', '/user/createWithList', [
    { username: 'linus', password: SECRETS.listedPassword, phone: SECRETS.listedPhone, firstName: SECRETS.firstName },
  ])
  for (const accept of ['application/json', 'application/xml'])
    for (const name of ['grace', encodeURIComponent(SECRETS.mailAsName), 'linus'])
      await send('GET', `/user/${name}`, undefined, { accept })
  await send('GET', `/user/login?username=grace&password=${SECRETS.loginPassword}`)
  await send('GET', `/user/login?username=grace&password=${SECRETS.wrongPassword}`, undefined, {
    authorization: SECRETS.authorization,
  })
  await send('PUT', '/domain', {
    id: 1,
    name: `of ${SECRETS.phone}, ${SECRETS.nestedEmail}, ${SECRETS.quotedPassword}`,
    photoUrls: [`https://me:${SECRETS.urlPassword}@x.example/a?token=${SECRETS.queryToken}`, SECRETS.jwt],
  })
  await send('GET', '/pet/1')
  for (const exchange of exchanges) archive.append(exchange)
  archive.close()
  await record.close()
  const files = ['staging.har', 'staging.json'].map((file) => readFileSync(join(folder, file), 'utf8'))
  const journal = JSON.stringify(mock.journal.find()) + JSON.stringify(mock.journal.har())
  for (const [name, secret] of Object.entries(SECRETS)) {
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
    for (const [index, file] of files.entries())
      expect([name, index, forms.some((form) => file.includes(form))]).toEqual([name, index, false])
  }
  expect(journal).not.toContain(SECRETS.liveKey)
  const written = JSON.parse(files[1] ?? '')
  expect(Object.keys(written)[0]).toBe('recording')
  expect(written.recording.scrubbed).toContain('email')
  const [grace2, linus] = ['grace', 'linus'].map((name) =>
    written.users.find((user: { username: string }) => user.username === name),
  )
  expect(grace2.firstName).toBe(linus.firstName)
  expect(grace2.email).toMatch(/@inboxes\.example$/)
  expect(JSON.parse(files[0] ?? '').log.entries).toHaveLength(exchanges.length)
  await core.live.close()
})

const fail = (message: string) => {
  throw new Error(message)
}

test('a field that is kept is recorded as it is', async () => {
  const { get, mock } = mockBefore(live.url, { keep: ['firstName', 'email'] })
  const seen = (await get('/user/user1')).value as Record<string, string>
  const recording = (await recordingFrom(mock)) as unknown as {
    users: Record<string, string>[]
    recording: object
  }
  expect(recording.users[0]).toMatchObject({ firstName: seen.firstName, email: seen.email })
  expect(recording.users[0]?.lastName).not.toBe(seen.lastName)
  expect(recording.recording).toMatchObject({ kept: ['firstName', 'email'] })
})

test('records that break the document are left out and named, unknown properties are counted', async () => {
  await live.close()
  const broken = {
    value: (_: unknown, next: () => unknown) =>
      Array.isArray(next()) ? next() : { ...Object(next()), name: 7, extra: 1 },
  }
  live = await startLive([broken as never])
  const { get, mock } = mockBefore(live.url)
  expect((await get('/pet/1')).source).toBe('live')
  const { recording, ...state } = (await recordingFrom(mock)) as unknown as {
    recording: Record<string, object>
    pets: object[]
  }
  expect(state.pets).toEqual([])
  expect(recording.leftOut).toEqual({ 'pets/1': '/body/name' })
  expect(recording.unknownProperties).toEqual({ 'getPetById /extra': 1 })
})

test('the archive of a browser becomes a state file', async () => {
  const entry = (method: string, url: string, status: number, value: unknown, encode = false) => ({
    request: {
      method,
      url: `https://staging.example${url}`,
      headers: [
        { name: ':authority', value: 'staging.example' },
        { name: 'Accept', value: '*/*' },
      ],
    },
    response: {
      status,
      headers: [
        { name: 'Content-Type', value: 'application/json; charset=utf-8' },
        { name: 'content-encoding', value: 'br' },
      ],
      content: encode
        ? {
            mimeType: 'application/json',
            encoding: 'base64',
            text: Buffer.from(JSON.stringify(value)).toString('base64'),
          }
        : { mimeType: 'application/json', text: JSON.stringify(value) },
    },
  })
  const pet = { id: 5, name: 'Zoë', photoUrls: ['a'], status: 'sold' }
  const entries = [
    entry('GET', '/api/v2/pet/5', 200, pet, true),
    entry('GET', '/api/v2/pet/findByStatus?status=sold', 200, [
      pet,
      { id: 6, name: 'b', photoUrls: [], status: 'sold' },
    ]),
    entry('GET', '/api/v2/user/ada', 200, { username: 'ada', email: 'ada@corp.example' }),
    entry('GET', '/assets/app.js', 200, 'x'),
    entry('GET', '/api/v2/pet/6', 404, {}),
    { nonsense: true },
  ]
  const imported = await importHar({ log: { entries } }, document)
  if (imported === undefined) throw new Error('nothing was imported')
  expect(imported).toMatchObject({ used: 4, entries: 6 })
  const redaction = createRedaction()
  const recording = recordingOf(imported, { url: 'a.har', seed: 1, keep: [], redaction, secrets: [] })
  expect(recording.pets).toEqual([pet])
  expect(JSON.stringify(recording)).not.toContain('ada@corp.example')
  expect(await importHar({ log: {} }, document)).toBeUndefined()
})

async function recordingFrom({ upstream }: ReturnType<typeof mockBefore>['mock']) {
  if (upstream === undefined) throw new Error('There is no live server.')
  return upstream.recording()
}
