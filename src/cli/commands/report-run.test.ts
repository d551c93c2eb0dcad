import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createMock, type Mock } from '../../index.ts'
import type { PreparedRun, Progress, RunInput } from '../../mock/runs/runner.ts'
import { prepareRun } from './report-run.ts'

/** The settings that keep these runs short. */
const SHORT = { INBOXES_CONTRACT_ONLY: 'getPetById', INBOXES_CONTRACT_DEPTH: 'quick' }
const KEY = 'key-of-the-environment'

let mock: Mock
let asked: { readonly method: string; readonly key: string; readonly authorization: string }[]
let close: () => Promise<void>
let baseUrl: string

/** A server that keeps how it was asked: a mock that takes both keys of these tests. */
beforeEach(async () => {
  mock = createMock({ apiKeys: [KEY, 'key-of-the-form'] })
  asked = []
  const server = createServer((req, res) => {
    const { api_key: key = '', authorization = '' } = req.headers
    asked.push({ method: req.method ?? '', key: String(key), authorization })
    mock.app(req, res)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`
  close = async () => {
    server.closeAllConnections()
    server.close()
  }
})
afterEach(() => close())

function prepared(input: Partial<RunInput>, env: Record<string, string> = {}, config = {}): PreparedRun {
  const run = prepareRun({ kind: 'contract', baseUrl, ...input }, config, { ...SHORT, ...env })
  if (!('start' in run)) throw new Error(JSON.stringify(run))
  return run
}

const { signal } = new AbortController()

test('a run reads alone, with the key of the environment, and tells its progress', async () => {
  const told: Progress[] = []
  const run = prepared({}, { INBOXES_API_KEY: KEY })
  const report = await run.start(signal, (progress) => told.push(progress))
  expect(report).toMatchObject({ baseUrl, mode: 'safe', problem: '', verdict: 'conforms' })
  expect(
    [...new Set(asked.map(({ method }) => method))].filter((method) => !/^(GET|HEAD|OPTIONS)$/.test(method)),
  ).toEqual([])
  expect(asked.some(({ key }) => key === KEY)).toBe(true)
  expect(JSON.stringify([run, report, told])).not.toContain(KEY)
  const last = told.at(-1)
  expect(last?.requests).toBe(asked.length)
  expect(last?.done).toBeLessThan(last?.all ?? 0)
}, 30_000)

test('the key of the form goes before that of the environment', async () => {
  const report = await prepared({ apiKey: 'key-of-the-form' }, { INBOXES_API_KEY: KEY }).start(signal, () => {})
  expect(asked.filter(({ key }) => key === KEY)).toEqual([])
  expect(asked.some(({ key }) => key === 'key-of-the-form')).toBe(true)
  expect(JSON.stringify(report)).not.toContain('key-of-the-form')
}, 30_000)

test('with a token, by which others may use the control plane, no secret of the environment is sent', async () => {
  const env = { INBOXES_API_KEY: KEY, INBOXES_CONTRACT_HEADER: `Authorization: Bearer ${KEY}` }
  const report = await prepared({}, env, { adminToken: 'token' }).start(signal, () => {})
  expect(JSON.stringify(asked)).not.toContain(KEY)
  expect(report).toMatchObject({ problem: expect.stringContaining('asks for a key') })
}, 30_000)

test('drift compares with the mock', async () => {
  const report = await prepared({ kind: 'drift', apiKey: KEY }).start(signal, () => {})
  expect(report).toMatchObject({ baseUrl, mode: 'safe', differences: expect.any(Array), problem: '' })
}, 30_000)

test('the limit of time ends a run, and so does its signal', async () => {
  const late = await prepared({ apiKey: KEY, maxMs: 1 }).start(signal, () => {})
  expect(late).toMatchObject({ problem: expect.stringContaining('The time was up') })
  const stop = new AbortController()
  const stopped = await prepared({ apiKey: KEY }).start(stop.signal, () => stop.abort())
  expect(stopped).toMatchObject({ verdict: 'could-not-run', problem: expect.stringContaining('stopped') })
}, 30_000)

test('the user and password of a URL are sent, and shown nowhere', async () => {
  const run = prepared({ baseUrl: baseUrl.replace('//', '//ada:very-secret@'), apiKey: KEY })
  expect(run.baseUrl).toBe(baseUrl)
  const report = await run.start(signal, () => {})
  expect(asked.some(({ authorization }) => authorization.startsWith('Basic '))).toBe(true)
  expect(JSON.stringify(report)).not.toContain('very-secret')
}, 30_000)

test.each([
  ['not a url', 'an http or https URL'],
  ['ftp://a.example/v2', 'an http or https URL'],
  [
    'https://a.example/v2?key=very-secret',
    'a URL without a query and a fragment; send what a gateway wants by --header',
  ],
])('the base URL %s is refused at its member', (given, expected) => {
  expect(prepareRun({ kind: 'contract', baseUrl: given }, {}, {})).toEqual({ member: 'baseUrl', expected })
})

test.each(['', 'two words', 'ключ'])('the key %j is refused at its member', (apiKey) => {
  expect(prepareRun({ kind: 'contract', baseUrl, apiKey }, {}, {})).toMatchObject({ member: 'apiKey' })
})

test.each([
  [{ INBOXES_CONTRACT_RATE: 'fast' }, {}, 'INBOXES_CONTRACT_RATE must be'],
  [{}, { document: 'no-such.yaml' }, 'no-such.yaml'],
  [{ INBOXES_CONTRACT_CERT: 'no-such.pem' }, {}, '--cert and --key belong together'],
])('settings %j %j of the mock that no run can have are told in words', (env, config, why) => {
  expect(prepareRun({ kind: 'contract', baseUrl }, config, env)).toEqual({ problem: expect.stringContaining(why) })
})
