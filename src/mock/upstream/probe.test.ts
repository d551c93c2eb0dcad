import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { afterAll, expect, test } from '@jest/globals'
import { loadDocument } from '../../openapi/load-document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { connectLive } from '../files/connect-live.ts'
import { nodePlatform } from '../files/node-platform.ts'
import { probeLive } from './probe.ts'
import type { UpstreamOptions } from './upstream-options.ts'

const document = loadDocument(pathOf('openapi.yaml'))
const closers: (() => void)[] = []
afterAll(() => {
  for (const close of closers) close()
})

/** The address that a server listens on, as a URL without a path. */
async function originOf(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The sentence of a start in front of a URL. */
async function sentenceOf(url: string, options: Partial<UpstreamOptions> = {}): Promise<string | undefined> {
  const upstream = { url, timeoutMs: 5_000, ...options }
  const { live } = connectLive({}, upstream, nodePlatform)
  const { side } = await live.parts()
  const sentence = await probeLive(side, upstream, document, 300)
  await live.close()
  return sentence
}

const answering =
  (status: number, type: string, body: string, more: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { ...(type && { 'Content-Type': type }), Connection: 'close', ...more }).end(body)
  }

const PAGE = '<!doctype html><html><title>Log in</title></html>'
const LOCATION = { Location: 'https://sso.example/login?token=secret' }

/** Live servers at a start, and a part of the sentence that tells of each. */
const LIVES: readonly (readonly [what: string, says: RegExp, answer: RequestListener])[] = [
  ['is an HTML page', /page in HTML/, answering(200, 'text/html; charset=utf-8', PAGE)],
  ['is a page that begins with a byte-order mark', /page in HTML/, answering(200, 'text/html', `\uFEFF\n${PAGE}`)],
  ['is a page that begins with a comment', /page in HTML/, answering(200, 'text/html', `<!-- hotel wifi -->${PAGE}`)],
  ['is a page in XHTML', /page in HTML/, answering(200, 'application/xhtml+xml', `<?xml version="1.0"?>${PAGE}`)],
  ['is a page without a type', /page in HTML/, answering(200, '', PAGE)],
  ['is a page that is called JSON', /page in HTML/, answering(200, 'application/json', PAGE)],
  ['is a page that is called a text', /page in HTML/, answering(200, 'text/plain', ` <HTML lang="en">${PAGE}`)],
  ['redirects to log in', /redirects \(302\)/, answering(302, 'text/html', PAGE, LOCATION)],
  ['redirects to another scheme', /redirects \(308\)/, answering(308, '', '', LOCATION)],
  ['is another API', /no inventory: \/body\/status must be/, answering(200, 'application/json', '{"status":"ok"}')],
  ['answers with a list', /no inventory: \/body must be/, answering(200, 'application/json', '[]')],
  ['answers with a text', /no inventory: \/headers\/content-type must be/, answering(200, 'text/plain', 'It works!')],
  ['answers with nothing', /no inventory/, answering(204, '', '')],
  ['answers with no JSON', /no inventory: \/body must be/, answering(200, 'application/json', 'ok')],
  ['fails', /answered 500 to GET/, answering(500, 'application/json', '{}')],
  ['fails with a page', /answered 500 to GET/, answering(500, 'text/html', PAGE)],
  ['is overloaded', /answered 503\. Until it is up again/, answering(503, 'text/html', PAGE)],
  ['has no such path', /answered 404 to GET .*\/v2\/store\/inventory/, answering(404, 'application/json', '{}')],
  ['asks for another key', /asks for a key \(401\)/, answering(401, 'text/html', PAGE)],
  ['forbids', /asks for a key \(403\)/, answering(403, '', '')],
  ['says nothing', /no answer within 300 ms/, () => {}],
]

test.each(LIVES)('one sentence at the start tells of a live server that %s', async (_what, says, answer) => {
  const sentence = await sentenceOf(`${await originOf(createServer(answer))}/v2`)
  expect(sentence).toMatch(says)
  expect(sentence).toMatch(/^The live server 127\.0\.0\.1:\d+ [^\n]*\.$/)
  expect(sentence).not.toMatch(/secret|token=/)
})

test.each(['', '/', '//'])('a URL that ends in "%s" after its host is told to have no base path', async (end) => {
  const origin = await originOf(createServer(answering(404, 'application/json', '{}')))
  expect(await sentenceOf(origin + end)).toContain(`has no base path; perhaps ${origin}/v2 is meant.`)
})

test('one sentence at the start tells of a key that is refused, and does not show it', async () => {
  const origin = await originOf(createServer(answering(401, 'application/json', '{}')))
  const sentence = await sentenceOf(`${origin}/v2`, { key: 'LIVE-KEY-12345' })
  expect(sentence).toContain('refuses the key of INBOXES_API_KEY (401). Set the right one.')
  expect(sentence).not.toContain('LIVE-KEY')
})

test('one sentence at the start tells of a server that speaks no TLS, and of one that speaks no HTTP', async () => {
  const origin = await originOf(createServer(answering(200, 'application/json', '{}')))
  expect(await sentenceOf(`${origin.replace('http:', 'https:')}/v2`)).toMatch(/speaks no TLS[^\n]*\.$/)
  const mail = createTcpServer((socket) => socket.on('error', () => {}).end('220 mail.example ESMTP\r\n\r\n'))
  expect(await sentenceOf(`${await originOf(mail)}/v2`)).toMatch(/does not speak HTTP as it should/)
})

test('one sentence at the start tells of a server that nobody can reach', async () => {
  const closed = createTcpServer()
  const origin = await originOf(closed)
  closed.close()
  await once(closed, 'close')
  expect(await sentenceOf(`${origin}/v2`)).toMatch(/refuses connections\. Until it is up again/)
  expect(await sentenceOf('http://nobody.invalid/v2')).toMatch(/name that is not known here|no answer within/)
})

test('nothing is said of a live server that gives an inventory', async () => {
  const origin = await originOf(createServer(answering(200, 'application/json', '{"sold":3}')))
  expect(await sentenceOf(`${origin}/v2`)).toBeUndefined()
})
