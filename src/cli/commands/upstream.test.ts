import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createMock, type Running } from '../../index.ts'
import { readCommand } from '../options/read-command.ts'
import { spawnCli } from '../process.test.support.ts'

let folder: string
let live: Running
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
  live = await createMock().listen()
})
afterEach(async () => {
  await live.close()
  rmSync(folder, { recursive: true })
})

const KEY = { api_key: 'special-key' }

/** Starts the command; resolves when it is ready or has ended. */
async function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const cli = spawnCli(['--port', '0', ...args], { env })
  const line = await Promise.race([cli.firstLine(), cli.ended.then(() => '')])
  const [url = ''] = /http:\S+/.exec(line) ?? []
  return { ...cli, url }
}

test('the command records what it saw, and starts from it', async () => {
  const [record, har] = [join(folder, 'staging.json'), join(folder, 'staging.har')]
  const cli = await start(['--upstream', live.url, '--record', record, '--har', har])
  const pet = await (await fetch(`${cli.url}/pet/1`, { headers: KEY })).json()
  const user = (await (await fetch(`${cli.url}/user/user1`)).json()) as { email: string }
  cli.child.kill('SIGTERM')
  expect(await cli.ended).toBe(0)
  expect(cli.written.err).toContain('live 200')
  const [recorded, archive] = [readFileSync(record, 'utf8'), readFileSync(har, 'utf8')]
  expect(JSON.parse(recorded).pets).toEqual([pet])
  expect(recorded + archive).not.toContain(user.email)
  expect(JSON.parse(archive).log.entries).toHaveLength(2)
  const again = await start(['--state', record])
  expect(await (await fetch(`${again.url}/pet/1`, { headers: KEY })).json()).toEqual(pet)
  again.child.kill('SIGTERM')
  await again.ended
  const imported = join(folder, 'imported.json')
  const cli2 = spawnCli(['import', har, '--to', imported])
  expect(await cli2.ended).toBe(0)
  expect(JSON.parse(readFileSync(imported, 'utf8')).pets).toEqual([pet])
  const deeper = join(folder, 'not', 'there', 'imported.json')
  const [intoNewFolder, ontoFolder] = [deeper, folder].map((to) => spawnCli(['import', har, '--to', to]))
  expect([await intoNewFolder?.ended, readFileSync(deeper, 'utf8')]).toEqual([0, readFileSync(imported, 'utf8')])
  expect([await ontoFolder?.ended, ontoFolder?.written.err]).toEqual([
    2,
    `--to writes a file, and ${folder} is none. Name a new file.\n`,
  ])
}, 60_000)

test('an archive that cannot be begun is one sentence, and no start', async () => {
  const har = join(folder, 'absent', 'staging.har')
  const cli = spawnCli(['--port', '0', '--upstream', live.url, '--har', har])
  expect([await cli.ended, cli.written.err]).toEqual([
    2,
    expect.stringContaining(`--har cannot write ${har} (ENOENT). Correct that, or name another file.`),
  ])
}, 60_000)

test('one sentence at the start tells of a key that is refused, and no output shows the key', async () => {
  const cli = await start(['--upstream', live.url], { INBOXES_API_KEY: 'LIVE-KEY-12345' })
  cli.child.kill('SIGTERM')
  await cli.ended
  expect(cli.written.err).toContain('refuses the key of INBOXES_API_KEY (401). Set the right one.')
  expect(cli.written.err + cli.written.out).not.toContain('LIVE-KEY-12345')
}, 60_000)

test('one sentence at the start tells of a URL without a base path', async () => {
  const { origin } = new URL(live.url)
  const cli = await start(['--upstream', origin])
  cli.child.kill('SIGTERM')
  await cli.ended
  expect(cli.written.err).toMatch(/has no base path; perhaps http:\S+\/v2 is meant\./)
}, 60_000)

test('a mock that is its own upstream does not start', async () => {
  const { port } = live
  await live.close()
  const cli = spawnCli(['--port', String(port), '--upstream', `http://localhost:${port}/v2`])
  expect(await cli.ended).toBe(2)
  expect(cli.written.err).toContain('is this mock itself')
  live = await createMock().listen()
}, 60_000)

test.each([
  [['--upstream', 'ftp://x.example/v2'], 'http or https URL'],
  [['--upstream', 'http://me:secret@x.example/v2'], 'without a user and password'],
  [['--upstream', 'http://x.example/v2', '--host', '0.0.0.0'], 'admin token'],
  [['--record', 'a.json'], '--record needs a live server'],
  [['--upstream', 'http://x.example/v2', '--state', 'a.json', '--record', 'a.json'], 'two files'],
  [['import', 'a.har'], 'import needs an archive and a file'],
])('%j is refused: %s', (args, why) => {
  const command = readCommand(args, {})
  expect(command.kind).toBe('usage-error')
  const message = command.kind === 'usage-error' ? command.message : ''
  expect(message).toContain(why)
  expect(message).not.toContain('secret')
})

test('with an admin token a mock with an upstream may be reached by others', () => {
  const args = ['--upstream', 'http://x.example/v2', '--host', '0.0.0.0', '--admin-token', 'change-me']
  expect(readCommand(args, {}).kind).toBe('serve')
})

test('the key of the live server comes from the environment alone', () => {
  const env = { INBOXES_API_KEY: 'from-env' }
  const upstream = ['--upstream', 'http://x.example/v2']
  const keyOf = (args: readonly string[]) => {
    const command = readCommand(args, env)
    return command.kind === 'serve' ? [command.config.upstream?.key, command.config.upstream?.clientKey] : command
  }
  expect(keyOf(upstream)).toEqual(['from-env', undefined])
  expect(keyOf([...upstream, '--upstream-key', 'client'])).toEqual([undefined, true])
  expect(readCommand([...upstream, '--upstream-key', 'abc'], env).kind).toBe('usage-error')
})

test('a file that is no recording is not written over', async () => {
  const file = join(folder, 'mine.json')
  writeFileSync(file, 'my notes')
  const cli = spawnCli(['--port', '0', '--upstream', live.url, '--record', file])
  expect(await cli.ended).toBe(2)
  expect(cli.written.err).toContain('--record would write over')
  expect(readFileSync(file, 'utf8')).toBe('my notes')
}, 60_000)
