import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Target } from './load.ts'

/** A server to measure: the arguments with which `node` makes it listen on the port. */
export interface Contender {
  readonly name: string
  /** The Node that runs it; this one if absent. */
  readonly execPath?: string
  readonly basePath: string
  readonly argv: (port: number) => readonly string[]
}

/** A contender that runs and answers. */
export interface Started extends Target {
  readonly contender: Contender
  /** From the start of `node` to the end of the first 200, in milliseconds. */
  readonly milliseconds: number
  /** Kills it, unless another signal is named. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

const GIVE_UP_AFTER = 60_000
const BETWEEN_TRIES = 2

/** Starts a server and asks it, every 2 ms, until it answers 200. */
export async function start(contender: Contender, request: Buffer): Promise<Started> {
  const port = await freePort()
  const started = performance.now()
  const child = spawn(contender.execPath ?? process.execPath, contender.argv(port), {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const milliseconds = await untilAnswered(child, port, request, started)
  return { contender, port, pid: child.pid ?? 0, milliseconds, stop: (signal) => stop(child, signal) }
}

/** Runs `node` to its end; resolves with how many milliseconds it took. */
export async function runToEnd(argv: readonly string[]): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'inherit'] })
  await once(child, 'exit')
  return performance.now() - started
}

/** Asks every 2 ms until the answer is 200; resolves with the milliseconds since `started`. */
export async function untilAnswered(
  child: ChildProcess,
  port: number,
  request: Buffer,
  started: number,
): Promise<number> {
  while (!(await answers(port, request))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with ${child.exitCode}.`)
    if (performance.now() - started > GIVE_UP_AFTER) throw new Error(`${child.spawnargs.join(' ')} does not answer.`)
    await sleep(BETWEEN_TRIES)
  }
  return performance.now() - started
}

function answers(port: number, request: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.on('error', () => resolve(false))
    socket.on('close', () => resolve(false))
    socket.on('data', (chunk) => {
      resolve(chunk.toString('latin1', 0, 12) === 'HTTP/1.1 200')
      socket.destroy()
    })
  })
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
