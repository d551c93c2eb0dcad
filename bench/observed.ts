import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { compile } from '../scripts/compile.js'

/** Bytes that a process holds after a garbage collection, and its resident set. */
export interface Memory {
  readonly held: number
  readonly rss: number
}

/** A request to a mock whose memory is watched. */
export interface Ask {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A mock in a process of its own. */
export interface Observed {
  /** Where it listens, without the path of the API. */
  readonly url: string
  readonly pid: number
  /** Asks, so many requests at a time, and reads the answers, whatever they are. */
  ask(requests: Iterable<Ask>): Promise<void>
  memory(): Promise<Memory>
  stop(): Promise<void>
}

const AT_A_TIME = 16

/** Starts a mock with so many pets. */
export async function startObserved(pets: number): Promise<Observed> {
  const script = await compile('bench/servers/observed.ts')
  const child = fork(script, [String(pets)], { execArgv: ['--expose-gc'] })
  const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME })
  const [url] = (await once(child, 'message')) as [string]
  return {
    url: new URL(url).origin,
    pid: child.pid ?? 0,
    ask: async (requests) => {
      const left = requests[Symbol.iterator]()
      await Promise.all(Array.from({ length: AT_A_TIME }, () => askAll(agent, url, left)))
    },
    memory: async () => {
      child.send('memory')
      const [memory] = (await once(child, 'message')) as [Memory]
      return memory
    },
    stop: async () => {
      agent.destroy()
      await ended(child)
    },
  }
}

/** Takes one request after the other until there is none left. */
async function askAll(agent: Agent, url: string, left: Iterator<Ask>): Promise<void> {
  for (let next = left.next(); !next.done; next = left.next()) await askOne(agent, url, next.value)
}

function askOne(agent: Agent, url: string, { method, path, headers = {}, body = '' }: Ask): Promise<void> {
  return new Promise((resolve, reject) => {
    const length = { api_key: 'special-key', 'Content-Length': Buffer.byteLength(body) }
    request(url + path, { agent, method, headers: { ...length, ...headers } }, (res) => {
      res.on('end', resolve).on('error', reject).resume()
    })
      .on('error', reject)
      .end(body)
  })
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = once(child, 'exit')
  child.disconnect()
  await exit
}
