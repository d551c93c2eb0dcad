import { chmodSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { spawnCli } from '../../src/cli/process.test.support.ts'
import { installNodes, NODES, type Packed, packPackage } from './packed.ts'

let packed: Packed
let nodeOf: (name: string) => string

beforeAll(async () => {
  packed = await packPackage()
  nodeOf = await installNodes(packed)
}, 300_000)
afterAll(() => packed?.remove())

/** Starts the command with a home and a folder for temporary files of its own. */
function start(name: string, mode: number, ...args: readonly string[]) {
  const home = mkdtempSync(join(packed.folder, 'home-'))
  const ours = join(home, '.cache/inboxes-mock')
  mkdirSync(ours, { recursive: true })
  chmodSync(ours, mode)
  const env = { HOME: home, TMPDIR: mkdtempSync(join(packed.folder, 'tmp-')) }
  return { ours, shared: env.TMPDIR, cli: spawnCli(args, { execPath: nodeOf(name), env }) }
}

/** Runs the command to its end; gives how much it has left behind, and where. */
async function runToEnd(name: string, mode: number) {
  const { ours, shared, cli } = start(name, mode, '--version')
  expect(await cli.ended).toBe(0)
  return { kept: readdirSync(ours).length, shared: readdirSync(shared).length }
}

const keeps = (name: string) => !name.endsWith('20')

test.each(NODES)('%s keeps compiled code in a folder of the user alone', async (name) => {
  expect(await runToEnd(name, 0o700)).toEqual({ kept: keeps(name) ? 1 : 0, shared: 0 })
})

test.each(NODES.filter(keeps))(
  '%s keeps the code of a mock that is killed',
  async (name) => {
    const { ours, cli } = start(name, 0o700, '--port', '0')
    await cli.firstLine()
    // The folder of this version of Node is made at the start, the files in it when they are written.
    while (readdirSync(ours, { recursive: true }).length < 2) await sleep(100)
    cli.child.kill('SIGKILL')
    await cli.ended
    expect(readdirSync(ours, { recursive: true }).some((file) => !String(file).includes('.tmp'))).toBe(true)
  },
  60_000,
)

test.each(NODES)('%s keeps nothing where others could write', async (name) => {
  expect(await runToEnd(name, 0o777)).toEqual({ kept: 0, shared: 0 })
})
