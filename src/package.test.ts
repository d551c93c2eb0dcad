import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type CliProcess, spawnCli } from './cli/process.test.support.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const INSTALL = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--no-save']
const TWO_MINUTES = 120_000

let folder = ''
const started: CliProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inboxes-mock-'))
})

afterEach(async () => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', [...args, '--silent'], { cwd, encoding: 'utf8' })
  return stdout.trim()
}

/** Scripts are left out because `prepare` would build anew the very files that are running. */
async function installPacked(folder: string): Promise<string> {
  const tarball = await npm(root, 'pack', '--ignore-scripts', '--pack-destination', folder)
  await npm(folder, ...INSTALL, '--prefix', folder, join(folder, tarball))
  return join(folder, 'node_modules/.bin/inboxes-mock')
}

test(
  'the packed tarball installs a command that gives a pet',
  async () => {
    const bin = await installPacked(folder)
    const cli = spawnCli(['--port', '0', '--json'], { bin })
    started.push(cli)
    const { url } = JSON.parse(await cli.firstLine())
    const response = await fetch(`${url}/pet/1`, { headers: { api_key: 'special-key' } })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ id: 1 })
    cli.child.kill('SIGTERM')
    expect(await cli.ended).toBe(0)
  },
  TWO_MINUTES,
)
