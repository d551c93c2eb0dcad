import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { spawnCli } from '../../cli/process.test.support.ts'
import { pathOf } from '../../openapi/package-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A command on a system whose users have taken all that watches files. */
function spawnWithoutWatches(code: string, ...args: string[]) {
  const preload = join(folder, 'preload.cjs')
  const error = `Object.assign(new Error('from the system'), { code: '${code}', syscall: 'watch' })`
  writeFileSync(preload, `require('node:fs').watch = () => { throw ${error} }`)
  return spawnCli(['--port', '0', '--json', ...args], { node: ['--require', preload] })
}

const urlOf = (line: string) => (JSON.parse(line) as { url: string }).url

test.each(['EMFILE', 'ENOSPC'])(
  'without a watch left (%s) the plain command starts, and has nothing to say',
  async (code) => {
    const cli = spawnWithoutWatches(code)
    const url = urlOf(await cli.firstLine())
    expect((await fetch(`${url}/store/order/1`)).status).toBe(200)
    cli.child.kill('SIGTERM')
    expect(await cli.ended).toBe(0)
    expect(cli.written.err).not.toContain('watched')
  },
)

test('without a watch left a document is polled, which one line says', async () => {
  const document = join(folder, 'openapi.yaml')
  const text = readFileSync(pathOf('openapi.yaml'), 'utf8')
  writeFileSync(document, text)
  const cli = spawnWithoutWatches('EMFILE', '--document', document)
  const url = urlOf(await cli.firstLine())
  writeFileSync(document, text.replace('operationId: deleteOrder', 'operationId: [deleteOrder]'))
  while (!cli.written.err.includes('still enforced')) await sleep(20)
  cli.child.kill('SIGTERM')
  expect(await cli.ended).toBe(0)
  const said = cli.written.err.trim().split('\n')
  expect(said).toEqual([
    expect.stringContaining('openapi.yaml cannot be watched (EMFILE). It is looked at every 500 ms'),
    expect.stringContaining('The document before it is still enforced.'),
  ])
  expect(url).toContain('/v2')
})
