import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, createServer, IncomingMessage, request, type Server, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import express, { type ErrorRequestHandler, type Express } from 'express'
import fc from 'fast-check'
import { createExpressServer } from './express-server.ts'

/** Whatever a route may use of Express's request and response, and an app mounted below another. */
function sampleApp(): Express {
  const inner = express()
  inner.get('/who', (req, res) => res.json({ base: req.baseUrl, mine: req.app === inner }))
  const app = express()
  app.use('/inner', inner)
  app.use(express.json())
  app.get('/json', (req, res) => res.json({ query: req.query, ip: req.ip, secure: req.secure, mine: res.app === app }))
  app.get('/text', (req, res) =>
    res
      .type('text')
      .vary('Accept')
      .send(`hello ${req.get('x-name')}`),
  )
  app.get('/cookie', (_req, res) => res.cookie('a', 'b').status(204).end())
  app.get('/redirect', (_req, res) => res.redirect('/json'))
  app.get('/throws', () => {
    throw new Error('on purpose')
  })
  app.post('/echo', (req, res) => res.status(201).location('/echo/1').send(req.body))
  app.get('/instance', (req, res) => res.send([req instanceof IncomingMessage, res instanceof ServerResponse]))
  return app.use(tell)
}

/** Express's own error page holds a stack, which is not the same twice. */
const tell: ErrorRequestHandler = (error, _req, res, _next) => {
  res.status(error.status ?? 500).json({ message: error.message })
}

const servers: Server[] = []
let plain = ''
let ours = ''

async function urlOf(server: Server): Promise<string> {
  servers.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  plain = await urlOf(createServer(sampleApp()))
  ours = await urlOf(createExpressServer(sampleApp()))
})

afterAll(() => {
  for (const server of servers) server.close()
})

async function answerOf(base: string, path: string, init: RequestInit) {
  const response = await fetch(base + path, { redirect: 'manual', ...init })
  const headers = [...response.headers].filter(([name]) => name !== 'date')
  return { status: response.status, headers, body: await response.text() }
}

const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":[1]}' }

test.each<[string, number, RequestInit]>([
  ['/json?a=1&a=2', 200, {}],
  ['/text', 200, { headers: { 'x-name': 'Zoë'.normalize('NFC') } }],
  ['/text', 200, { method: 'HEAD' }],
  ['/text', 200, { method: 'OPTIONS' }],
  ['/cookie', 204, {}],
  ['/redirect', 302, {}],
  ['/echo', 201, json],
  ['/echo', 400, { ...json, body: '{' }],
  ['/inner/who', 200, {}],
  ['/instance', 200, {}],
  ['/throws', 500, {}],
  ['/nothing', 404, {}],
])('createExpressServer answers %s with %i as createServer does', async (path, status, init) => {
  const answer = await answerOf(ours, path, init)
  expect(answer.status).toBe(status)
  expect(answer).toEqual(await answerOf(plain, path, init))
})

test('createExpressServer makes requests and responses with the prototypes that Express asks for', async () => {
  const app = sampleApp()
  const prototypes: unknown[] = []
  const server = createExpressServer(app)
  server.prependListener('request', (req, res) =>
    prototypes.push(Object.getPrototypeOf(req), Object.getPrototypeOf(res)),
  )
  await fetch(`${await urlOf(server)}/json`)
  expect(prototypes[0]).toBe(app.request)
  expect(prototypes[1]).toBe(app.response)
})

test('createExpressServer makes requests and responses whose fields V8 finds without a dictionary', async () => {
  const app = express()
  const seen: boolean[] = []
  setFlagsFromString('--allow-natives-syntax')
  const isFast = runInNewContext('(value) => %HasFastProperties(value)') as (value: object) => boolean
  app.use((req, res) => {
    seen.push(isFast(req), isFast(res))
    res.end()
  })
  const url = await urlOf(createExpressServer(app))
  for (let count = 0; count < 3; count++) await fetch(url)
  setFlagsFromString('--no-allow-natives-syntax')
  expect(seen).toEqual([true, true, true, true, true, true])
})

test('the shortcut was written for this version of Express', () => {
  const manifest = createRequire(import.meta.url).resolve('express/package.json')
  expect(JSON.parse(readFileSync(manifest, 'utf8')).version).toBe('5.3.0')
})

interface Random {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
}

const segment = fc.constantFrom(
  'json',
  'text',
  'cookie',
  'redirect',
  'throws',
  'echo',
  'inner',
  'who',
  'instance',
  '%zz',
  'a+b',
  '',
)
const query = fc.constantFrom('', '?', '?a=1', '?a=1&a=2', '?a[b]=1', '?%', '?q=%E2%82%AC')
/** But for Expect, which is left to the app: see above. */
const headers = fc.dictionary(
  fc.constantFrom('accept', 'x-name', 'content-type', 'cookie', 'if-none-match', 'x-forwarded-for', 'host'),
  fc.constantFrom('*', 'application/json', 'text/html;q=0.5', 'a=b', '127.0.0.1', '', 'x'.repeat(500)),
)
const random: fc.Arbitrary<Random> = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'),
  path: fc.tuple(fc.array(segment, { maxLength: 3 }), query).map(([path, search]) => `/${path.join('/')}${search}`),
  headers,
  body: fc.constantFrom('', '{}', '{"a":[1,2]}', '{', 'x'.repeat(2000)),
})

const agent = new Agent({ keepAlive: true, maxSockets: 16 })
afterAll(() => agent.destroy())

/** Status, headers and body, but for the date and the port. */
function answerTo(base: string, { method, path, headers, body }: Random): Promise<unknown> {
  const { hostname, port } = new URL(base)
  return new Promise((resolve, reject) => {
    const length = { 'content-length': Buffer.byteLength(body) }
    request({ agent, hostname, port, method, path, headers: { host: 'mock', ...headers, ...length } }, async (res) => {
      const { date: _date, ...rest } = res.headers
      resolve({ status: res.statusCode, headers: rest, body: await text(res) })
    })
      .on('error', reject)
      .end(body)
  })
}

test('createExpressServer answers 20,000 random requests as createServer does', async () => {
  for (const one of fc.sample(random, { numRuns: 20_000, seed: 1 })) {
    const [got, expected] = await Promise.all([answerTo(ours, one), answerTo(plain, one)])
    expect({ one, got }).toEqual({ one, got: expected })
  }
}, 600_000)
