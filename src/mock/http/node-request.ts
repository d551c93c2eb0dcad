import type { IncomingMessage } from 'node:http'
import type { BodyBytes, MockRequest } from '../exchange/request.ts'
import type { Selection } from '../sessions/select.ts'
import { CONTENT_CODINGS } from './content-codings.ts'
import { readContent } from './read-content.ts'

/** Makes a request value of a request that came over a socket. */
export function requestOf(req: IncomingMessage, { target, problem }: Selection): MockRequest {
  const { method = '', headers } = req
  return {
    method,
    target,
    sessionProblem: problem,
    headers,
    remoteAddress: req.socket.remoteAddress ?? '',
    body: (most) => readContent(headers, CONTENT_CODINGS, most, () => readBytes(req, most)),
  }
}

/** Reads to the end, also of a body that is too large: many clients read no response before they have sent it all. */
function readBytes(req: IncomingMessage, most: number): Promise<BodyBytes> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = []
    let size = 0
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= most) chunks.push(chunk)
      else chunks = []
    })
    req.on('end', () => resolve(size > most ? 'too-large' : Buffer.concat(chunks)))
    req.on('error', () => resolve('incomplete'))
  })
}
