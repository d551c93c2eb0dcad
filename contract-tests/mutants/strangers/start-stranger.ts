import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { folderOf, type Stranger } from './strangers.ts'

/** A server in a process of its own. */
export interface RunningStranger {
  readonly url: string
  /** Resolves when the process has ended. */
  readonly stop: () => Promise<void>
}

/** True if the program that runs the server is there, with its libraries. */
export const isInstalled = ({ program, probe }: Stranger): boolean => {
  const { error, status } = spawnSync(program, probe ?? ['--version'])
  return error === undefined && (probe === undefined || status === 0)
}

/** Makes the file of a server that is compiled. Throws if that fails. */
export function makeFile(stranger: Stranger): void {
  if (stranger.make) execFileSync(stranger.program, stranger.make, { cwd: folderOf(stranger) })
}

/** Starts the server on a free port. Rejects with its last words if it ends instead. */
export function startStranger(stranger: Stranger, variant: string): Promise<RunningStranger> {
  const { program, file, make } = stranger
  const args = ['--port', '0', '--variant', variant]
  const command = program === 'node' ? process.execPath : program
  const child = spawn(make ? file : command, make ? args : [file, ...args], {
    cwd: folderOf(stranger),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Python would leave files beside its sources.
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = () => {
    child.kill('SIGKILL')
    return ended
  }
  return new Promise((resolve, reject) => {
    let [out, error] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk
      const url = /listening on (\S+)/.exec(out)?.[1]
      if (url) resolve({ url, stop })
    })
    child.stderr.on('data', (chunk: Buffer) => {
      error = `${error}${chunk}`.slice(-2000)
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${stranger.id} with ${variant} ended: ${error}`)))
  })
}
