import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type CliProcess, spawnCli } from '../src/cli/process.test.support.ts'
import { createMock } from '../src/index.ts'
import type { Running } from '../src/mock/http/server.ts'
import { loadDocument } from '../src/openapi/load-document.ts'
import { MISSING_FILES } from '../src/openapi/missing-files.ts'
import { pathOf } from '../src/openapi/package-files.ts'
import { COMMAND } from './bundle.ts'
import { bundleCommand } from './bundle-command.ts'
import { latePackages } from './late-packages.ts'

const { operations } = loadDocument(pathOf('openapi.yaml'))
const agent = new Agent({ keepAlive: true, maxSockets: 2 })

/** The sources, with the packages as they were installed; and the command as it is published. */
let modules: Running
let command: CliProcess
let urls: readonly string[] = []

/** Has a process write the files that it has loaded when it ends. */
const TELL_FILES = "process.on('exit', () => process.stderr.write(Object.keys(require.cache).join('\\n')))"

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

test('packages that are loaded late are in no part of the command, and stand beside it', async () => {
  const inputs = await withFolder((folder) => bundleCommand(folder, COMMAND, 'test'))
  expect(inputs).toContain('node_modules/express/index.js')
  expect(latePackages.filter((name) => inputs.some((file) => file.startsWith(`node_modules/${name}/`)))).toEqual([])
  for (const name of latePackages)
    expect(readFileSync(pathOf(`dist/prepared/${name}.cjs`), 'utf8').includes('module.exports')).toBe(true)
})

test('a start, JSON and refusals read the first two parts; an upload reads the third', async () => {
  const start = await partsReadBy(async (url) => {
    const json = { method: 'POST', headers: { ...KEY, 'Content-Type': 'application/json' } }
    expect((await fetch(`${url}/pet/1`, { headers: KEY })).status).toBe(200)
    expect((await fetch(`${url}/user`, { ...json, body: '{"username":"new"}' })).status).toBe(200)
    expect((await fetch(`${url}/user`, { ...json, body: '{"id":"x"}' })).status).toBe(400)
    expect((await fetch(`${url}/nothing`, { headers: KEY })).status).toBe(404)
  })
  expect(start).toEqual(['cli-main', 'cli-serve'])
  const upload = await partsReadBy(async (url) => {
    const body = new FormData()
    body.set('file', new File(['x'], 'x.txt'))
    expect((await fetch(`${url}/pet/1/uploadImage`, { method: 'POST', headers: KEY, body })).status).toBe(200)
  })
  expect(upload).toEqual(['cli-main', 'cli-serve', 'cli-rare'])
})

const KEY = { api_key: 'special-key' }
const statusOf = async (url: string, init: RequestInit = {}) => (await fetch(url, init)).status

function partsReadBy(ask: (url: string) => Promise<void>): Promise<(string | undefined)[]> {
  return withFolder(async (folder) => {
    const file = join(folder, 'tell-files.cjs')
    writeFileSync(file, TELL_FILES)
    const { child, written, ended, firstLine } = spawnCli(['--port', '0', '--quiet', '--json'], {
      node: ['--require', file],
    })
    try {
      await ask(String(JSON.parse(await firstLine()).url))
    } finally {
      child.kill('SIGTERM')
      await ended
    }
    return [...written.err.matchAll(/(cli-[a-z]+)[-\w]*\.cjs/g)].map(([, part]) => part)
  })
}

test('a mock whose files are missing says so, and finds them when they are back', async () => {
  await withFolder(async (folder) => {
    cpSync(pathOf('dist'), join(folder, 'dist'), { recursive: true })
    cpSync(pathOf('package.json'), join(folder, 'package.json'))
    for (const document of ['openapi.yaml', 'src/mock/admin/openapi.yaml'])
      cpSync(pathOf(document), join(folder, document))
    const bundle = join(folder, 'dist/bundle')
    const { child, written, ended, firstLine } = spawnCli(['--port', '0', '--json'], { bin: join(bundle, 'cli.cjs') })
    try {
      const url = String(JSON.parse(await firstLine()).url)
      const rare = readdirSync(bundle).filter((name) => name.startsWith('cli-rare'))
      for (const file of rare) renameSync(join(bundle, file), join(bundle, `${file}.away`))
      const preferring = { headers: { ...KEY, Prefer: 'code=404' } }
      const ready = `${new URL(url).origin}/__admin/ready`
      expect([await statusOf(`${url}/pet/1`, preferring), await statusOf(ready)]).toEqual([500, 500])
      expect(await statusOf(`${url}/pet/1`, { headers: KEY })).toBe(200)
      for (const file of rare) renameSync(join(bundle, `${file}.away`), join(bundle, file))
      expect([await statusOf(`${url}/pet/1`, preferring), await statusOf(ready)]).toEqual([404, 200])
    } finally {
      child.kill('SIGTERM')
      await ended
    }
    expect(written.err).toContain(MISSING_FILES)
    for (const name of readdirSync(bundle).filter((file) => file.startsWith('cli-contract'))) rmSync(join(bundle, name))
    const contract = spawnCli(['contract'], { bin: join(bundle, 'cli.cjs') })
    expect([await contract.ended, contract.written.err]).toEqual([2, `${MISSING_FILES}\n`])
  })
})

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-bundle-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
