import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from '@jest/globals'
import { pathOf } from '../../openapi/package-files.ts'
import { readCommand } from '../options/read-command.ts'
import { type CliProcess, spawnCli } from '../process.test.support.ts'

const started: CliProcess[] = []

afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
})

/** Runs a node program under `exec`. */
function exec(program: string, flags: readonly string[] = [], env: Readonly<Record<string, string>> = {}): CliProcess {
  const cli = spawnCli(['exec', ...flags, '--', process.execPath, '-e', program], { env })
  started.push(cli)
  return cli
}

const endOf = async ({ ended, written }: CliProcess) => ({ code: await ended, ...written })

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Polls until no process has the id. */
async function gone(pid: number): Promise<void> {
  while (isRunning(pid)) await pause(20)
}

const ASKS = `fetch(process.env.INBOXES_BASE_URL + '/pet/1', { headers: { api_key: 'special-key' } })
  .then((reply) => console.log(process.env.INBOXES_BASE_URL, reply.status))`

test('exec gives the command a mock of its own and leaves its output clean', async () => {
  const end = await endOf(exec(ASKS, [], { PORT: '1' }))
  expect(end).toEqual({ code: 0, err: '', out: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d\d+\/v2 200\n$/) })
})

test('exec --no-quiet logs on stderr', async () => {
  const { out, err } = await endOf(exec(ASKS, ['--no-quiet']))
  expect(out.split('\n')).toHaveLength(2)
  expect(err).toMatch(/^inboxes-mock ready at [\s\S]*GET +\/v2\/pet\/1 +200 +[\d.]+ ms\n$/)
})

test('exec closes the mock when the command ends', async () => {
  const { out } = await endOf(exec('console.log(process.env.INBOXES_BASE_URL)'))
  await expect(fetch(`${out.trim()}/pet/1`)).rejects.toThrow('fetch failed')
})

test.each([
  ['process.exit(7)', 7],
  ["process.kill(process.pid, 'SIGKILL')", 137],
  ["process.kill(process.pid, 'SIGTERM')", 143],
])('exec of %s ends with %i', async (program, code) => {
  expect(await endOf(exec(program))).toEqual({ code, out: '', err: '' })
})

test('exec says in one line that a command cannot be started', async () => {
  const cli = spawnCli(['exec', '--', './absent'])
  started.push(cli)
  expect(await endOf(cli)).toEqual({
    code: 127,
    out: '',
    err: './absent cannot be started (no such program, or no such folder to run it in). Name a program after --, for example: inboxes-mock exec -- npm test\n',
  })
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'exec passes %s on and waits for what the command makes of it',
  async (signal) => {
    const cli = exec(`process.on('${signal}', () => { console.log('heard'); process.exit(9) })
    setInterval(() => {}, 1000)
    console.log('ready')`)
    await cli.firstLine()
    cli.child.kill(signal)
    expect(await endOf(cli)).toEqual({ code: 9, out: 'ready\nheard\n', err: '' })
  },
)

test('exec ends with 128 and the signal that ended the command', async () => {
  const cli = exec("setInterval(() => {}, 1000); console.log('ready')")
  await cli.firstLine()
  cli.child.kill('SIGTERM')
  expect(await cli.ended).toBe(143)
})

/** A command that hears no signal, and so does the process it starts. */
const STUBBORN = `for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log('no'))
  setInterval(() => {}, 1000)`
const STUBBORN_PAIR = `${STUBBORN}
  require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(STUBBORN)} + ';console.log(process.ppid, process.pid)'], { stdio: 'inherit' })`

test('a second signal to exec ends the command and all that it started', async () => {
  const cli = exec(STUBBORN_PAIR)
  const pids = (await cli.firstLine()).split(' ').map(Number)
  cli.child.kill('SIGTERM')
  await once(cli.child.stdout, 'data')
  expect(pids.map(isRunning)).toEqual([true, true])
  cli.child.kill('SIGINT')
  expect(await cli.ended).toBe(130)
  await Promise.all(pids.map(gone))
})

test.each([
  ['that hears no signal', STUBBORN],
  ['that would go on', 'setInterval(() => {}, 1000)'],
])('what a command leaves running %s ends with exec', async (_how, left) => {
  const leave = `const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(left)} + ';process.send(1)'],
    { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    child.on('message', () => { console.log(child.pid); process.exit(3) })`
  const { code, out } = await endOf(exec(leave))
  expect(code).toBe(3)
  expect(Number(out)).toBeGreaterThan(0)
  await gone(Number(out))
})

test('the example of the page about exec passes under exec', async () => {
  const [, example = ''] = /^```js under exec\n(.*?)^```/ms.exec(readFileSync(pathOf('docs/exec.md'), 'utf8')) ?? []
  expect(example).toContain('INBOXES_BASE_URL')
  const cli = spawnCli(['exec', '--pack', 'one', '--', process.execPath, '--input-type=module', '-e', example])
  started.push(cli)
  expect(await endOf(cli)).toEqual({ code: 0, out: '', err: '' })
})

test('exec names a variable that has no effect, and runs', async () => {
  const { code, err } = await endOf(exec('', [], { INBOXES_MOCK_SEEED: '7' }))
  expect([code, err]).toEqual([
    0,
    expect.stringContaining('INBOXES_MOCK_SEEED has no effect. Did you mean INBOXES_MOCK_SEED?'),
  ])
})

test('exec gives all after the first -- to the command', () => {
  const env = { A: 'b' }
  expect(readCommand(['exec', '--seed', '7', '--', 'npm', 'test', '--', '--seed', '8'], env)).toMatchObject({
    kind: 'exec',
    config: { seed: 7, port: 0, quiet: true },
    line: { file: 'npm', args: ['test', '--', '--seed', '8'], env },
  })
})

test('exec accepts a port and a log from its flags', () => {
  const command = readCommand(['exec', '--port', '4010', '--no-quiet', '--', 'x'], {})
  expect(command).toMatchObject({ config: { port: 4010, quiet: false } })
})

test.each([
  [['exec'], 'exec needs a command after --. For example: inboxes-mock exec -- npm test'],
  [['exec', '--'], 'exec needs a command after --. For example: inboxes-mock exec -- npm test'],
  [['exec', '--prot', '1', '--', 'x'], 'Unknown flag --prot. Did you mean --port?'],
  [['exec', 'npm', 'test'], 'exec needs a command after --. For example: inboxes-mock exec -- npm test'],
])('readCommand refuses %j', (argv, message) => {
  expect(readCommand(argv, {})).toEqual({ kind: 'usage-error', message })
})
