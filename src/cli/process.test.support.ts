import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { pathOf } from '../openapi/package-files.ts'

/** The command as it is published. */
export const BIN = pathOf('dist/bundle/cli.cjs')

/** How a process is started: without the environment of the tests, but for what is given. */
export interface SpawnOptions {
  readonly bin?: string
  /** The Node to run it; the one that runs the tests where absent. */
  readonly execPath?: string
  readonly env?: Readonly<Record<string, string>>
  /** Flags of node itself. */
  readonly node?: readonly string[]
}

/** A command that runs, and what it has written so far. */
export interface CliProcess {
  readonly child: ChildProcessByStdio<null, Readable, Readable>
  readonly written: { out: string; err: string }
  /** Resolves with the first line on stdout; rejects when the process ends without one. */
  readonly firstLine: () => Promise<string>
  /** Resolves with the exit code, or the name of the signal, once all output was read. */
  readonly ended: Promise<number | string | null>
}

/** Starts `inboxes-mock` in a process, which the caller must end. */
export function spawnCli(args: readonly string[], options: SpawnOptions = {}): CliProcess {
  const { bin = BIN, execPath = process.execPath, env = {}, node = [] } = options
  const child = spawn(execPath, [...node, bin, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const written = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    written.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    written.err += text
  })
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  return { child, written, ended, firstLine: () => firstLine(child, written, ended) }
}

async function firstLine(
  { stdout }: CliProcess['child'],
  written: CliProcess['written'],
  ended: CliProcess['ended'],
): Promise<string> {
  const over = (code: number | string | null) => {
    throw new Error(`ended with ${code} before its first line: ${written.err}`)
  }
  while (!written.out.includes('\n')) await Promise.race([once(stdout, 'data'), ended.then(over)])
  return written.out.split('\n')[0] ?? ''
}
