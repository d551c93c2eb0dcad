import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { runContract } from './index.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function problemOf(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  const { port } = server.address() as AddressInfo
  const report = await runContract({ baseUrl: `http://127.0.0.1:${port}/v2`, apiKey: 'a-key-of-ours', waitBudgetMs: 0 })
  expect(report.verdict).toBe('could-not-run')
  return report.problem
}

test.each<[string, (response: ServerResponse) => void, string]>([
  [
    'a redirect',
    (response) => response.writeHead(301, { Location: 'https://api.example/v2/' }).end(),
    'redirects every request, to https://api.example/v2/. Set --base-url to that address.',
  ],
  [
    'the page of a proxy',
    (response) => response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway'),
    'HTML pages (502)',
  ],
  [
    'the page of a web site',
    (response) => response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('<p>Welcome'),
    'HTML pages (200)',
  ],
  [
    'a server whose answers have a wrong length',
    (response) => response.socket?.end('HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n{}'),
    'is not HTTP as it should be (HPE_INVALID_CONTENT_LENGTH',
  ],
  ['a path that nobody has', (response) => response.writeHead(404).end(), 'The base path is wrong'],
  ['a key that is refused', (response) => response.writeHead(403).end(), 'refuses the key'],
  [
    'a server that puts off',
    (response) => response.writeHead(503, { 'Retry-After': '9' }).end(),
    'puts requests off (503',
  ],
])('%s is no run, and the message says what to do', async (_what, answer, message) => {
  expect(await problemOf(answer)).toContain(message)
})
