import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'
import { isLoopbackAddress, urlHost } from '../../http/address.ts'
import { DEFAULTS } from '../defaults.ts'
import { type Drain, drainOf } from './drain.ts'
import { createExpressServer } from './express-server.ts'
import { createMalformedRefusal, type OnRefused } from './malformed.ts'

/** A server that accepts connections. */
export interface Running {
  /** Where the API stands, base path included: `http://127.0.0.1:4010/v2`. */
  readonly url: string
  readonly port: number
  /** True where other machines may reach it. */
  readonly exposed: boolean
  /** Stops accepting, lets running requests end, and is done in less than 2 seconds whatever clients do. */
  close(): Promise<void>
}

/** Where to listen, and below which path the app serves its API. */
export interface ListenOptions {
  /** 127.0.0.1 stands for ::1 too, where the machine has it. */
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly basePath?: string
  readonly onRefused?: OnRefused
}

/** Resolves once connections are accepted; rejects with Node's error (`code`: EADDRINUSE, EACCES, …) otherwise. */
export async function listen(
  app: Express,
  { host, port, basePath = DEFAULTS.basePath, onRefused }: ListenOptions,
): Promise<Running> {
  const listeners = await openAll(createOpen(app, onRefused), host, port)
  const [{ address }] = listeners
  let closed: Promise<void> | undefined
  return {
    url: `http://${urlHost(host)}:${address.port}${basePath}`,
    port: address.port,
    exposed: !isLoopbackAddress(address.address),
    close: () => {
      closed ??= closeAll(listeners)
      return closed
    },
  }
}

async function closeAll(listeners: readonly Listener[]): Promise<void> {
  await Promise.all(listeners.map(({ close }) => close()))
}

interface Listener {
  readonly address: AddressInfo
  readonly close: Drain
}

type Open = (host: string, port: number) => Promise<Listener>

const createOpen =
  (app: Express, onRefused?: OnRefused): Open =>
  async (host, port) => {
    const server = createExpressServer(app, onRefused).on('clientError', createMalformedRefusal(onRefused))
    const close = drainOf(server)
    server.listen(port, host)
    await once(server, 'listening')
    return { address: server.address() as AddressInfo, close }
  }

/** `localhost` means either address to a client. If another server had one of them, some requests would go there. */
async function openAll(open: Open, host: string, port: number): Promise<[Listener, ...Listener[]]> {
  const first = await open(host, port)
  if (host !== DEFAULTS.host) return [first]
  try {
    return [first, await open('::1', first.address.port)]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return [first]
    await first.close()
    if (port !== 0) throw error
    return openAll(open, host, port)
  }
}
