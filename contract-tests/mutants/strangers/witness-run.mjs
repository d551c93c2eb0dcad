// The small HTTP client of the witnesses.

import { randomBytes } from 'node:crypto'
import http from 'node:http'
export const rnd = () => randomBytes(5).toString('hex')
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
export const KEY = 'special-key'
export function client(base) {
  const url = new URL(base)
  const agent = new http.Agent({ keepAlive: false })
  async function call(method, path, o = {}) {
    const headers = {
      'user-agent': 'witness/1',
      ...(o.key === false ? {} : { api_key: o.key ?? KEY }),
      ...(o.accept && { accept: o.accept }),
      ...o.headers,
    }
    let body = o.body
    if (o.json !== undefined) {
      body = JSON.stringify(o.json)
      headers['content-type'] ??= 'application/json'
    }
    if (o.xml !== undefined) {
      body = o.xml
      headers['content-type'] = 'application/xml'
    }
    if (o.form !== undefined) {
      body = typeof o.form === 'string' ? o.form : new URLSearchParams(o.form).toString()
      headers['content-type'] = 'application/x-www-form-urlencoded'
    }
    if (body !== undefined && !headers['transfer-encoding']) headers['content-length'] = Buffer.byteLength(body)
    for (const h of Object.keys(headers)) if (headers[h] === undefined) delete headers[h]
    for (let tries = 0; ; tries++) {
      const r = await once(method, path, headers, body, o)
      if (o.retry !== false && (r.status === 429 || r.status === 503) && tries < 6) {
        await sleep(1000)
        continue
      }
      return r
    }
  }
  const once = (method, path, headers, body, o) =>
    new Promise((resolve, reject) => {
      const information = []
      const req = http.request(
        {
          host: url.hostname,
          port: url.port,
          method,
          path: (o.root ? '' : url.pathname) + path,
          headers,
          agent: o.agent ?? agent,
          timeout: 15000,
        },
        (res) => {
          const chunks = []
          res.on('data', (c) => chunks.push(c))
          res.on('error', reject)
          res.on('end', () => {
            const raw = Buffer.concat(chunks)
            const text = raw.toString('utf8')
            let json
            try {
              json = JSON.parse(text)
            } catch {}
            resolve({
              status: res.statusCode,
              headers: res.headers,
              rawHeaders: res.rawHeaders,
              type: res.headers['content-type'] ?? '',
              raw,
              text,
              json,
              information,
              message: res.statusMessage,
              trailers: res.trailers,
              ok: res.statusCode >= 200 && res.statusCode < 300,
            })
          })
        },
      )
      req.on('information', (i) => information.push(i.statusCode))
      req.on('timeout', () => req.destroy(new Error('timeout')))
      req.on('error', reject)
      req.end(body)
    })
  const pets = async (q = 'available,pending,sold') => (await call('GET', `/pet/findByStatus?status=${q}`)).json
  const pet = async (status) => {
    const all = await pets(status)
    const p = all[Math.floor(Math.random() * all.length)]
    return { photoUrls: [], ...p }
  }
  const put = (p, o) => call('PUT', '/domain', { json: p, ...o })
  const get = (id, o) => call('GET', `/pet/${id}`, o)
  const user = async (more = {}) => {
    const u = {
      username: `w${rnd()}`,
      firstName: 'Ann',
      lastName: 'Lee',
      email: `a${rnd()}@example.org`,
      password: `pw${rnd()}`,
      phone: '123',
      userStatus: 1,
      id: 77,
      ...more,
    }
    const r = await call('POST', '/user', { json: u })
    return { ...u, created: r }
  }
  const who = (name, o) => call('GET', `/user/${encodeURIComponent(name)}`, o)
  const login = (u, p, o) =>
    call('GET', `/user/login?username=${encodeURIComponent(u)}&password=${encodeURIComponent(p)}`, o)
  const order = (b, o) => call('POST', '/store/order', { json: b, ...o })
  const multipart = (id, parts, o = {}) => {
    const boundary = o.boundary ?? `B${rnd()}`
    const body = Buffer.concat([
      ...parts.flatMap((p) => [
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="${p.name}"${p.filename ? `; filename="${p.filename}"` : ''}\r\n${p.type ? `Content-Type: ${p.type}\r\n` : ''}\r\n`,
        ),
        Buffer.from(p.data),
        Buffer.from('\r\n'),
      ]),
      Buffer.from(`--${boundary}--\r\n`),
    ])
    return call('POST', `/pet/${id}/uploadImage`, {
      body,
      ...o,
      headers: {
        'content-type': `multipart/form-data; boundary=${o.quoted ? `"${boundary}"` : boundary}`,
        ...o.headers,
      },
    })
  }
  return { call, pets, pet, put, get, user, who, login, order, multipart, url }
}
// a well-formedness check good enough for the API's small documents
export function wellFormed(xml) {
  const text = xml
    .replace(/^\ufeff/, '')
    .replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/g, '')
    .replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')
  if (/&(?!(amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/.test(text)) return false
  const stack = []
  let roots = 0
  for (const [, close, name, self] of text.matchAll(/<(\/?)([^\s<>/]+)[^<>]*?(\/?)>/g)) {
    if (close) {
      if (stack.pop() !== name) return false
    } else {
      if (!stack.length) roots++
      if (!self) stack.push(name)
    }
  }
  return roots === 1 && stack.length === 0
}
export async function main(checks) {
  const [base, id] = process.argv.slice(2)
  if (!checks[id]) {
    console.error(`unknown id ${id}`)
    process.exit(2)
  }
  const seen = await checks[id](client(base))
  console.log(`${id}: ${seen ? 'seen' : 'not seen'}`)
  process.exit(seen ? 0 : 1)
}
