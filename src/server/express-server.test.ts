import { once } from 'node:events'
import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import express, { type ErrorRequestHandler, type Express } from 'express'
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
