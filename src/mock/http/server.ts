import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'
import { isLoopbackAddress, urlHost } from '../../http/address.ts'
import { DEFAULTS } from '../defaults.ts'
import { drainOf } from './drain.ts'
import { createExpressServer } from './express-server.ts'
import { refuseMalformed } from './malformed.ts'

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
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly basePath?: string
}

/** Resolves once connections are accepted; rejects with Node's error (`code`: EADDRINUSE, EACCES, …) otherwise. */
export async function listen(
  app: Express,
  { host, port, basePath = DEFAULTS.basePath }: ListenOptions,
): Promise<Running> {
  const server = createExpressServer(app).on('clientError', refuseMalformed)
  const close = drainOf(server)
  server.listen(port, host)
  await once(server, 'listening')
  const bound = server.address() as AddressInfo
  return {
    url: `http://${urlHost(host)}:${bound.port}${basePath}`,
    port: bound.port,
    exposed: !isLoopbackAddress(bound.address),
    close,
  }
}
