import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pathOf } from '../../src/openapi/package-files.ts'
import { installNodes, NODES, type Packed, packPackage, run } from './packed.ts'

const SOME_MINUTES = 300_000

let packed: Packed
let nodeOf: (name: string) => string

beforeAll(async () => {
  packed = await packPackage()
  nodeOf = await installNodes(packed)
}, SOME_MINUTES)
afterAll(() => packed?.remove())

type Served = ChildProcessByStdio<null, Readable, Readable>

/** Starts a server by its script; it has to tell its address as JSON. */
function serve(execPath: string, ...args: readonly string[]): Served {
  return spawn(execPath, [...args, '--port', '0', '--quiet', '--json'], {
    cwd: pathOf('.'),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** The statuses of a request that the document allows and of one that it forbids. */
async function askFor(url: string): Promise<number[]> {
  const ask = (id: string) => fetch(`${url}/pet/${id}`, { headers: { api_key: 'special-key' } })
  const responses = await Promise.all([ask('1'), ask('x')])
  return responses.map(({ status }) => status)
}

/** Asks a server that starts, and ends it; also all that it wrote to stderr. */
async function askOnce(server: Served) {
  const err: string[] = []
  server.stderr.on('data', (text) => err.push(String(text)))
  const [line] = await once(createInterface(server.stdout), 'line')
  const statuses = await askFor(JSON.parse(String(line)).url)
  server.kill('SIGTERM')
  await once(server, 'exit')
  return { statuses, err: err.join('') }
}

const newNodes = NODES.filter((name) => /24|newest/.test(name))

test.each(newNodes)('the sources serve on %s as they stand', async (name) => {
  expect(await askOnce(serve(nodeOf(name), 'src/cli/main.ts'))).toEqual({ statuses: [200, 400], err: '' })
})

test(
  'the output of tsc serves on every Node',
  async () => {
    const folder = mkdtempSync(pathOf('.compiled/tsc-'))
    try {
      const { code, out } = await run(
        pathOf('.'),
        process.execPath,
        'node_modules/typescript/bin/tsc',
        '--outDir',
        folder,
      )
      expect({ code, out }).toEqual({ code: 0, out: '' })
      for (const name of NODES) {
        const { statuses } = await askOnce(serve(nodeOf(name), join(folder, 'src/cli/main.js')))
        expect({ name, statuses }).toEqual({ name, statuses: [200, 400] })
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
  SOME_MINUTES,
)

test('npm run dev serves the sources, and starts again when one of them changes', async () => {
  const server = serve(process.execPath, 'scripts/run.js', 'scripts/dev.ts')
  const lines = createInterface(server.stdout)
  try {
    const [first] = await once(lines, 'line')
    expect(await askFor(JSON.parse(String(first)).url)).toEqual([200, 400])
    const restarted = once(lines, 'line')
    utimesSync(pathOf('src/cli/main.ts'), new Date(), new Date())
    const [second] = await restarted
    expect(await askFor(JSON.parse(String(second)).url)).toEqual([200, 400])
    await expect(askFor(JSON.parse(String(first)).url)).rejects.toThrow()
  } finally {
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
})
