import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathOf } from '../src/openapi/package-files.ts'
import { freePort, untilAnswered } from './contender.ts'
import { PEERS, type PeerFiles } from './peers.ts'
import { number, ratioText, type Table } from './report.ts'
import { bytesOf, SAMPLES } from './requests.ts'
import { interleave, type Measured } from './rounds.ts'
import { pairedRatios, spreadOf } from './statistics.ts'

/** A command that `npx` can fetch and start. */
interface Fetchable {
  readonly name: string
  /** A package and its version, or a tarball. */
  readonly spec: string
  readonly command: string
  readonly basePath: string
  readonly argv: (port: string) => readonly string[]
}

/** The outcome of one start without any cache. */
interface Fetched {
  /** From the start of npm to the end of the first 200. */
  readonly milliseconds: number
  readonly bytes: number
  readonly packages: number
}

/** The package that `npx` runs for each peer. */
const COMMANDS: Readonly<Record<string, string>> = {
  'json-server 1 beta': 'json-server',
  'json-server 0.17': 'json-server',
  Prism: 'prism',
  Mockoon: 'mockoon-cli',
}
const BASE = 'Prism'

/**
 * `npx` from an empty cache until the first 200: ours from the tarball that would be published, which is on the disk here,
 * and peers from the registry.
 */
export async function measureNpx(rounds: number, files: PeerFiles): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-bench-'))
  try {
    const fetchables = [pack(folder), ...peersWith(files)]
    const things = fetchables.map((one) => [one.name, () => fetchAndStart(one, folder)] as const)
    return tableOf(await interleave(rounds, Object.fromEntries(things)))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function peersWith(files: PeerFiles): Fetchable[] {
  return PEERS.flatMap(({ name, spec, basePath, argv }) => {
    const command = COMMANDS[name]
    return command === undefined ? [] : [{ name, spec, command, basePath, argv: (port: string) => argv(port, files) }]
  })
}

function pack(folder: string): Fetchable {
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
  const tarball = execFileSync('npm', args, { cwd: pathOf('.'), encoding: 'utf8' }).trim()
  const argv = (port: string) => ['--port', port, '--quiet']
  return { name: 'inboxes-mock', spec: join(folder, tarball), command: 'inboxes-mock', basePath: '/v2', argv }
}

async function fetchAndStart({ spec, command, basePath, argv }: Fetchable, folder: string): Promise<Fetched> {
  const cache = mkdtempSync(join(folder, 'cache-'))
  const port = await freePort()
  const npx = ['exec', '--yes', '--cache', cache, '--package', spec, '--', command, ...argv(String(port))]
  const started = performance.now()
  // In a group of its own: what npm starts has to end with it.
  const child = spawn('npm', npx, { cwd: folder, detached: true, stdio: ['ignore', 'ignore', 'ignore'] })
  try {
    const milliseconds = await untilAnswered(child, port, bytesOf(SAMPLES.pet, basePath), started)
    return { milliseconds, ...installedIn(join(cache, '_npx')) }
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
    rmSync(cache, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The contents of `npx`'s own folder: one project for each request. */
function installedIn(folder: string): Pick<Fetched, 'bytes' | 'packages'> {
  const [project = ''] = readdirSync(folder)
  const modules = join(folder, project, 'node_modules')
  const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'))
  const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
  return { bytes, packages: Object.keys(packages).length }
}

function tableOf(measured: Measured<Fetched>): Table {
  const times = (name: string) => (measured.get(name) ?? []).map(({ milliseconds }) => milliseconds)
  const rows = [...measured].map(([name, [first]]) => [
    name,
    ratioText(spreadOf(pairedRatios(times(name), times(BASE)))),
    number(spreadOf(times(name)).median),
    number((first?.bytes ?? Number.NaN) / 1e6),
    number(first?.packages ?? Number.NaN),
  ])
  return {
    title: 'npx from an empty cache to the first 200 (ours from its tarball, peers from the registry)',
    head: ['', `to ${BASE}`, 'ms', 'MB installed', 'packages'],
    rows,
  }
}
