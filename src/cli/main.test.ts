import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from '@jest/globals'
import { type CliProcess, type SpawnOptions, spawnCli } from './process.test.support.ts'

const started: CliProcess[] = []
const sockets: Socket[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
})

function start(args: readonly string[], options?: SpawnOptions): CliProcess {
  const cli = spawnCli(args, options)
  started.push(cli)
  return cli
}

async function startReady(args: readonly string[] = [], options?: SpawnOptions) {
  const cli = start(['--port', '0', ...args], options)
  const line = await cli.firstLine()
  const url = line.startsWith('{') ? JSON.parse(line).url : line.replace('inboxes-mock ready at ', '')
  return { ...cli, line, url: String(url) }
}

/** The end of a command that does not serve. */
async function endOf(args: readonly string[], options?: SpawnOptions) {
  const { ended, written } = start(args, options)
  return { code: await ended, ...written }
}

const withKey = { headers: { api_key: 'special-key' } }

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const isAnswering = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  )

/** Looks again and again until somebody answers at the url. */
async function answering(url: string): Promise<void> {
  while (!(await isAnswering(url))) await pause(20)
}

/** Polls until no server answers at the URL. */
async function refusing(url: string): Promise<void> {
  while (await isAnswering(url)) await pause(20)
}

/** A request that the server has begun, and that ends when the test sends the rest of its body. */
async function beginRequest(url: string): Promise<Socket> {
  const { port, pathname } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
  sockets.push(socket)
  const headers = ['Host: x', 'Content-Type: application/json', 'Content-Length: 2', 'Expect: 100-continue']
  socket.write([`POST ${pathname}/user HTTP/1.1`, ...headers, '', ''].join('\r\n'))
  await once(socket, 'data')
  return socket
}

test('the command is ready when it says so, then hints at a curl', async () => {
  const { url, line, written, child, ended } = await startReady()
  expect(line).toMatch(/^inboxes-mock ready at http:\/\/127\.0\.0\.1:\d+\/v2$/)
  expect((await fetch(`${url}/pet/1`, withKey)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(written.out).toBe(
    `${line}\nTry: curl -H "api_key: special-key" ${url}/pet/1\nAPI key: special-key\n` +
      `In a browser: ${new URL(url).origin}/   To wait for a start: ${new URL(url).origin}/__admin/ready\n`,
  )
  expect(written.err).toMatch(/^[\d:]{8} GET +\/v2\/pet\/1 +200 +[\d.]+ ms\n$/)
})

test('the command takes flags before the environment', async () => {
  const env = { PORT: 'nonsense', INBOXES_MOCK_API_KEY: 'from-env', INBOXES_MOCK_QUIET: '1', INBOXES_MOCK_JSON: '1' }
  const { url, line, written, child, ended } = await startReady(['--api-key', 'from-flag', '--seed', '7'], { env })
  expect(JSON.parse(line)).toMatchObject({ event: 'ready', seed: 7, pets: 10, pid: child.pid })
  expect((await fetch(`${url}/pet/1`, { headers: { api_key: 'from-flag' } })).status).toBe(200)
  expect((await fetch(`${url}/pet/1`, { headers: { api_key: 'from-env' } })).status).toBe(401)
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(written).toEqual({ out: `${line}\n`, err: '' })
})

test('the log shows the first violation and no secret', async () => {
  const { url, written, child, ended } = await startReady(['--json'])
  await fetch(`${url}/pet/findByStatus?status=solt&api_key=hunter1`, withKey)
  await fetch(`${url}/user/login?username=ada&password=hunter2`)
  const user = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"username":"a","password":["hunter3"]}',
  }
  await fetch(`${url}/user`, user)
  child.kill('SIGTERM')
  await ended
  const lines = written.err.trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'request', status: 400, operationId: 'findPetsByStatus', violation: { suggestion: 'sold' } },
    { path: '/v2/user/login?(hidden)', status: 200 },
    { path: '/v2/user', status: 400, violation: { pointer: '/body/password' } },
  ])
  expect(written.err).not.toContain('hunter')
})

test('--help and --version answer on stdout', async () => {
  const [help, version] = await Promise.all([endOf(['--help']), endOf(['--version'])])
  expect(help).toMatchObject({ code: 0, err: '', out: expect.stringContaining('--api-key KEY') })
  expect(version).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
})

test.each([
  [['--port', '70000'], '--port must be a whole number from 0 to 65535, not "70000". For example: --port 4010\n', 2],
  [['--prot', '1'], 'Unknown flag --prot. Did you mean --port?\n', 2],
  [['--document', 'absent.yaml'], 'absent.yaml cannot be read (ENOENT). Name a readable file.\n', 2],
  [
    ['--host', '192.0.2.1'],
    'Host 192.0.2.1 is not an address of this machine. Choose one that is: inboxes-mock --host 127.0.0.1\n',
    1,
  ],
])('the command refuses %j in one line', async (args, err, code) => {
  expect(await endOf(args)).toEqual({ code, out: '', err })
})

test('the command names another port where one is in use', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const end = await endOf(['--port', String(port)])
  other.close()
  expect(end).toMatchObject({ code: 3, out: '' })
  expect(end.err).toMatch(
    new RegExp(`^Port ${port} is in use\\. Free it, or choose another: inboxes-mock --port \\d+\n$`),
  )
})

test('a signal lets a running request end, then exits with 0', async () => {
  const { url, child, ended } = await startReady()
  const socket = await beginRequest(url)
  child.kill('SIGTERM')
  await refusing(url)
  socket.write('{}')
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 [24]\d\d /)
  expect(await ended).toBe(0)
})

test.each(['SIGINT', 'SIGHUP'] as const)(
  'a request that does not end does not keep the process at %s',
  async (signal) => {
    const { url, child, ended } = await startReady()
    await beginRequest(url)
    child.kill(signal)
    expect(await ended).toBe(0)
  },
)

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('a second signal, %s, exits with %i without waiting', async (signal, code) => {
  const { url, child, ended } = await startReady()
  await beginRequest(url)
  child.kill('SIGTERM')
  await refusing(url)
  child.kill(signal)
  expect(await ended).toBe(code)
})

test('the command goes on serving when nobody reads what it writes', async () => {
  const { url, child, ended } = await startReady()
  child.stderr.destroy()
  await fetch(`${url}/pet/1`, withKey)
  expect((await fetch(`${url}/pet/1`, withKey)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('a stdout that nobody reads is no crash', async () => {
  const port = await freePort()
  const { child, ended, written } = start(['--port', String(port), '--quiet'])
  child.stdout.destroy()
  await answering(`http://127.0.0.1:${port}/v2/pet/1`)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(written.err).toBe('')
})

/** Preloaded into the process: throws as soon as the command is prepared for it. */
const THROWS = `data:text/javascript,process.on('newListener', (name) => {
  if (name === 'uncaughtException') setImmediate(() => { throw new Error('on purpose') })
})`

test('an unexpected error is one line that asks for a report', async () => {
  const end = await endOf(['--port', '0'], { node: ['--import', THROWS] })
  expect(end).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /^Unexpected error: Error: on purpose\. Please report it, with inboxes-mock \S+, Node v\S+ and the stack that INBOXES_MOCK_DEBUG=1 shows\.\n$/,
    ),
  })
})

test('INBOXES_MOCK_DEBUG shows the stack of an unexpected error', async () => {
  const end = await endOf(['--port', '0'], { node: ['--import', THROWS], env: { INBOXES_MOCK_DEBUG: '1' } })
  expect(end).toMatchObject({ code: 1, err: expect.stringMatching(/^Error: on purpose\n {4}at /) })
})
