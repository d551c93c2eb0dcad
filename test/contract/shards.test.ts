import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { pathOf } from '../../src/openapi/package-files.ts'

const JEST = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--listTests']

/** The files that `npm run contract` runs, with additional flags. */
async function filesOf(...flags: readonly string[]): Promise<string[]> {
  const { scripts } = JSON.parse(readFileSync(pathOf('package.json'), 'utf8'))
  const [, args = ''] = scripts.contract.split(' -- ')
  const argv = [...JEST, ...args.split(' '), ...flags]
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: pathOf('.'), encoding: 'utf8' })
  return stdout.trim().split('\n').sort()
}

test('npm run contract runs the scenarios and the engine, and none of their own tests', async () => {
  const names = (await filesOf()).map((file) => relative(pathOf('contract-tests'), file))
  expect(names).toEqual(['conformance', 'domains', 'pets', 'store', 'users'].map((name) => `${name}.test.ts`))
})

test("each file of the suite is in one of jest's shards", async () => {
  const [all, first, second] = await Promise.all([filesOf(), filesOf('--shard=1/2'), filesOf('--shard=2/2')])
  expect([...first, ...second].sort()).toEqual(all)
  expect(Math.min(first.length, second.length)).toBeGreaterThan(1)
})
