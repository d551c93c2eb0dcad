import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { spawnCli } from '../../src/cli/process.test.support.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { installNodes, NODES, type Packed, packPackage, run } from './packed.ts'

let packed: Packed
let nodeOf: (name: string) => string

beforeAll(async () => {
  packed = await packPackage()
  nodeOf = await installNodes(packed)
}, 300_000)
afterAll(() => packed?.remove())

const BIN = pathOf('dist/bundle/cli.cjs')
/** Requests that each lead through another part of the mock, as a target and what is sent. */
const REQUESTS: readonly (readonly [target: string, init?: RequestInit])[] = [
  ['/v2/pet/1'],
  ['/v2/pet/findByStatus?status=sold', { headers: { accept: 'application/xml' } }],
  ['/v2/user', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"username":"a"}' }],
  [
    '/v2/user',
    { method: 'POST', headers: { 'content-encoding': 'zstd', 'content-type': 'application/json' }, body: 'x' },
  ],
  ['/v2/store/order/x'],
  ['/__admin/state'],
  ['/__admin/requests'],
  ['/__admin/clock', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"frozen":true}' }],
  ['/__admin/clock', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"wrong":1}' }],
  ['/'],
]

describe.each(NODES)('%s writes no warning', (name) => {
  const onNode = (...args: readonly string[]) => run(packed.folder, nodeOf(name), BIN, ...args)

  /** A document that is not the package's own is validated by express-openapi-validator itself. */
  const customDocument = () => {
    const file = join(packed.folder, 'custom.yaml')
    writeFileSync(file, `${readFileSync(pathOf('openapi.yaml'), 'utf8')}# custom\n`)
    return file
  }

  test.each([
    ['its own document', () => []],
    ['a document of the user', () => ['--document', customDocument()]],
    ['a state file that it saves', () => ['--state', join(packed.folder, `${name}-saved.json`), '--save']],
  ])('when it serves with %s', async (_what, flags) => {
    const env = { TMPDIR: packed.folder }
    const args = ['--port', '0', '--quiet', '--json', ...flags()]
    const cli = spawnCli(args, { execPath: nodeOf(name), env })
    const { url } = JSON.parse(await cli.firstLine())
    for (const [target, init] of REQUESTS) {
      const response = await fetch(url.replace('/v2', '') + target, init)
      expect([target, response.status < 500, await response.text()]).toEqual([target, true, expect.anything()])
    }
    cli.child.kill('SIGTERM')
    expect([await cli.ended, cli.written.err]).toEqual([0, ''])
  })

  test('when it reads the state file that it saved', async () => {
    const file = join(packed.folder, `${name}-saved.json`)
    const cli = spawnCli(['--port', '0', '--quiet', '--state', file], {
      execPath: nodeOf(name),
      env: { TMPDIR: packed.folder },
    })
    await cli.firstLine()
    cli.child.kill('SIGTERM')
    expect([await cli.ended, cli.written.err]).toEqual([0, ''])
  })

  test.each([[['--version']], [['--help']], [['contract', '--help']], [['exec', '--help']], [['contract', '--plan']]])(
    '%j',
    async (args) => {
      expect(await onNode(...args)).toMatchObject({ code: 0, err: '' })
    },
  )

  test('when it runs a command', async () => {
    expect(await onNode('exec', '--quiet', '--', process.execPath, '--version')).toMatchObject({ code: 0, err: '' })
  })

  test('when it checks the contract', async () => {
    const reports = ['--report', `junit=${join(packed.folder, 'junit.xml')}`]
    expect(await onNode('contract', '--quiet', ...reports)).toEqual({ code: 0, out: '', err: '' })
  })
})
