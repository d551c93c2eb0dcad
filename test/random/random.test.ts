import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, expect, test } from '@jest/globals'
import { createMock } from 'inboxes-mock'
import { pathOf } from '../../src/openapi/package-files.ts'
import { createCheck } from './check-answer.ts'
import { pickSteps, stepsOf } from './numbered-steps.ts'
import { type Numbered, type Played, play, type Subject } from './play.ts'
import { shrink } from './shrink.ts'
import type { RequestStep } from './steps.ts'

const REQUESTS = 20_000
const SEED = 1
let subject: Subject
let played: Played

beforeAll(async () => {
  subject = { createMock, check: createCheck(pathOf('openapi.yaml'), pathOf('src/mock/admin/openapi.yaml')) }
  played = await play(stepsOf(SEED, REQUESTS), subject)
}, 600_000)

test(`${REQUESTS} random steps get documented answers, no internal error, and all of them an end`, () => {
  expect({ again: `npm run random -- --seed ${SEED}`, findings: played.findings }).toMatchObject({ findings: [] })
})

test('the random steps get answers of all kinds', () => {
  const known = [200, 204, 400, 401, 403, 404, 405, 406, 415, 500, 503].map(String)
  const broken = ['broken 400', 'broken 404', 'broken 431', 'broken ', 'call', 'call refused']
  expect([...known, ...broken].filter((status) => !played.statuses.has(status))).toEqual([])
})

test('the same steps get the same bytes', async () => {
  const [first, again] = [await play(stepsOf(7, 500), subject), await play(stepsOf(7, 500), subject)]
  expect(again.digest).toBe(first.digest)
  expect((await play(stepsOf(8, 500), subject)).digest).not.toBe(first.digest)
})

test('a step is the same when it is picked alone', () => {
  const all = [...stepsOf(3, 1_200)]
  expect(pickSteps(3, [1_100, 2])).toEqual([all[1_100], all[2]])
})

const GET = {
  kind: 'request',
  door: 'fetch',
  method: 'GET',
  headers: [['api_key', 'special-key']],
  body: undefined,
} as const
const get = (target: string): RequestStep => ({ ...GET, target })
const POST_USER: RequestStep = {
  ...GET,
  door: 'socket',
  method: 'POST',
  target: '/v2/user',
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from('{"username":"b"}'),
}

type Spoil = (answer: Response) => Response | Promise<Response>

/** The mock with other answers to fetch. */
function spoiled(spoil: (answer: Response, url: string) => Response | Promise<Response>): Subject {
  const create: typeof createMock = (options) => {
    const mock = createMock(options)
    const { fetch } = mock
    const value = async (url: URL, init: RequestInit) => spoil(await fetch(url, init), url.pathname)
    return Object.defineProperty(mock, 'fetch', { value })
  }
  return { ...subject, createMock: create, patience: 100 }
}

const PET = '/v2/pet/1'
/** Answers that a mock must not give. */
const MISTAKES: readonly (readonly [kind: string, target: string, spoil: Spoil])[] = [
  ['undocumented', PET, ({ headers }) => new Response('', { status: 418, headers })],
  ['an internal error', PET, ({ headers }) => new Response('{}', { status: 500, headers })],
  ['a body that is not documented', '/v2/user/logout', ({ headers }) => new Response('{}', { headers })],
  ['the media type text/html', PET, () => new Response('', { headers: { 'Content-Type': 'text/html' } })],
  [
    'the header x-more',
    PET,
    ({ headers, body }) => new Response(body, { headers: { ...Object.fromEntries(headers), 'X-More': '1' } }),
  ],
  ['no header x-rate-limit', '/v2/user/login?username=a&password=b', ({ body }) => new Response(body)],
  ["must have required property 'name'", PET, ({ headers }) => new Response('{}', { headers })],
  ['a body that cannot be read', PET, ({ headers }) => new Response('{', { headers })],
  ['Content-Length', PET, ({ headers }) => new Response('{}', { headers })],
  ['no Access-Control-Allow-Origin', PET, () => new Response('{}')],
  ['a 401 in spite of the key', PET, ({ headers }) => new Response('', { status: 401, headers })],
  ['in place of 404', '/v2/nothing', ({ headers }) => new Response('', { status: 200, headers })],
  ['no problem document', '/v2/nothing', () => new Response('', { status: 404 })],
  ['hung', PET, () => new Promise(() => {})],
]

test.each(MISTAKES)('the run finds %j', async (kind, target, spoil) => {
  const { findings } = await play([{ index: 0, step: get(target) }], spoiled(spoil))
  expect(findings.map(({ text }) => text)).toEqual(expect.arrayContaining([expect.stringContaining(kind)]))
})

test('a finding is shrunk to the requests that it needs', async () => {
  const steps = [get(PET), POST_USER, get('/v2/pet/2'), get('/v2/user/b'), get(PET)]
  const numbered = steps.map((step, index): Numbered => ({ index, step }))
  const mistaken = spoiled((answer, url) => (url.endsWith('/user/b') && answer.ok ? new Response('') : answer))
  const fails = async (some: readonly Numbered[]) => (await play(some, mistaken)).findings.length > 0
  expect((await shrink(numbered, fails)).map(({ index }) => index)).toEqual([1, 3])
})

test('XML is read by no code of the mock', () => {
  const check = createCheck(pathOf('openapi.yaml'), pathOf('src/mock/admin/openapi.yaml'))
  const told = (text: string) => {
    const headers = {
      'content-type': 'application/xml',
      'content-length': String(text.length),
      'access-control-allow-origin': '*',
    }
    const asked = { method: 'GET', target: PET, headers: GET.headers, sessions: [] }
    return check(asked, { status: 200, headers, body: Buffer.from(text) }, [])
  }
  const declared = (root: string) => `<?xml version="1.0" encoding="UTF-8"?>${root}`
  expect(told(declared('<Pet><id>1</id><name>a &amp; b</name><tags><id>2</id></tags></Pet>'))).toEqual([])
  const broken = [
    '<Pet><name>a</Pet>',
    '<Pets/>',
    '<Pet><id>x</id><name/></Pet>',
    '<Pet><name>&x;</name></Pet>',
    '<Pet><name/><name/></Pet>',
    '<Pet><name/><more/></Pet>',
    '<Pet><id>1</id></Pet>',
    '<Pet><name/></Pet>x',
  ]
  for (const root of broken) expect([root, told(declared(root))]).toEqual([root, [expect.any(String)]])
  expect(told('<Pet><name/></Pet>')).toHaveLength(1)
})

const CHECKERS = /^(check-answer|document-rules|strict-xml|wire-client)\.ts$/

test('what checks the answers imports nothing of the mock', () => {
  const folder = pathOf('test/random')
  const checkers = readdirSync(folder).filter((file) => CHECKERS.test(file))
  expect(checkers).toHaveLength(4)
  for (const file of checkers) expect(readFileSync(`${folder}/${file}`, 'utf8')).not.toMatch(/src\//)
})
