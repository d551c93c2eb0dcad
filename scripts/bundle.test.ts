import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type CliProcess, spawnCli } from '../src/cli/process.test.support.ts'
import { createMock } from '../src/index.ts'
import type { Running } from '../src/mock/http/server.ts'
import { loadDocument } from '../src/openapi/load-document.ts'
import { pathOf } from '../src/openapi/package-files.ts'
import { latePackages } from './late-packages.ts'

const { operations } = loadDocument(pathOf('openapi.yaml'))
const agent = new Agent({ keepAlive: true, maxSockets: 2 })

/** The sources, with the packages as they were installed; and the command as it is published. */
let modules: Running
let command: CliProcess
let urls: readonly string[] = []

beforeAll(async () => {
  modules = await createMock().listen()
  command = spawnCli(['--port', '0', '--quiet', '--json'])
  urls = [modules.url, String(JSON.parse(await command.firstLine()).url)]
})

afterAll(async () => {
  agent.destroy()
  command.child.kill('SIGTERM')
  await Promise.all([modules.close(), command.ended])
})

interface Random {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly isChunked: boolean
}

const words = fc.constantFrom('1', '2', '11', 'user1', 'login', 'findByStatus', '%zz', 'x', '-1', '1#2', '')
const paths = fc
  .tuple(
    fc.constantFrom(...operations.map(({ path }) => path), '/nothing'),
    words,
    fc.constantFrom('', '?status=sold,pending', '?tags=tag1', '?username=a&password=b', '?a=%'),
  )
  .map(([path, word, search]) => `${path.replace(/\{\w+\}/, word)}${search}`)
const types = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-16',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=b',
  'text/plain',
)
const encodings = fc.constantFrom('gzip', 'identity', 'deflate', 'br', 'compress')
const headers = fc.record(
  {
    api_key: fc.constantFrom('special-key', 'other'),
    accept: fc.constantFrom('application/json', 'application/xml', 'text/html', '*/*;q=0.1'),
    'content-type': types,
    'content-encoding': encodings,
    prefer: fc.constantFrom('code=404', 'dynamic=true', 'example=none'),
  },
  { requiredKeys: [] },
)
const texts = fc.constantFrom(
  '',
  '{',
  '{"username":"a","id":1}',
  '[{"username":"b"}]',
  '{"id":1,"name":"a","photoUrls":[]}',
  '<Pet><id>1</id><name>a</name></Pet>',
  'name=a&status=sold',
  '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nx\r\n--b--\r\n',
)
const bodies = fc.tuple(texts, fc.boolean()).map(([body, zipped]) => (zipped ? gzipSync(body) : Buffer.from(body)))
const random: fc.Arbitrary<Random> = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'),
  path: paths,
  headers,
  body: bodies,
  isChunked: fc.boolean(),
})

function answerTo(base: string, { method, path, headers, body, isChunked }: Random): Promise<unknown> {
  const length = isChunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': body.length }
  return new Promise((resolve, reject) => {
    request(base + path, { agent, method, headers: { host: 'mock', ...headers, ...length } }, async (res) => {
      resolve({ status: res.statusCode, headers: res.headers, body: await text(res) })
    })
      .on('error', reject)
      .end(body)
  })
}

test('the command answers 20,000 random requests as its sources do', async () => {
  for (const one of fc.sample(random, { numRuns: 20_000, seed: 1 })) {
    const [expected, got] = await Promise.all(urls.map((url) => answerTo(url, one)))
    expect({ one, got }).toEqual({ one, got: expected })
  }
}, 600_000)

test('packages that are loaded late are not in the bundle, and stand beside it', () => {
  const code = readFileSync(pathOf('dist/bundle/cli-main.cjs'), 'utf8')
  // A list of names, for a failure that shows the whole bundle is read by nobody.
  expect(latePackages.filter((name) => code.includes(`node_modules/${name}/`))).toEqual([])
  for (const name of latePackages)
    expect(readFileSync(pathOf(`dist/prepared/${name}.cjs`), 'utf8').includes('module.exports')).toBe(true)
})
