import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http'
import { createServer as createSecureServer, type ServerOptions } from 'node:https'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startServer } from '../../../contract-tests/mutants/start-server.ts'
import { createMock } from '../../index.ts'
import { toCurl } from '../curl.ts'
import { runContract } from '../index.ts'

type Options = Partial<Parameters<typeof runContract>[0]>

const closers: (() => unknown)[] = []
let folder: string
let api: URL
let pems: ReturnType<typeof makeCertificate>
let others: ReturnType<typeof makeCertificate>

beforeAll(async () => {
  const server = await startServer()
  closers.push(server.close)
  api = new URL(server.url)
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
  pems = makeCertificate()
  others = makeCertificate('DNS:other.example')
})
afterAll(() => {
  for (const close of closers.splice(0)) close()
  rmSync(folder, { recursive: true, force: true })
})

/** A certificate that signs itself. */
function makeCertificate(names = 'DNS:localhost,IP:127.0.0.1') {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const how = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const what = ['-subj', '/CN=localhost', '-addext', `subjectAltName=${names}`, '-keyout', key, '-out', cert]
  execFileSync('openssl', ['req', '-x509', ...how, ...what], { stdio: 'ignore' })
  const text = readFileSync(cert, 'utf8')
  return { ca: text, cert: text, key: readFileSync(key, 'utf8') }
}

async function listen<S extends Server | ReturnType<typeof createTcpServer>>(server: S): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return (server.address() as AddressInfo).port
}

/** Passes a request on to the API, with the headers that are left. */
const passOn = (incoming: IncomingMessage, answer: Parameters<RequestListener>[1], headers = incoming.headers) => {
  const { method, url } = incoming
  const target = { host: api.hostname, port: api.port, method, path: url, headers }
  const onward = request(target, (response) => {
    answer.writeHead(response.statusCode ?? 0, response.headers)
    response.pipe(answer)
  })
  onward.on('error', () => answer.destroy())
  incoming.pipe(onward)
}

const urlOf = (port: number, scheme = 'http') => `${scheme}://127.0.0.1:${port}/v2`
const front = async (listener: RequestListener) => urlOf(await listen(createServer(listener)))
const secure = async (options: ServerOptions, listener: RequestListener = passOn) =>
  urlOf(await listen(createSecureServer({ ...pems, ...options }, listener)), 'https')
const always =
  (status: number, headers: Readonly<Record<string, string>>, body = ''): RequestListener =>
  (_request, response) =>
    response.writeHead(status, headers).end(body)
const html = { 'Content-Type': 'text/html; charset=utf-8' }

/** Lets requests through that the test accepts. */
const gate =
  (isOpen: (incoming: IncomingMessage) => boolean, refuse: RequestListener): RequestListener =>
  (incoming, response) =>
    isOpen(incoming) ? passOn(incoming, response) : refuse(incoming, response)

/** Counts requests, so that a front can change its mind. */
const after = (count: number, then: RequestListener): RequestListener => {
  let seen = 0
  return (incoming, response) => {
    seen += 1
    return seen > count ? then(incoming, response) : passOn(incoming, response)
  }
}

const without =
  (name: string): RequestListener =>
  (incoming, response) => {
    const { [name]: _dropped, ...headers } = incoming.headers
    passOn(incoming, response, headers)
  }

const deny = always(403, { 'Content-Type': 'application/json' }, '{"message":"Forbidden"}')

type Row = readonly [what: string, open: () => Promise<string>, sentence: string, options?: () => Options]

const FRONTS: readonly Row[] = [
  ['nothing', async () => 'http://127.0.0.1:9/v2', 'nothing listens at 127.0.0.1:9'],
  ['a name that nobody has', async () => 'http://api.invalid/v2', 'the name api.invalid is not known here'],
  ['another base path', async () => `${api.origin}/v3`, 'The base path is wrong'],
  ['a certificate that nobody trusts', () => secure({}), 'is not trusted'],
  ['a certificate for another name', () => secure(others), 'is for another name', () => ({ ca: others.ca })],
  ['TLS on a plain port', async () => api.href.replace('http:', 'https:'), 'does not speak TLS'],
  ['plain HTTP on a TLS port', async () => (await secure({})).replace('https:', 'http:'), 'speaks TLS. Write https://'],
  [
    'plain HTTP on the TLS port of nginx',
    () => front(always(400, html, '<h1>400</h1>The plain HTTP request was sent to HTTPS port')),
    'speaks TLS. Write https://',
  ],
  [
    'a server that wants a certificate',
    () => secure({ requestCert: true, rejectUnauthorized: true, ca: pems.ca }),
    '--cert FILE',
    () => ({ ca: pems.ca }),
  ],
  [
    'nginx that wants a certificate',
    () => front(always(400, html, 'No required SSL certificate was sent')),
    '--cert FILE and --key FILE',
  ],
  [
    'a protocol that is not HTTP',
    async () => urlOf(await listen(createTcpServer((s) => s.end('220 hi\r\n')))),
    'is not HTTP as it should be',
  ],
  [
    'a switch of protocols',
    async () => urlOf(await listen(createTcpServer((s) => s.once('data', () => s.write('HTTP/1.1 101 A\r\n\r\n'))))),
    'switch to another protocol',
  ],
  [
    'single sign-on',
    () => front(always(302, { Location: 'https://login.example/oauth2/authorize?client_id=a&redirect_uri=b' })),
    'to log in, at https://login.example/oauth2/authorize',
  ],
  ['a login page of its own', () => front(always(307, { Location: '/accounts/login/?next=/v2' })), 'to log in'],
  [
    'a redirect to https',
    () =>
      front((incoming, response) => response.writeHead(301, { Location: `https://127.0.0.1${incoming.url}` }).end()),
    'to https. Set --base-url',
  ],
  ['a captive page', () => front(always(200, html, '<h1>Welcome to our network')), 'HTML pages (200)'],
  [
    'a captive network that says so',
    () => front(always(511, html, '<h1>Log in')),
    'the network itself wants a login'.replace('the', 'The'),
  ],
  [
    'the same JSON for all',
    () => front(always(200, { 'Content-Type': 'application/json' }, '{"ok":true}')),
    'the same answer',
  ],
  ['a proxy whose server is away', () => front(always(502, html, '<h1>Bad gateway')), 'whose server is away'],
  ['a proxy that waits in vain', () => front(always(504, {}, 'upstream timeout')), 'whose server is away'],
  ['a CDN whose server is away', () => front(always(522, {}, 'error code: 522')), 'whose server is away'],
  [
    'a gateway that wants a password',
    () => front(always(401, { 'WWW-Authenticate': 'Basic realm="staging"' })),
    'before the host: USER:PASSWORD@HOST',
  ],
  [
    'a gateway that wants a token',
    () => front(always(401, { 'WWW-Authenticate': 'Bearer' })),
    "--header 'Authorization: Bearer …'",
  ],
  ['a gateway that refuses', () => front(deny), 'refuses every request (403)'],
  [
    'a firewall that does not know the suite',
    () => front(gate(({ headers }) => /Mozilla/.test(headers['user-agent'] ?? ''), always(403, html, 'Blocked'))),
    'by its User-Agent',
  ],
  ['a proxy that drops the key', () => front(without('api_key')), 'drops the header api_key'],
  ['a wrong key', async () => api.href, 'refuses the key', () => ({ apiKey: 'wrong' })],
  ['no key', async () => api.href, 'asks for a key', () => ({ apiKey: '' })],
  ['a limit of requests', () => front(always(429, {})), '--rate'],
  ['a limit of requests, for an hour', () => front(always(429, { 'Retry-After': '3600' })), 'limits requests (429)'],
  ['a server in maintenance', () => front(always(503, { 'Retry-After': '3600' })), 'as in maintenance'],
  [
    'a proxy that wants a password',
    () => front(always(407, { 'Proxy-Authenticate': 'Basic' })),
    'wants a user and password (407)',
  ],
  [
    'a proxy that is not there',
    async () => 'http://api.invalid/v2',
    'cannot be used',
    () => ({ proxy: { http: 'http://127.0.0.1:9' } }),
  ],
  [
    'a proxy that is no proxy',
    async () => 'https://api.invalid/v2',
    'cannot be used',
    () => ({ proxy: { https: api.origin } }),
  ],
  [
    'a proxy of another kind',
    async () => api.href,
    'must be an http or https URL',
    () => ({ proxy: { http: 'socks5://127.0.0.1:9' } }),
  ],
  ['a query in the base URL', async () => `${api.href}?token=a`, 'without a query'],
  [
    'a session that ends',
    () => front(after(12, always(302, { Location: 'https://login.example/signin' }))),
    'to https://login.example/signin',
  ],
  ['a gateway that has enough', () => front(after(12, deny)), 'what it took before'],
  ['a limit that is reached', () => front(after(12, always(429, { 'Retry-After': '3600' }))), '--rate'],
]

const BASE: Options = { apiKey: 'special-key', mode: 'safe', waitBudgetMs: 20, timeoutMs: 5000, seed: 1 }

test.each(FRONTS)('%s is said, and nobody is accused', async (_what, open, sentence, options = () => ({})) => {
  const baseUrl = await open()
  const report = await runContract({ ...BASE, baseUrl, ...options() })
  expect(report.problem).toContain(sentence)
  expect(report.findings.filter(({ level }) => level === 'failure' && report.verdict === 'fails')).toEqual([])
  expect(report.verdict).toBe('could-not-run')
})

/** The CONNECT and the whole-URL kinds of a proxy. */
async function openProxy(seen: string[]) {
  const server = createServer((incoming, response) => {
    seen.push(`${incoming.method} ${new URL(incoming.url ?? '').host} ${incoming.headers['proxy-authorization'] ?? ''}`)
    incoming.url = new URL(incoming.url ?? '').pathname + new URL(incoming.url ?? '').search
    passOn(incoming, response)
  })
  return { server, port: await listen(server) }
}

test('a run goes through the proxy of the environment, with its password', async () => {
  const seen: string[] = []
  const { port } = await openProxy(seen)
  const proxy = { http: `http://me:pw%40@127.0.0.1:${port}` }
  const report = await runContract({ ...BASE, only: ['getInventory'], baseUrl: 'http://staging.example/v2', proxy })
  expect(report.verdict).toBe('conforms')
  expect(seen.filter((line) => !/^(GET|HEAD|OPTIONS) staging\.example Basic bWU6cHdA$/.test(line))).toEqual([])
  expect(seen.length).toBeGreaterThan(10)
})

test('https goes through a tunnel, and NO_PROXY around it', async () => {
  const tunnels: string[] = []
  const secureUrl = new URL(await secure({}))
  const { server, port } = await openProxy([])
  server.on('connect', (incoming, client) => {
    tunnels.push(incoming.url ?? '')
    const onward = connect(Number(secureUrl.port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(client).pipe(onward)
    })
    onward.on('error', () => client.destroy())
  })
  const proxy = { https: `http://127.0.0.1:${port}` }
  const run = { ...BASE, only: ['getInventory'], ca: pems.ca, proxy }
  expect((await runContract({ ...run, baseUrl: 'https://localhost/v2' })).verdict).toBe('conforms')
  expect(new Set(tunnels)).toEqual(new Set(['localhost:443']))
  const before = tunnels.length
  const around = { ...proxy, none: 'other.example, 127.0.0.0/8' }
  expect((await runContract({ ...run, baseUrl: secureUrl.href, proxy: around })).verdict).toBe('conforms')
  expect(tunnels).toHaveLength(before)
})

test('a client certificate is shown', async () => {
  const baseUrl = await secure({ requestCert: true, rejectUnauthorized: true, ca: pems.ca })
  const report = await runContract({ ...BASE, ...pems, only: ['getInventory'], baseUrl })
  expect(report.verdict).toBe('conforms')
})

test('headers, and a user and password in the URL, are sent with every request and stand in no report', async () => {
  const wanted = `Basic ${Buffer.from('me:p w').toString('base64')}`
  const isOpen = ({ headers }: IncomingMessage) =>
    headers.authorization === wanted &&
    headers['x-team'] === 'team secret' &&
    /^inboxes-mock\//.test(headers['user-agent'] ?? '')
  const url = new URL(await front(gate(isOpen, deny)))
  url.username = 'me'
  url.password = 'p w'
  const headers = { 'X-Team': 'team secret' }
  const report = await runContract({ ...BASE, baseUrl: url.href, headers, only: ['getInventory', 'createUser'] })
  expect(report.problem).toBe('')
  expect(report.verdict).toBe('conforms')
  expect(JSON.stringify(report)).not.toMatch(/p%20w|p w|team secret|bWU6/)
  const request = { method: 'GET', path: '/a', headers: {}, hidden: Object.keys(headers) }
  expect(toCurl(request, url.origin, String)).toContain('-H "X-Team: $X_TEAM"')
})

test('a proxy that opens no way says so', async () => {
  const { server, port } = await openProxy([])
  server.on('connect', (_incoming, client) => client.end('HTTP/1.1 403 Forbidden\r\n\r\n'))
  const proxy = { https: `http://127.0.0.1:${port}` }
  const { verdict, problem } = await runContract({ ...BASE, baseUrl: 'https://api.invalid/v2', proxy })
  expect(problem).toContain('opens no way to api.invalid:443 (403)')
  expect(verdict).toBe('could-not-run')
})

test('a firewall that refuses single requests with a page is named, and the server is not accused', async () => {
  const isOpen = ({ url, headers }: IncomingMessage) =>
    !/findByTags/.test(url ?? '') || headers.api_key !== 'special-key'
  const baseUrl = await front(gate(isOpen, always(403, html, 'Blocked')))
  const { verdict, problem, findings } = await runContract({ ...BASE, baseUrl })
  expect(findings.filter(({ level }) => level === 'failure')).toEqual([])
  expect(problem).toMatch(/A firewall before the server refused \d+ valid requests with a page \(403\)/)
  expect(verdict).toBe('could-not-run')
})

test.each<[string, string | undefined]>([
  ['http://127.0.0.1:9/v2', 'owned'],
  ['http://api.invalid/v2', 'safe'],
])('the mode for %s, which nobody answers, is %s', async (baseUrl, mode) => {
  expect((await runContract({ baseUrl })).mode).toBe(mode)
})

test('full is the mode for a mock alone: a gateway that leads only its health to one is none', async () => {
  const { url, close } = await createMock().listen()
  closers.push(close)
  expect((await runContract({ baseUrl: url, only: ['logoutUser'] })).mode).toBe('full')
  const health = always(200, { 'Content-Type': 'application/json' }, '{"status":"ok","product":"inboxes-mock"}')
  const mixed = await front(gate((incoming) => !incoming.url?.startsWith('/__admin'), health))
  expect((await runContract({ baseUrl: mixed, apiKey: 'wrong' })).mode).toBe('owned')
  const proxy = { http: api.origin }
  expect((await runContract({ baseUrl: api.href, proxy })).mode).toBe('safe')
})
