// A small HTTP client for witness.mjs and selftest.mjs: nothing is decoded, retried or followed.
import http from 'node:http'
import net from 'node:net'
export const KEY = 'special-key'
export function client(url) {
  const base = new URL(url.replace(/\/$/, ''))
  const prefix = base.pathname === '/' ? '/v2' : base.pathname
  const shared = new http.Agent({ keepAlive: true, maxSockets: 40 })
  function req(method, path, o = {}) {
    return new Promise((resolve, reject) => {
      const headers = {
        'User-Agent': 'witness/1',
        ...(o.key === false ? {} : { api_key: o.key ?? KEY }),
        ...(o.headers || {}),
      }
      let body = o.body
      if (o.json !== undefined) {
        body = typeof o.json === 'string' && o.rawJson ? o.json : JSON.stringify(o.json)
        headers['Content-Type'] ??= 'application/json'
      }
      if (o.xml !== undefined) {
        body = o.xml
        headers['Content-Type'] ??= 'application/xml'
      }
      if (o.form !== undefined) {
        body = typeof o.form === 'string' ? o.form : new URLSearchParams(o.form).toString()
        headers['Content-Type'] ??= 'application/x-www-form-urlencoded'
      }
      if (o.accept) headers.Accept = o.accept
      for (const k of Object.keys(headers)) if (headers[k] === null) delete headers[k]
      if (body !== undefined && !o.chunks) {
        body = Buffer.isBuffer(body) ? body : Buffer.from(body)
        headers['Content-Length'] = body.length
      }
      const infos = []
      const r = http.request(
        {
          host: base.hostname,
          port: base.port,
          method,
          path: o.root ? path : prefix + path,
          headers,
          agent: o.agent ?? shared,
          timeout: o.timeout ?? 8000,
        },
        (res) => {
          const parts = []
          res.on('data', (d) => parts.push(d))
          const done = () => {
            const raw = Buffer.concat(parts)
            resolve({
              status: res.statusCode,
              reason: res.statusMessage,
              headers: res.headers,
              rawHeaders: res.rawHeaders,
              raw,
              text: raw.toString('utf8'),
              trailers: res.trailers,
              infos,
              get json() {
                try {
                  return JSON.parse(raw.toString('utf8'))
                } catch {
                  return undefined
                }
              },
            })
          }
          res.on('end', done)
          res.on('aborted', done)
          res.on('error', done)
        },
      )
      r.on('information', (i) => infos.push(i))
      r.on('timeout', () => r.destroy(new Error('timeout')))
      r.on('error', (e) =>
        o.soft
          ? resolve({ status: 0, error: String(e), headers: {}, text: '', raw: Buffer.alloc(0), infos })
          : reject(e),
      )
      if (o.chunks) {
        let p = Promise.resolve()
        for (const c of o.chunks)
          p = p.then(
            () =>
              new Promise((k) => {
                r.write(c)
                setTimeout(k, 10)
              }),
          )
        p.then(() => r.end())
      } else {
        if (body !== undefined) r.write(body)
        r.end()
      }
    })
  }
  // Sends bytes as they are on one connection and returns all that comes back until close or silence.
  function raw(bytes, quiet = 400) {
    return new Promise((resolve, reject) => {
      const s = net.connect(+base.port, base.hostname),
        parts = []
      let t
      const end = () => {
        clearTimeout(t)
        s.destroy()
        resolve(Buffer.concat(parts).toString('latin1'))
      }
      s.on('connect', () => {
        s.write(bytes)
        t = setTimeout(end, quiet + 600)
      })
      s.on('data', (d) => {
        parts.push(d)
        clearTimeout(t)
        t = setTimeout(end, quiet)
      })
      s.on('end', end)
      s.on('error', (e) => (parts.length ? end() : reject(e)))
    })
  }
  // In how many pieces the answer to these bytes arrives.
  const pieces = (bytes) =>
    new Promise((resolve, reject) => {
      const s = net.connect(+base.port, base.hostname)
      let k = 0
      s.write(bytes)
      s.on('data', () => k++)
      s.on('end', () => {
        s.destroy()
        resolve(k)
      })
      s.on('error', reject)
    })
  return { req, raw, pieces, base, prefix, host: base.host, close: () => shared.destroy() }
}
export const sleep = (ms) => new Promise((r) => setTimeout(r, ms))
let n = 0
export const uniq = (p = 'u') => p + process.pid.toString(36) + Date.now().toString(36) + (n++).toString(36)
