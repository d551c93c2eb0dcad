import { chmodSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
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

/** Runs the command with a home and a folder for temporary files of its own. */
async function start(name: string, mode: number) {
  const home = mkdtempSync(join(packed.folder, 'home-'))
  const ours = join(home, '.cache/inboxes-mock')
  mkdirSync(ours, { recursive: true })
  chmodSync(ours, mode)
  const env = { HOME: home, TMPDIR: mkdtempSync(join(packed.folder, 'tmp-')) }
  const cli = spawnCli(['--version'], { execPath: nodeOf(name), env })
  expect(await cli.ended).toBe(0)
  return { kept: readdirSync(ours).length, shared: readdirSync(env.TMPDIR).length }
}

test.each(NODES)('%s keeps compiled code in a folder of the user alone', async (name) => {
  const isKept = !name.endsWith('20')
  expect(await start(name, 0o700)).toEqual({ kept: isKept ? 1 : 0, shared: 0 })
})

test.each(NODES)('%s keeps nothing where others could write', async (name) => {
  expect(await start(name, 0o777)).toEqual({ kept: 0, shared: 0 })
})
