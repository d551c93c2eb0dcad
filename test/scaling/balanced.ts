import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathOf } from '../../src/openapi/package-files.ts'

/** The set-up of `docs/scaling.md`, running: the ports of nginx and of the mocks behind it. */
export interface Balanced {
  readonly port: number
  readonly mocks: readonly number[]
  /** The process groups that do the work. */
  readonly groups: { readonly nginx: number; readonly mocks: readonly number[] }
  /** Ends one of the mocks at once. */
  kill(mock: number): void
  stop(): void
}

/** The ports that the page names: nginx's and those of the mocks. */
const PORTS = [4010, 4011, 4012]

/** Does what the page says, with no change but for the ports, which are free ones. Resolves once all of them answer. */
export async function startBalanced(page = readFileSync(pathOf('docs/scaling.md'), 'utf8')): Promise<Balanced> {
  const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
  const ports = await freePorts(PORTS.length)
  const onThem = (text: string) => text.replace(/\b401[012]\b/g, (port) => String(ports[PORTS.indexOf(Number(port))]))
  writeFileSync(join(folder, 'mocks.conf'), onThem(blockOf(page, 'nginx')))
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(pathOf('dist/bundle/cli.cjs'), join(folder, 'node_modules/.bin/inboxes-mock'))
  const commands = [...onThem(blockOf(page, 'console')).matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command)
  const running: ChildProcess[] = []
  const stop = () => {
    running.forEach(end)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const [port = 0, ...mocks] = ports
    for (const [index, one] of [...mocks, port].entries()) running.push(await start(commands[index] ?? '', folder, one))
    const [nginx = 0, ...others] = running.map(({ pid = 0 }) => pid).reverse()
    return { port, mocks, groups: { nginx, mocks: others }, kill: (mock) => end(running[mocks.indexOf(mock)]), stop }
  } catch (error) {
    stop()
    throw error
  }
}

function blockOf(page: string, language: string): string {
  const [, block] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(page) ?? []
  if (block === undefined) throw new Error(`The page shows nothing in ${language}.`)
  return block
}

/** Ports that nobody listens on, below those that the system gives to connections, which come and go. */
async function freePorts(count: number): Promise<number[]> {
  const free: number[] = []
  for (let port = 20_000 + (process.pid % 10_000); free.length < count; port++) if (await isFree(port)) free.push(port)
  return free
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().on('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** Runs a command, in a group of its own, so that what `npx` starts ends with it. Resolves once the port answers. */
async function start(command: string, cwd: string, port: number): Promise<ChildProcess> {
  const child = spawn('sh', ['-c', command], { cwd, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  for (let tries = 0; tries < 500; tries++) {
    const { ok } = await fetch(`http://127.0.0.1:${port}/__admin/ready`).catch(() => ({ ok: false }))
    if (ok) return child
    await sleep(50)
  }
  end(child)
  throw new Error(`${command} does not answer: ${errors}`)
}

function end(child: ChildProcess | undefined): void {
  if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null)
    process.kill(-child.pid, 'SIGKILL')
}
