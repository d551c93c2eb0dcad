import http from 'node:http'
import { parseArgs } from 'node:util'
import { is, setVariant } from './src/variant.mjs'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    variant: { type: 'string', default: 'plain' },
    host: { type: 'string', default: '127.0.0.1' },
  },
  strict: false,
})
setVariant(values.variant)

const { createApp } = await import('./src/app.mjs')
const { resolve, allowOf } = await import('./src/operations.mjs')
const { splitTarget } = await import('./src/http.mjs')

const app = createApp()
const server = http.createServer(
  { keepAliveTimeout: 15000, requestTimeout: 60000, headersTimeout: 20000, maxHeaderSize: 32768 },
  app.callback(),
)

// Answers to what never becomes a request: unknown methods, broken framing, oversized headers.
function answerRaw(socket, status, reason, headers = {}) {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const body = JSON.stringify({ type: 'about:blank', title: reason, status, detail: reason })
  const lines = Object.entries({
    ...headers,
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  })
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n${body}`)
}
function wrongMethod(socket, url) {
  const { path } = splitTarget(url)
  const route = path.startsWith('/v2/') ? resolve(path.slice(3)) : null
  if (!route) return answerRaw(socket, 404, 'Not Found')
  if (is('f35')) return answerRaw(socket, 501, 'Not Implemented')
  if (is('f34')) return answerRaw(socket, 404, 'Not Found')
  return answerRaw(socket, 405, 'Method Not Allowed', { Allow: allowOf(route) })
}
server.on('clientError', (err, socket) => {
  if (err.code === 'ECONNRESET' || socket.destroyed) {
    socket.destroy()
    return
  }
  if (err.code === 'HPE_INVALID_METHOD') {
    const m = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+ (\S+) HTTP\/1\.[01]\r?\n/.exec(err.rawPacket?.toString('latin1') ?? '')
    if (m) return wrongMethod(socket, m[1])
  }
  if (err.code === 'HPE_HEADER_OVERFLOW') return answerRaw(socket, 431, 'Request Header Fields Too Large')
  if (err.code === 'ERR_HTTP_REQUEST_TIMEOUT') return answerRaw(socket, 408, 'Request Timeout')
  answerRaw(socket, 400, 'Bad Request')
})
server.on('connect', (req, socket) => {
  socket.on('error', () => {})
  wrongMethod(socket, req.url)
})
server.listen(Number(values.port) || 0, values.host, () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}/v2`),
)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0))
