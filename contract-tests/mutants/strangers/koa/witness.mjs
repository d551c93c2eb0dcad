// node witness.mjs URL ID: exit 0 when the server at URL shows the behaviour of variant ID, else 1.
import http from 'node:http'
import net from 'node:net'
import zlib from 'node:zlib'

const [, , given, id] = process.argv
const base = new URL(given)
const ROOT = base.pathname.replace(/\/+$/, '') || '/v2'
const KEY = process.env.API_KEY ?? 'special-key'
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
let n = 0
const fresh = (p = 'w') =>
  `${p}${Date.now().toString(36)}${(++n).toString(36)}${Math.random().toString(36).slice(2, 8)}`
const agent = new http.Agent({ keepAlive: false })
const JSON_T = 'application/json'
const XML_T = 'application/xml'
const FORM_T = 'application/x-www-form-urlencoded'

function call(method, path, { h = {}, body, key = KEY, accept, type, ua = 'witness/1' } = {}) {
  return new Promise((resolve, reject) => {
    const headers = {
      ...(ua ? { 'User-Agent': ua } : {}),
      ...(key === null ? {} : { api_key: key }),
      ...(accept ? { Accept: accept } : {}),
      ...(type ? { 'Content-Type': type } : {}),
      ...h,
    }
    const bytes = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(body)
    if (bytes && !headers['Transfer-Encoding']) headers['Content-Length'] = bytes.length
    const started = Date.now()
    const infos = []
    const req = http.request(
      { host: base.hostname, port: base.port, method, path: ROOT + path, headers, agent, timeout: 15000 },
      (res) => {
        const chunks = []
        let first = 0
        res.on('data', (c) => {
          first ||= Date.now()
          chunks.push(c)
        })
        const end = () => {
          let raw = Buffer.concat(chunks)
          if (res.headers['content-encoding'] === 'gzip' && raw.length) raw = zlib.gunzipSync(raw)
          const text = raw.toString()
          resolve({
            status: res.statusCode,
            message: res.statusMessage,
            headers: res.headers,
            rawHeaders: res.rawHeaders,
            trailers: res.trailers,
            text,
            pieces: chunks.length,
            infos,
            took: Date.now() - started,
            spread: first ? Date.now() - first : 0,
            complete: res.complete,
            ok: res.statusCode >= 200 && res.statusCode < 300,
            get json() {
              try {
                return JSON.parse(text)
              } catch {
                return undefined
              }
            },
          })
        }
        res.on('end', end)
        res.on('error', end)
      },
    )
    req.on('information', (info) => infos.push(info.statusCode))
    req.on('timeout', () => req.destroy(new Error('timeout')))
    req.on('error', reject)
    req.end(bytes)
  })
}
const get = (path, o) => call('GET', path, o)
const send = (method, path, value, o = {}) =>
  call(method, path, { type: JSON_T, body: typeof value === 'string' ? value : JSON.stringify(value), ...o })
const xml = (method, path, text, o = {}) => call(method, path, { type: XML_T, body: text, ...o })
const form = (petId, body) => call('POST', `/pet/${petId}`, { type: FORM_T, body })
const big = (text) => JSON.parse(text.replace(/:\s*(\d{16,})/g, ':"$1"'))

async function pets() {
  return big((await get('/pet/findByStatus?status=available,pending,sold')).text).filter(
    (p) => typeof p.id === 'number',
  )
}
async function pet() {
  return (await pets())[0]
}
const petBody = (p, more) => ({ id: p.id, name: 'Witness', photoUrls: [], status: 'available', ...more })
const user = (more = {}) => {
  const username = fresh('u')
  return {
    id: 1 + Math.floor(Math.random() * 1e6),
    username,
    firstName: 'Ada',
    lastName: 'Byron',
    email: `${username}@example.com`,
    password: 'secret1',
    phone: '555',
    userStatus: 1,
    ...more,
  }
}
async function made(more) {
  const u = user(more)
  const r = await send('POST', '/user', u)
  return { ...u, r }
}
const read = async (name, o) => get(`/user/${encodeURIComponent(name)}`, o)
const login = (u, p, o) => get(`/user/login?username=${encodeURIComponent(u)}&password=${encodeURIComponent(p)}`, o)
const missing = () => 800000000 + Math.floor(Math.random() * 1e8)
async function keeps(field, sent, stored) {
  const u = await made({ [field]: sent })
  const r = (await read(u.username)).json
  return u.r.ok && r?.[field] === stored
}
function multipart(parts, boundary = `wIt${fresh('b')}`) {
  const list = parts.map((p) =>
    Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${p.name}"${p.filename ? `; filename="${p.filename}"` : ''}\r\n${p.filename ? 'Content-Type: image/png\r\n' : ''}\r\n`,
      ),
      Buffer.from(p.value),
      Buffer.from('\r\n'),
    ]),
  )
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...list, Buffer.from(`--${boundary}--\r\n`)]),
  }
}
function rawExchange(text) {
  return new Promise((resolve) => {
    const socket = net.connect(Number(base.port), base.hostname)
    let out = ''
    socket.setTimeout(5000, () => socket.destroy())
    socket.on('data', (d) => {
      out += d
      if (out.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(out))
    socket.write(text)
  })
}

const W = {
  // ---- freedoms -------------------------------------------------------------------------------------------------------
  async f01() {
    const p = (await get(`/pet/${(await pet()).id}`)).json
    return p._links !== undefined && p.rating === null
  },
  async f02() {
    const u = await made()
    const [a, b] = [(await read(u.username)).json, (await read(u.username)).json]
    return a.views !== undefined && a.views !== b.views && a.username === b.username
  },
  async f03() {
    const r = await get(`/pet/${missing()}`)
    return r.status === 404 && r.headers['content-type'].startsWith('text/html') && r.text.includes('<h1>')
  },
  async f04() {
    const a = (await get('/store/inventory')).text
    await sleep(1300)
    return a !== (await get('/store/inventory')).text
  },
  async f05() {
    return (
      (await get('/store/inventory', { key: null })).status === 403 &&
      (await get('/store/inventory', { key: 'nope' })).status === 403
    )
  },
  async f06() {
    return (
      (await send('POST', '/user', { username: 5 })).status === 422 &&
      (await send('POST', '/store/order', '{')).status === 422
    )
  },
  async f07() {
    const u = await made()
    return (
      (await send('PUT', `/user/${u.username}`, u)).status === 204 &&
      (await call('DELETE', `/user/${u.username}`)).status === 204
    )
  },
  async f08() {
    const r = await send('POST', '/domain', { name: `${fresh()}.com` })
    return r.status === 201 && !!r.headers.location && Object.keys(r.json).join() === 'id'
  },
  async f09() {
    const d = (await send('POST', '/domain', { name: `${fresh()}.com` })).json
    return d.status === 'validated' && d.active === true
  },
  async f10() {
    const u = await made()
    const r = await send('PUT', `/user/${u.username}`, u)
    return r.status === 200 && r.json?.result?.username === u.username
  },
  async f11() {
    const u = await made()
    return u.r.status === 201 && u.r.json?.code === 201 && !!u.r.headers.location
  },
  async f12() {
    const u = await made()
    const r = await send('PUT', `/user/${u.username}`, { ...u, r: undefined, firstName: 'Later' })
    const before = (await read(u.username)).json.firstName
    await sleep(1300)
    return r.status === 202 && before === 'Ada' && (await read(u.username)).json.firstName === 'Later'
  },
  async f13() {
    const u = user()
    const r = await send('POST', '/user/createWithList', [u])
    const before = (await read(u.username)).status
    await sleep(1300)
    return r.status === 202 && before === 404 && (await read(u.username)).status === 200
  },
  async f14() {
    return (await login(fresh('nobody'), 'x')).status === 400
  },
  async f15() {
    const p = await pet()
    for (let i = 0; i < 4; i++) {
      const status = ['sold', 'pending', 'available', 'sold'][i]
      await form(p.id, `status=${status === 'sold' ? 'pending' : 'sold'}`)
      await sleep(1000)
      await get(`/pet/findByStatus?status=${status}`)
      await form(p.id, `status=${status}`)
      const own = (await get(`/pet/${p.id}`)).json.status === status
      const has = async () => (await get(`/pet/findByStatus?status=${status}`)).json.some((x) => x.id === p.id)
      const early = await has()
      await sleep(1100)
      if (own && !early && (await has())) return true
    }
    return false
  },
  async f16() {
    const r = await get('/store/inventory', { accept: 'image/png' })
    return r.status === 200 && r.headers['content-type'].startsWith(JSON_T)
  },
  async f17() {
    const u = await made()
    const r = (await read(u.username)).json
    return r.username === u.username && !('password' in r)
  },
  async f18() {
    const u = await made({ id: 424242 })
    const [a, b] = [(await read(u.username)).json, (await read(u.username)).json]
    return Number.isSafeInteger(a.id) && a.id !== 424242 && a.id === b.id
  },
  async f19() {
    const o = (await send('POST', '/store/order', { name: 'o', status: 'validated', validate: 'mine', active: true }))
      .json
    return o.status === 'missing validation' && o.active === false && o.validate !== 'mine' && o.name === 'o'
  },
  f20: () => keeps('email', 'Ada.Byron@Example.COM', 'ada.byron@example.com'),
  async f21() {
    const name = fresh('MiXeD')
    const r = await send('POST', '/user', user({ username: name }))
    const g = await read(name)
    return r.ok && g.status === 200 && g.json.username === name.toLowerCase()
  },
  f22: () => keeps('lastName', '  Byron \t', 'Byron'),
  f23: () => keeps('firstName', 'Zoe\u0308', 'Zo\u00eb'),
  async f24() {
    const u = await made()
    await send('PUT', `/user/${u.username}`, { firstName: 'Only' })
    const r = (await read(u.username)).json
    return r.firstName === 'Only' && r.lastName === 'Byron'
  },
  async f25() {
    const u = await made()
    const [a, b] = [(await login(u.username, 'secret1')).json, (await login(u.username, 'secret1')).json]
    return typeof a === 'string' && a.length > 500 && a !== b
  },
  async f26() {
    for (let i = 0; i < 70; i++) {
      const r = await get('/user/logout')
      if (r.status === 429) return /^\d+$/.test(r.headers['retry-after'] ?? '')
    }
    return false
  },
  async f27() {
    for (let i = 0; i < 80; i++) {
      const r = await get('/user/logout')
      if (r.status === 503) return / GMT$/.test(r.headers['retry-after'] ?? '')
    }
    return false
  },
  async f28() {
    const u = await made()
    const r = await send('POST', '/user', user({ email: u.email }))
    return u.r.ok && r.status === 400
  },
  async f29() {
    const u = await made()
    for (let i = 0; i < 3; i++) await login(u.username, 'wrong')
    return (await login(u.username, 'secret1')).status === 400
  },
  async f30() {
    return (await get('/user/logout', { ua: null })).status === 403 && (await get('/user/logout')).status === 200
  },
  async f31() {
    const ids = [...(await get('/pet/findByStatus?status=available,sold')).text.matchAll(/"id":(\d{16,19})\b/g)]
      .map((m) => m[1])
      .filter((v) => BigInt(v) > 9007199254740992n)
    return ids.length > 0 && (await get(`/pet/${ids[0]}`)).text.includes(`"id":${ids[0]}`)
  },
  async f32() {
    const u = await made({ id: 7 })
    const m = /"id":(\d{19})\b/.exec((await read(u.username)).text)
    return !!m && (await read(u.username)).text.includes(m[1])
  },
  async f33() {
    const u = await made()
    const refused = await send('PUT', `/user/${u.username}`, user({ username: u.username }))
    const token = (await login(u.username, 'secret1')).json
    return (
      refused.status === 401 &&
      (
        await send('PUT', `/user/${u.username}`, user({ username: u.username }), {
          h: { Authorization: `Bearer ${token}` },
        })
      ).ok
    )
  },
  async f34() {
    return (await call('PATCH', '/domain')).status === 404 && (await call('DELETE', '/store/inventory')).status === 404
  },
  async f35() {
    return (
      / 501 /.test(
        (await rawExchange(`BREW ${ROOT}/store/inventory HTTP/1.1\r\nHost: x\r\napi_key: ${KEY}\r\n\r\n`)).split(
          '\r\n',
        )[0],
      ) && (await call('PATCH', '/domain')).status === 405
    )
  },
  async f36() {
    return (await call('HEAD', '/store/inventory')).status === 405 && (await get('/store/inventory')).status === 200
  },
  async f37() {
    return (await get('/Store/Inventory/')).status === 200
  },
  async f38() {
    return (
      (await get('/pet/findByStatus?status=sold&page=1')).status === 400 &&
      (await get('/pet/findByStatus?status=sold')).status === 200
    )
  },
  async f39() {
    const p = await pet()
    await form(p.id, 'status=sold')
    const has = async (q) => (await get(`/pet/findByStatus?${q}`)).json.some((x) => x.id === p.id)
    return !(await has('status=sold&status=pending')) && (await has('status=sold,pending'))
  },
  async f40() {
    const r = await get('/pet/findByTags?tags=')
    return r.status === 200 && r.json.length === 0
  },
  async f41() {
    return (
      (await get('/store/order/-3')).status === 404 &&
      (await get('/store/order/abc')).status === 404 &&
      (await call('DELETE', '/store/order/0')).status === 404
    )
  },
  async f42() {
    const r = (await send('POST', '/store/order', { name: 'x' })).json
    return typeof r.id === 'string' && !/^\d+$/.test(r.id)
  },
  async f43() {
    const o = (await send('POST', '/store/order', { name: 'x', validate: 'v', active: true })).json
    const g = (await get(`/store/order/${o.id}`)).json
    return g.name === 'x' && g.validate === 'v' && g.active === true
  },
  async f44() {
    return (await get('/pet/findByStatus?status=available,pending,sold', { accept: XML_T })).text.includes(
      '<ArrayOfPet>',
    )
  },
  async f45() {
    const t = (await get(`/pet/${(await pet()).id}`, { accept: XML_T })).text
    return t.includes('<!--') && t.includes('<?inboxes-cache') && t.includes('<Pet>')
  },
  async f46() {
    const seen = new Set()
    for (let i = 0; i < 6; i++) {
      const t = (await get('/store/inventory')).text
      if (!t.startsWith('\n') || !t.includes('\t"')) return false
      seen.add(t.replace(/\d/g, ''))
    }
    return seen.size > 1
  },
  async f47() {
    const u = await made({ firstName: 'Zoë/漢' })
    const r = await read(u.username)
    return r.text.includes('\\u00EB\\/\\u6F22') && r.json.firstName === 'Zoë/漢'
  },
  async f48() {
    const r = await get('/pet/findByStatus?status=available,pending,sold')
    return !!r.trailers['x-checksum'] && r.headers['transfer-encoding'] === 'chunked' && Array.isArray(r.json)
  },
  async f49() {
    const r = await get('/store/inventory', { h: { 'Accept-Encoding': 'gzip' } })
    const plain = await get('/store/inventory')
    return r.headers['content-encoding'] === 'gzip' && !!r.json && !plain.headers['content-encoding']
  },
  async f50() {
    const p = `/pet/${(await pet()).id}`
    const a = await get(p)
    return !!a.headers.etag && (await get(p, { h: { 'If-None-Match': a.headers.etag } })).status === 304
  },
  async f51() {
    const r = await get('/store/inventory', { h: { Connection: 'keep-alive' } })
    return r.message === 'Served With Love' && r.headers.connection === 'close'
  },
  async f52() {
    return (await get('/store/inventory')).infos.includes(103)
  },
  async f53() {
    let total = 0
    for (let i = 0; i < 12; i++) total += (await get('/user/logout')).took
    return total / 12 > 90
  },
  async f54() {
    const r = await get('/store/inventory')
    return r.spread > 200 && !!r.json && r.headers['content-length'] === String(Buffer.byteLength(r.text))
  },
  async f55() {
    const r = await get('/user/logout')
    return (
      (r.headers['set-cookie'] ?? []).length === 2 &&
      r.headers.server === 'envoy' &&
      r.headers['x-debug']?.length === 4000
    )
  },
  async f56() {
    const r = await get('/store/inventory')
    return r.rawHeaders.includes('cOnTeNt-tYpE') && r.headers['content-type'].startsWith('Application/JSON ;')
  },
  async f57() {
    const i = (await get('/store/inventory')).json
    return i['on holiday'] === 2147483647 && Object.values(i).every(Number.isInteger)
  },
  async f58() {
    const h = (await login(fresh('n'), 'x')).headers
    return /\.\d{6}\+00:00$/.test(h['x-expires-after'] ?? '') && h['x-rate-limit'] === '2147483647'
  },
  async f59() {
    const seen = new Set()
    for (let i = 0; i < 6; i++) seen.add((await pets()).map((p) => p.id).join())
    return seen.size > 1 && new Set([...seen].map((s) => s.split(',').sort().join())).size === 1
  },
  async f60() {
    return (
      (await pets()).length === 0 &&
      (await get('/user/user1')).status === 404 &&
      (await get('/pet/findByTags?tags=tag1,tag2,tag3')).json.length === 0
    )
  },

  // ---- faults ---------------------------------------------------------------------------------------------------------
  async b01() {
    return (await get('/pet/findByTags?tags=tag1', { key: null })).status === 200
  },
  async b02() {
    return (await get('/store/inventory', { key: fresh('wrong') })).status === 200
  },
  async b03() {
    const p = await pet()
    const r = await call('DELETE', `/pet/${p.id}`, { key: null })
    return r.status === 401 && (await get(`/pet/${p.id}`)).status === 404
  },
  async b04() {
    return (await call('HEAD', `/pet/${(await pet()).id}`, { key: null })).status === 200
  },
  async b05() {
    return (
      (
        await call('POST', `/pet/${missing()}/uploadImage`, {
          key: null,
          ...multipart([{ name: 'additionalMetadata', value: 'x' }]),
        })
      ).status === 404
    )
  },
  async b06() {
    const u = await made()
    await login(u.username, 'secret1')
    return (await get(`/pet/${(await pet()).id}`, { key: null })).status === 200
  },
  async b07() {
    return (await get('/store/inventory', { key: 'wrong' })).status >= 500
  },
  async b08() {
    return (await send('POST', '/domain', { name: 12345 })).ok
  },
  async b09() {
    return (await send('POST', '/user', '{"username": "x",')).status >= 500
  },
  async b10() {
    const u = await made()
    return (await call('PUT', `/user/${u.username}`, { type: JSON_T, body: '' })).ok
  },
  async b11() {
    return (await send('POST', '/store/order', { name: 'x', status: 'shipped' })).ok
  },
  async b12() {
    const p = await pet()
    return (await send('PUT', '/domain', petBody(p, { tags: [{ id: 1, name: 5 }] }))).ok
  },
  async b13() {
    const u = user()
    const r = await send('POST', '/user/createWithList', [u, user({ email: 7 })])
    return r.status === 400 && (await read(u.username)).status === 200
  },
  async b14() {
    return (await get('/user/logout')).status >= 500
  },
  async b15() {
    return (await get(`/pet/${(await pet()).id}abc`)).status === 200
  },
  async b16() {
    return (await call('DELETE', '/pet/abc')).status >= 500
  },
  async b17() {
    return (await get('/pet/findByStatus?status=lost')).status === 200
  },
  async b18() {
    const p = await pet()
    await form(p.id, 'status=sold')
    return !(await get('/pet/findByStatus?status=pending,sold')).json.some((x) => x.id === p.id)
  },
  async b19() {
    const [a, b] = await pets()
    const [s, t] = [fresh('s'), fresh('t')]
    await send('PUT', '/domain', petBody(a, { tags: [{ id: 1, name: s }] }))
    await send('PUT', '/domain', petBody(b, { tags: [{ id: 2, name: t }] }))
    return (
      (await get(`/pet/findByTags?tags=${s},${t}`)).json.length === 0 &&
      (await get(`/pet/findByTags?tags=${s}`)).json.length === 1
    )
  },
  async b20() {
    const p = await pet()
    const s = fresh('s')
    await send('PUT', '/domain', petBody(p, { tags: [{ id: 1, name: s }] }))
    return (
      (await get(`/pet/findByTags?tags=${s}%2Cother`)).json.length === 0 &&
      (await get(`/pet/findByTags?tags=${s},other`)).json.length === 1
    )
  },
  async b21() {
    const o = (await send('POST', '/store/order', { name: 'x' })).json
    return (await get(`/store/order/${o.id}`)).status === 400
  },
  async b22() {
    return (await call('DELETE', '/store/order/-5')).ok && (await call('DELETE', '/store/order/abc')).ok
  },
  async b23() {
    const o = (await send('POST', '/store/order', { name: 'x' })).json
    return (await call('DELETE', `/store/order/${o.id}`)).ok && (await get(`/store/order/${o.id}`)).status === 200
  },
  async b24() {
    const u = user()
    return (await send('PUT', `/user/${u.username}`, u)).ok
  },
  async b25() {
    const p = await pet()
    const name = fresh('c')
    await send('PUT', '/domain', petBody(p, { category: { name } }))
    return (await get(`/pet/${p.id}`)).json.category?.name !== name
  },
  async b26() {
    const u = await made()
    return (await login(u.username, 'entirely-wrong')).status === 200
  },
  async b27() {
    const u = await made()
    const v = (await login(u.username, 'secret1')).headers['x-expires-after']
    return !!v && !/^\d{4}-\d\d-\d\dT/.test(v)
  },
  async b28() {
    return (await call('DELETE', `/user/${fresh('nobody')}`)).ok
  },
  async b29() {
    const u = await made()
    const r = await login(u.username, 'secret1', { accept: JSON_T })
    return r.status === 200 && r.json === undefined
  },
  async b30() {
    const u = await made()
    return (await get(`/user/login?username=${u.username}`)).status >= 500
  },
  async b31() {
    const u = await made()
    await send('PUT', `/user/${u.username}`, user({ username: u.username, lastName: 'Lovelace' }))
    return (await read(u.username)).json.lastName !== 'Lovelace'
  },
  async b32() {
    await made({ phone: '+49 171 99' })
    const name = fresh('u')
    await send('POST', '/user', { username: name })
    return (await read(name)).json.phone === '+49 171 99'
  },
  async b33() {
    const u = await made({ firstName: 'Zoë Müßig' })
    const r = await read(u.username)
    return r.status === 200 && r.json === undefined
  },
  async b34() {
    const long = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(4)
    const u = await made({ lastName: long })
    const v = (await read(u.username)).json.lastName
    return v !== long && long.startsWith(v)
  },
  async b35() {
    const u = await made({ firstName: 'Ada 😀' })
    return (await read(u.username)).json.firstName === 'Ada ?'
  },
  async b36() {
    const u = await made({ lastName: 'Marks & <Co>' })
    return (await read(u.username)).json.lastName.includes('&amp;')
  },
  async b37() {
    const u = await made()
    await read(u.username)
    await send('PUT', `/user/${u.username}`, user({ username: u.username, firstName: 'Changed' }))
    return (await read(u.username)).json.firstName === 'Ada'
  },
  async b38() {
    const u = await made()
    await read(u.username)
    const r = await call('DELETE', `/user/${u.username}`)
    return r.ok && (await read(u.username)).status === 200
  },
  async b39() {
    const all = await pets()
    const p = all.at(-1)
    const r = await call('DELETE', `/pet/${p.id}`)
    await sleep(2300)
    return r.ok && (await get(`/pet/${p.id}`)).status === 404 && (await pets()).some((x) => x.id === p.id)
  },
  async b40() {
    const p = await pet()
    const to = p.status === 'sold' ? 'pending' : 'sold'
    await form(p.id, `status=${to}`)
    await sleep(2300)
    return (
      (await get(`/pet/${p.id}`)).json.status === to &&
      !(await get(`/pet/findByStatus?status=${to}`)).json.some((x) => x.id === p.id)
    )
  },
  async b41() {
    const good = () => send('POST', '/domain', { name: `${fresh()}.com` })
    const a = await good()
    await send('POST', '/domain', { name: 1 })
    const b = await good()
    return a.ok && !b.ok
  },
  async b42() {
    const list = Array.from({ length: 8 }, () => user())
    const r = await send('POST', '/user/createWithList', list)
    return r.ok && (await read(list[0].username)).ok && (await read(list[7].username)).status === 404
  },
  async b43() {
    const rs = await Promise.all(Array.from({ length: 8 }, (_, i) => send('POST', '/store/order', { name: `p${i}` })))
    return new Set(rs.map((r) => r.json.id)).size < 8
  },
  async b44() {
    const [a, b] = [await made(), await made()]
    const names = [a, b, a, b, a, b, a, b].map((u) => u.username)
    const rs = await Promise.all(names.map((x) => read(x)))
    return rs.some((r, i) => r.json?.username !== names[i])
  },
  async b45() {
    const p = await pet()
    for (let i = 0; i < 4; i++) {
      const name = fresh('n')
      const status = i % 2 ? 'pending' : 'sold'
      await Promise.all([form(p.id, `name=${name}`), form(p.id, `status=${status}`)])
      const now = (await get(`/pet/${p.id}`)).json
      if (now.name !== name || now.status !== status) return true
    }
    return false
  },
  async b46() {
    const u = await made({ lastName: 'Marks & <Co' })
    return (await read(u.username, { accept: XML_T })).text.includes('Marks & <Co')
  },
  async b47() {
    const u = await made()
    return /<user>/.test((await read(u.username, { accept: XML_T })).text)
  },
  async b48() {
    const p = await pet()
    await send(
      'PUT',
      '/domain',
      petBody(p, {
        tags: [
          { id: 1, name: 'a' },
          { id: 2, name: 'b' },
        ],
      }),
    )
    return /<tags>\s*<tag>/.test((await get(`/pet/${p.id}`, { accept: XML_T })).text)
  },
  async b49() {
    const p = await pet()
    await xml(
      'PUT',
      '/domain',
      `<Pet><id>${p.id}</id><name>One</name><photoUrls>http://a/1.png</photoUrls><status>sold</status></Pet>`,
    )
    return typeof (await get(`/pet/${p.id}`)).json.photoUrls === 'string'
  },
  async b50() {
    const p = await pet()
    await xml('PUT', '/domain', `<Pet><id>${p.id}</id><name>12345</name><photoUrls>a</photoUrls></Pet>`)
    return (await get(`/pet/${p.id}`)).json.name === 12345
  },
  async b51() {
    const p = await pet()
    return (
      (
        await xml('PUT', '/domain', `<Pet><id>${p.id}</id><name>One</name><photoUrls>a</photoUrls></Pet>`, {
          type: 'application/xml; charset=utf-8',
        })
      ).status === 415
    )
  },
  async b52() {
    const p = await pet()
    const r = await xml(
      'PUT',
      '/domain',
      `<?xml version="1.0"?><!DOCTYPE Pet [<!ENTITY who "Entity Pet">]><Pet><id>${p.id}</id><name>&who;</name><photoUrls>a</photoUrls></Pet>`,
    )
    return r.ok && (await get(`/pet/${p.id}`)).json.name === 'Entity Pet'
  },
  async b53() {
    return (await get(`/pet/${(await pet()).id}`, { accept: 'application/json, application/xml;q=0.1' })).headers[
      'content-type'
    ].startsWith(XML_T)
  },
  async b54() {
    const p = `/pet/${(await pet()).id}`
    await get(p, { accept: JSON_T })
    await get(p, { accept: JSON_T })
    const a = await get(p, { accept: XML_T })
    const b = await get(p, { accept: JSON_T })
    return !a.headers['content-type'].startsWith(XML_T) || !b.headers['content-type'].startsWith(JSON_T)
  },
  async b55() {
    const p = await pet()
    return (
      (
        await call(
          'POST',
          `/pet/${p.id}/uploadImage`,
          multipart([{ name: 'file', filename: 'a.png', value: Buffer.alloc(2 * 1024 * 1024, 7) }]),
        )
      ).status === 413
    )
  },
  async b56() {
    const p = await pet()
    return (
      (
        await call(
          'POST',
          `/pet/${p.id}/uploadImage`,
          multipart([{ name: 'file', filename: 'Kätzchen.png', value: 'x' }]),
        )
      ).status >= 500
    )
  },
  async b57() {
    const p = await pet()
    await form(p.id, 'name=Old+Yeller')
    return (await get(`/pet/${p.id}`)).json.name === 'Old+Yeller'
  },
  async b58() {
    const p = await pet()
    await form(p.id, 'name=A&status=sold')
    await form(p.id, 'name=B')
    const r = (await get(`/pet/${p.id}`)).json
    return r.name === 'B' && r.status === undefined
  },
  async b59() {
    const u = await made()
    return (await send('PATCH', `/user/${u.username}`, { firstName: 'P' })).ok
  },
  async b60() {
    const number = 900000 + Math.floor(Math.random() * 1e6)
    const r = await send('POST', '/store/order', { id: String(number), name: 'x' }, { accept: 'image/png' })
    return r.status === 406 && (await get(`/store/order/${number}`)).status === 200
  },
}

try {
  if (!W[id]) throw new Error(`no witness ${id}`)
  process.exitCode = (await W[id]()) === true ? 0 : 1
} catch (err) {
  console.error(`${id}: ${err.message}`)
  process.exitCode = 1
}
