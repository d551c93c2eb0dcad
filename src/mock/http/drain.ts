import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** How long running requests may take after the stop, in milliseconds; with the rest it stays below 2 s. */
export const GRACE = 1_500
/** How often connections are looked at that turned idle meanwhile, in milliseconds. */
const LOOK_AGAIN = 25

/** The event of a socket whose server stops: a response without an end of its own ends then. */
export const DRAINING = 'inboxes-mock:draining'

/** Closes a server: no new connection, idle ones end at once, busy ones when their requests or the grace end. */
export type Drain = () => Promise<void>

/** Follows the connections of a server from before its first one; asked again, the drain is the same one. */
export function drainOf(server: Server, grace: number = GRACE): Drain {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  let draining: Promise<void> | undefined
  return () => {
    draining ??= drain(server, sockets, grace)
    return draining
  }
}

async function drain(server: Server, sockets: ReadonlySet<Socket>, grace: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  destroyAll([...sockets].filter(neverUsed))
  for (const socket of sockets) socket.emit(DRAINING)
  const look = setInterval(() => server.closeIdleConnections(), LOOK_AGAIN)
  const end = setTimeout(() => destroyAll(sockets), grace)
  await closed
  clearInterval(look)
  clearTimeout(end)
}

/** Node counts a connection that a browser opened ahead of need, and never wrote to, as busy. */
function neverUsed(socket: Socket): boolean {
  return socket.bytesRead === 0
}

function destroyAll(sockets: Iterable<Socket>): void {
  for (const socket of sockets) socket.destroy()
}
