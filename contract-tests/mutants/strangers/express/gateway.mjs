// All that stands in front of the application: limits, deploys, compression, headers. All of it is off on the plain server.
import { createHash, randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { on, sleep } from './variant.mjs'

const known = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']

/** Lets fn change the complete body just before it leaves. */
function lastStep(res, fn) {
  const end = res.end
  res.end = (chunk, encoding) => {
    res.end = end
    const body =
      chunk === undefined || chunk === null || typeof chunk === 'function' ? null : Buffer.from(chunk, encoding)
    return fn(body, (...args) => end.apply(res, args)) ?? res
  }
}

let requests = 0
const bucket = { tokens: 40, at: Date.now() }

export const gateway = [
  // f04: the front end knows six methods
  on('f04') &&
    ((req, res, next) => (known.includes(req.method) ? next() : res.status(501).json({ error: 'Not Implemented' }))),

  // f05: CORS is answered by the gateway, for every path
  on('f05') &&
    ((req, res, next) => {
      res.set({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'X-Rate-Limit, X-Expires-After' })
      if (req.method !== 'OPTIONS') return next()
      res.set({
        'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
        'Access-Control-Allow-Headers': 'api_key, content-type',
        'Access-Control-Max-Age': '600',
      })
      res.status(204).end()
    }),

  // f26: no anonymous robots
  on('f26') &&
    ((req, res, next) => (req.get('user-agent') ? next() : res.status(403).json({ error: 'User-Agent required' }))),

  // f28: a token bucket, 40 deep, 20 a second
  on('f28') &&
    ((_req, res, next) => {
      const now = Date.now()
      bucket.tokens = Math.min(40, bucket.tokens + (now - bucket.at) / 50)
      bucket.at = now
      res.set({
        'RateLimit-Limit': '40',
        'RateLimit-Remaining': String(Math.max(0, Math.floor(bucket.tokens - 1))),
        'RateLimit-Reset': '1',
      })
      if (bucket.tokens < 1) return res.set('Retry-After', '1').status(429).json({ error: 'Too Many Requests' })
      bucket.tokens--
      next()
    }),

  // f29: a rolling deploy: now and then no instance is up
  on('f29') &&
    ((_req, res, next) =>
      ++requests % 20 ? next() : res.set('Retry-After', '1').status(503).type('text').send('upstream is restarting\n')),

  // f16: gzip where accepted
  on('f16') &&
    ((req, res, next) => {
      res.vary('Accept-Encoding')
      lastStep(res, (body, end) => {
        if (!body?.length || !req.acceptsEncodings('gzip') || !/gzip/.test(req.get('accept-encoding') ?? ''))
          return end(body ?? undefined)
        const packed = gzipSync(body)
        res.set({ 'Content-Encoding': 'gzip', 'Content-Length': String(packed.length) })
        return end(packed)
      })
      next()
    }),

  // f17: caching as the book has it: strong ETags (set in server.mjs), revalidation
  on('f17') &&
    ((_req, res, next) => {
      res.set({ 'Cache-Control': 'private, no-cache', 'X-Request-Id': randomUUID() })
      next()
    }),

  // f30: no keep-alive
  on('f30') &&
    ((_req, res, next) => {
      res.set('Connection', 'close')
      next()
    }),

  // f31: chunked, in small pieces
  on('f31') &&
    ((_req, res, next) => {
      lastStep(res, (body, end) => {
        if (!body?.length) return end()
        res.removeHeader('Content-Length')
        void (async () => {
          const step = Math.max(7, Math.ceil(body.length / 6))
          for (let i = 0; i < body.length; i += step) {
            res.write(body.subarray(i, i + step))
            await sleep(5)
          }
          end()
        })()
      })
      next()
    }),

  // f32: a CDN's headers, and names of headers in capitals
  on('f32') &&
    ((_req, res, next) => {
      const writeHead = res.writeHead
      res.writeHead = (status, ...rest) => {
        for (const name of res.getHeaderNames()) {
          const value = res.getHeader(name)
          res.removeHeader(name)
          res.setHeader(name.toUpperCase(), value)
        }
        return writeHead.call(res, status, ...rest)
      }
      res.set({
        Via: '1.1 varnish',
        Age: '0',
        'X-Cache': 'MISS',
        'CF-Ray': `${createHash('md5').update(String(requests++)).digest('hex').slice(0, 16)}-FRA`,
        'Alt-Svc': 'h3=":443"; ma=86400',
      })
      next()
    }),
].filter(Boolean)
