import { connect } from 'node:net'

/** The text that came over a socket, and how it was closed: `end` by the server, else the error's code. */
export interface Raw {
  readonly head: string
  readonly body: string
  /** Every piece in which it came. */
  readonly pieces: readonly string[]
  readonly closed: string
}

/** Asks for a path over a socket of its own, with the key that the mock accepts. */
export function askRaw(port: number, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Raw> {
  const all = { Host: 'localhost', api_key: 'special-key', Connection: 'close', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const pieces: string[] = []
    let closed = 'end'
    socket.setEncoding('utf8')
    socket.on('data', (piece) => pieces.push(String(piece)))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      closed = error.code ?? error.message
    })
    socket.on('close', () => {
      const [head = '', body = ''] = pieces.join('').split('\r\n\r\n')
      resolve({ head, body, pieces, closed })
    })
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  })
}

/** The Content-Length that a head announces. */
export const announced = ({ head }: Raw) => Number(/content-length: (\d+)/i.exec(head)?.[1])
