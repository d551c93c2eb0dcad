import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { spawnCli } from '../../src/cli/process.test.support.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { type Ended, installConsumer, installNodes, NODES, npm, type Packed, packPackage, run } from './packed.ts'

const SOME_MINUTES = 300_000
const THIS = 'this Node'

let packed: Packed
let consumer: string
let installed: string
let nodeOf: (name: string) => string

beforeAll(async () => {
  packed = await packPackage()
  consumer = await installConsumer(packed)
  installed = join(consumer, 'node_modules/inboxes-mock')
  const paths = await installNodes(packed)
  nodeOf = (name) => (name === THIS ? process.execPath : paths(name))
}, SOME_MINUTES)
afterAll(() => packed?.remove())

const tool = (name: string) => join(consumer, 'node_modules', name)
const onThis = (script: string, ...args: readonly string[]) => run(consumer, process.execPath, script, ...args)

describe.each([THIS, ...NODES])('%s', (name) => {
  const onNode = (...args: readonly string[]): Promise<Ended> => run(consumer, nodeOf(name), ...args)

  test.each(['import.mjs', 'require.cjs'])('%s uses the package, without a warning', async (script) => {
    expect(await onNode(script, packed.folder)).toEqual({ code: 0, out: '', err: '' })
  })

  test('jest requires it, without flags', async () => {
    const { code, err } = await onNode(tool('jest/bin/jest.js'), 'jest')
    expect([code, err]).toEqual([0, expect.not.stringContaining('Warning')])
    expect(err).toMatch(/^Tests: +(\d+) passed, \1 total$/m)
  })

  test('vitest imports it', async () => {
    const { code, out, err } = await onNode(tool('vitest/vitest.mjs'), 'run', '--dir', 'vitest')
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('7 passed')
  })

  test('the command starts, answers and ends, without a warning', () => serveOnePet({ execPath: nodeOf(name) }))
})

test.each(['--stack-size=900', '--max-old-space-size=300', '--no-opt', '--enable-source-maps'])(
  'the command starts under %s',
  (flag) => serveOnePet({ node: [flag] }),
)

async function serveOnePet(how: { execPath?: string; node?: readonly string[] }): Promise<void> {
  const bin = join(installed, JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')).bin['inboxes-mock'])
  const cli = spawnCli(['--port', '0', '--json', '--quiet'], { bin, env: { TMPDIR: packed.folder }, ...how })
  try {
    const { url } = JSON.parse(await cli.firstLine())
    const response = await fetch(`${url}/pet/1`, { headers: { api_key: 'special-key' } })
    expect(await response.json()).toMatchObject({ id: 1 })
  } finally {
    cli.child.kill('SIGTERM')
  }
  expect([await cli.ended, cli.written.err]).toEqual([0, ''])
}

test('npx runs the tarball from an empty cache, and asks the registry for nothing', async () => {
  const cache = join(packed.folder, 'empty-cache')
  const ask = `fetch(process.env.INBOXES_BASE_URL + '/store/inventory', { headers: { api_key: 'special-key' } })
    .then((response) => response.json()).then((inventory) => console.log(Object.keys(inventory).join()))`
  const npx = ['exec', '--yes', '--offline', '--cache', cache, '--package', packed.tarball, '--']
  const { out } = await npm(packed.folder, ...npx, 'inboxes-mock', 'exec', '--', process.execPath, '-e', ask)
  expect(out).toBe('available,pending,sold\n')
})

test('nothing runs when it is installed, and nothing comes with it', async () => {
  const project = join(packed.folder, 'project')
  await mkdir(project)
  // A script that was run would not find its shell, and fail the installation.
  await npm(project, 'install', '--offline', '--script-shell', join(project, 'no-such-shell'), packed.tarball)
  const { out } = await npm(project, 'ls', '--all', '--parseable')
  expect(out.trim().split('\n').slice(1)).toEqual([join(project, 'node_modules/inboxes-mock')])
})

const PUBLISHED =
  /^(package\.json|README\.md|LICENSE|(?:CHANGELOG|SECURITY)\.md|(src\/mock\/admin\/)?openapi\.yaml|docs\/[a-z-]+\.(md|schema\.json)|docs\/images\/[a-z-]+\.png|dist\/bundle\/[a-z-]+\.(cjs|mjs|d\.mts|d\.cts)|dist\/bundle\/cli-[a-z]+-[0-9a-f]{8}\.cjs|dist\/bundle\/LICENSES\.txt|dist\/prepared\/[a-z.-]+\.(cjs|json)|dist\/ui\/(files\.json|index\.html\.gz|assets\/index-[\w-]+\.(js|css)\.gz))$/

test('it holds what is run, typed and read, and no more: 5.8 MB at most', () => {
  expect(packed.files.map(({ path }) => path).filter((path) => !PUBLISHED.test(path))).toEqual([])
  expect(packed.files.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(5_800_000)
})

test('it names no folder of the machine that built it, and its code is ASCII, as the command reads it', () => {
  const textOf = (path: string) => readFileSync(join(installed, path), 'latin1')
  const paths = packed.files.map(({ path }) => path)
  expect(paths.filter((path) => textOf(path).includes(pathOf('.').replace(/[\\/]$/, '')))).toEqual([])
  expect(paths.filter((path) => path.endsWith('.cjs') && /[^\0-\x7f]/.test(textOf(path)))).toEqual([])
})

test.each([
  ['nodenext', ['--module', 'nodenext', 'types.mts', 'types.cts']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2023', 'types.mts']],
])('its types resolve under %s, and need no other package', async (_name, args) => {
  const strict = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', 'false', '--types', 'node']
  expect(await onThis(tool('typescript/bin/tsc'), ...strict, ...args)).toEqual({ code: 0, out: '', err: '' })
})

test('publint finds nothing', async () => {
  const { code, out } = await onThis(tool('publint/src/cli.js'), '--strict', packed.tarball)
  expect([code, out]).toEqual([0, expect.stringContaining('All good!')])
})

test('are-the-types-wrong finds nothing', async () => {
  const { code, out } = await onThis(
    tool('@arethetypeswrong/cli/dist/index.js'),
    packed.tarball,
    // It has no types.
    ...['--exclude-entrypoints', 'openapi.yaml'],
  )
  expect([code, out]).toEqual([0, expect.stringContaining('inboxes-mock/contract')])
})
