import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathOf } from '../../src/openapi/package-files.ts'

/** The package as npm would publish it, in a folder outside the checkout, where no other package is found by chance. */
export interface Packed {
  readonly folder: string
  readonly tarball: string
  /** The files of the tarball, with sizes in bytes. */
  readonly files: readonly { readonly path: string; readonly size: number }[]
  readonly remove: () => Promise<void>
}

/** How a process ended, and all that it wrote. */
export interface Ended {
  readonly code: number | string | null
  readonly out: string
  readonly err: string
}

const QUIETLY = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts']

/** The names of the Nodes in `nodes/`; none on another machine than Linux on x64, which they are for. */
export const NODES: readonly string[] =
  process.platform === 'linux' && process.arch === 'x64'
    ? Object.keys(JSON.parse(readFileSync(pathOf('test/package/nodes/package.json'), 'utf8')).dependencies)
    : []

/** Packs the files of the last build. Without scripts, for `prepack` may build them anew while they run. */
export async function packPackage(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'inboxes-mock-'))
  const { out } = await npm(pathOf('.'), 'pack', '--ignore-scripts', '--json', '--pack-destination', folder)
  const [{ filename, files }] = JSON.parse(out)
  return { folder, tarball: join(folder, filename), files, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Makes a project with the tools of `consumer/` and the packed package; resolves with its folder. */
export async function installConsumer(packed: Packed): Promise<string> {
  const consumer = await installProject(packed, 'consumer')
  await cp(join(consumer, 'types.mts'), join(consumer, 'types.cts'))
  return consumer
}

/** Makes a project of a folder beside this file, with the packed package; resolves with its folder. */
export async function installProject({ folder, tarball }: Packed, name: string): Promise<string> {
  const project = join(folder, name)
  await cp(pathOf(`test/package/${name}`), project, { recursive: true })
  await npm(project, 'install', '--no-save', ...QUIETLY, tarball)
  return project
}

/** Installs the Nodes of a folder beside this file, `NODES` by default; resolves with a function that gives the path of one. */
export async function installNodes({ folder }: Packed, from = 'nodes'): Promise<(name: string) => string> {
  const nodes = join(folder, from)
  await cp(pathOf(`test/package/${from}`), nodes, { recursive: true })
  if (NODES.length > 0) await npm(nodes, 'ci', ...QUIETLY)
  return (name) => join(nodes, 'node_modules', name, 'bin/node')
}

/** Runs npm; rejects where it fails. On Windows it cannot be started by its name without a shell. */
export async function npm(cwd: string, ...args: readonly string[]): Promise<Ended> {
  const { npm_execpath: script } = process.env
  const ended = script ? await run(cwd, process.execPath, script, ...args) : await run(cwd, 'npm', ...args)
  if (ended.code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${ended.code}: ${ended.err}`)
  return ended
}

/** Runs a program to its end; resolves whatever its exit code. */
export const run = (cwd: string, file: string, ...args: readonly string[]): Promise<Ended> =>
  runWith({ cwd }, file, ...args)

/** Runs a program in a folder and with more environment variables; `undefined` removes one. */
export function runWith(
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string | undefined>> },
  file: string,
  ...args: readonly string[]
): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 2 ** 26 } as const
    execFile(file, args, options, (error, out, err) =>
      resolve({ code: error ? (error.code ?? error.signal ?? null) : 0, out, err }),
    )
  })
}
