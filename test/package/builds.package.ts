import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { streamOf } from '../../fixtures/stream.ts'
import { spawnCli } from '../../src/cli/process.test.support.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { run } from './packed.ts'

const SOME_MINUTES = 600_000
const NEEDED = [
  'src',
  'fixtures',
  'scripts',
  'openapi.yaml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'dist',
]

let checkout: string

beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
  for (const name of NEEDED) cpSync(pathOf(name), join(checkout, name), { recursive: true })
  symlinkSync(pathOf('node_modules'), join(checkout, 'node_modules'), 'dir')
})
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

const build = (...flags: readonly string[]) =>
  run(checkout, process.execPath, 'scripts/run.js', 'scripts/build.ts', ...flags)

async function expectToServe(): Promise<void> {
  const cli = spawnCli(['--port', '0', '--quiet', '--json'], { bin: join(checkout, 'dist/bundle/cli.cjs') })
  const { url } = JSON.parse(await cli.firstLine())
  const { status } = await fetch(`${url}/pet/1`, { headers: { api_key: 'special-key' } })
  cli.child.kill('SIGTERM')
  expect([status, await cli.ended, cli.written.err]).toEqual([200, 0, ''])
}

test(
  'a build that is stopped at any moment leaves a checkout that serves',
  async () => {
    const moments = streamOf(9, 'kill', 'moments')
    for (const signal of ['SIGINT', 'SIGKILL', 'SIGTERM', 'SIGKILL'] as const) {
      const child = spawn(process.execPath, ['scripts/run.js', 'scripts/build.ts'], {
        cwd: checkout,
        stdio: 'ignore',
        detached: true,
      })
      const ended = once(child, 'exit')
      await sleep(moments.next() * 8_000)
      // A Ctrl-C reaches all processes of the build.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal)
      await ended
      await expectToServe()
    }
  },
  SOME_MINUTES,
)

test(
  'npm builds again after an installation if a source changed, and removes what stopped builds left',
  async () => {
    rmSync(join(checkout, 'dist/sources.sha256'))
    const building = expect.stringContaining('Building the package')
    expect(await build('--if-changed')).toEqual({ code: 0, out: building, err: '' })
    expect(readdirSync(checkout).filter((name) => name.startsWith('dist'))).toEqual(['dist'])
    await expectToServe()
    expect(await build('--if-changed')).toEqual({ code: 0, out: '', err: '' })
  },
  SOME_MINUTES,
)
