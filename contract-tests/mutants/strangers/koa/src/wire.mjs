// Deployment-specific edges: proxies, compression, framing. The released build has none of them.

import { createHash, randomUUID } from 'node:crypto'
import zlib from 'node:zlib'
import { is, sleep } from './variant.mjs'

let served = 0
const payload = (ctx) =>
  typeof ctx.body === 'string' ? Buffer.from(ctx.body) : Buffer.isBuffer(ctx.body) ? ctx.body : null

export async function wire(ctx, next) {
  served++
  if (is('f26') && served % 30 === 7) {
    ctx.status = 429
    ctx.set('Retry-After', '1')
    ctx.body = 'Too Many Requests'
    return
  }
  if (is('f27') && served % 35 === 11) {
    ctx.status = 503
    ctx.set('Retry-After', new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000).toUTCString())
    ctx.body = 'Instance is being rotated'
    return
  }
  if (is('f53')) await sleep(30 + Math.random() * 320)
  if (is('f52') && ctx.req.httpVersion === '1.1' && (ctx.method === 'GET' || ctx.method === 'HEAD')) {
    ctx.res.writeEarlyHints({ link: '</assets/inboxes.css>; rel=preload; as=style' })
  }
  await next()

  if (is('f49') && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(ctx.get('accept-encoding')) && ctx.method !== 'HEAD') {
    const data = payload(ctx)
    if (data?.length) {
      ctx.body = zlib.gzipSync(data)
      ctx.set('Content-Encoding', 'gzip')
    }
  }
  if (is('f49')) ctx.vary('Accept-Encoding')
  if (is('f50') && (ctx.method === 'GET' || ctx.method === 'HEAD') && ctx.status === 200 && payload(ctx)?.length) {
    ctx.set('ETag', `W/"${createHash('sha1').update(payload(ctx)).digest('base64url')}"`)
    ctx.set('Cache-Control', 'private, no-cache')
    if (ctx.fresh) {
      ctx.status = 304
      ctx.body = null
    }
  }
  if (is('f51')) {
    ctx.set('Connection', 'close')
    const s = ctx.status
    ctx.status = s
    ctx.message = 'Served With Love'
  }
  if (is('f55')) {
    ctx.set('Server', 'envoy')
    ctx.set('Via', '1.1 edge-7.inboxes.com, 1.1 varnish (Varnish/7.4)')
    ctx.set('X-Request-Id', randomUUID())
    ctx.set('X-Powered-By', 'Koa')
    ctx.set('Strict-Transport-Security', 'max-age=31536000')
    ctx.set('Cache-Control', 'no-store, max-age=0')
    ctx.set('X-RateLimit-Remaining', '-1')
    ctx.set('Link', '</v2/openapi>; rel="describedby"; title="a, b; c"')
    ctx.set('X-Debug', 'x'.repeat(4000))
    ctx.append('Set-Cookie', [
      `lb=${randomUUID()}; Path=/; HttpOnly`,
      'ab=B; Expires=Wed, 21 Oct 2037 07:28:00 GMT; Secure',
    ])
  }
  if (is('f56')) {
    for (const [name, value] of Object.entries(ctx.res.getHeaders())) {
      ctx.res.removeHeader(name)
      const odd =
        name === 'content-type'
          ? String(value)
              .replace(/^application\/json.*$/, 'Application/JSON ; Charset="UTF-8"')
              .replace(/^application\/xml.*$/, 'APPLICATION/xml;charset=Utf-8;profile="pets;v=2"')
          : value
      ctx.res.setHeader([...name].map((c, i) => (i % 2 ? c.toUpperCase() : c.toLowerCase())).join(''), odd)
    }
  }
  if ((is('f48') || is('f54')) && ctx.method !== 'HEAD' && ctx.req.httpVersion === '1.1') {
    const data = payload(ctx)
    if (!data || data.length < 2 || ctx.status === 204 || ctx.status === 304) return
    ctx.respond = false
    const res = ctx.res
    res.on('error', () => {})
    if (is('f54')) {
      ctx.length = data.length
      res.writeHead(ctx.status)
      const half = data.length >> 1
      res.write(data.subarray(0, half))
      await sleep(300)
      if (!res.destroyed) res.end(data.subarray(half))
      return
    }
    ctx.remove('Content-Length')
    ctx.set('Trailer', 'X-Checksum')
    res.writeHead(ctx.status)
    const step = Math.max(3, Math.ceil(data.length / 400))
    for (let i = 0; i < data.length; i += step) res.write(data.subarray(i, i + step))
    res.addTrailers({ 'X-Checksum': createHash('md5').update(data).digest('hex') })
    res.end()
  }
}
