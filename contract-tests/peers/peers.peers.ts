import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { runContract } from '../../src/contract/index.ts'
import { pathOf } from '../../src/openapi/package-files.ts'

const SOURCE = pathOf('contract-tests/peers')
const FILES = ['package.json', 'package-lock.json', 'scalar.mjs']

/** Outside the repository, so that no tool of it reads the packages; one folder for each state of the lockfile. */
const folder = join(
  tmpdir(),
  `inboxes-mock-peers-${createHash('sha256')
    .update(FILES.map((file) => readFileSync(join(SOURCE, file))).join('\n'))
    .digest('hex')
    .slice(0, 12)}`,
)

/** A server that nobody here wrote: its arguments for Node, and how the run ends, '' where it comes to its end. */
const PEERS: readonly (readonly [
  name: string,
  problem: string,
  argv: (document: string, port: string) => readonly string[],
])[] = [
  [
    'prism',
    // Its process ends at a value of Accept that is no media type.
    'nothing listens there since GET /store/inventory with Accept: json',
    (document, port) => [
      join(folder, 'node_modules/@stoplight/prism-cli/dist/index.js'),
      ...['mock', '--host', '127.0.0.1', '--port', port, '--verboseLevel', 'silent', document],
    ],
  ],
  ['scalar', '', (_document, port) => [join(folder, 'scalar.mjs'), join(folder, 'openapi.json'), port]],
]

beforeAll(() => {
  mkdirSync(folder, { recursive: true })
  for (const file of FILES) copyFileSync(join(SOURCE, file), join(folder, file))
  const json = parse(readFileSync(pathOf('openapi.yaml'), 'utf8'))
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(json))
  if (!existsSync(join(folder, 'node_modules/node-24')))
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' })
}, 300_000)

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}

async function untilItAnswers(url: string): Promise<void> {
  for (;;) {
    const isThere = await fetch(url).then(
      () => true,
      () => false,
    )
    if (isThere) return
    await sleep(50)
  }
}

/** The reviews of a server's failures, by the finding's id: one line each, `ID CHECK OPERATION: review`. */
const reviewed = (name: string): Map<string, string> =>
  new Map(
    readFileSync(join(SOURCE, `${name}.txt`), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.split(' ')[0] ?? '', line.slice(line.indexOf(': ') + 2)]),
  )

test.each(PEERS)(
  'every failure of %s was reviewed once, and none is false',
  async (name, problem, argv) => {
    const port = await freePort()
    const node = join(folder, 'node_modules/node-24/bin/node')
    const server = spawn(node, argv(pathOf('openapi.yaml'), String(port)), { stdio: 'ignore' })
    try {
      const baseUrl = `http://127.0.0.1:${port}`
      await untilItAnswers(`${baseUrl}/store/inventory`)
      // A body that is cut off gets no answer from Prism, each for the whole time.
      const report = await runContract({ baseUrl, apiKey: 'special-key', mode: 'full', runId: 'peer', timeoutMs: 500 })
      const failures = report.findings.filter(({ level }) => level === 'failure')
      const reviews = reviewed(name)
      expect(report.problem === '').toBe(problem === '')
      expect(report.problem).toContain(problem)
      expect(failures.filter(({ id }) => !reviews.has(id)).map(({ id, message }) => `${id} ${message}`)).toEqual([])
      expect([...reviews.keys()].filter((id) => !failures.some((failure) => failure.id === id))).toEqual([])
      expect([...reviews.values()].filter((review) => !review.startsWith('breach, '))).toEqual([])
    } finally {
      server.kill()
    }
  },
  180_000,
)
