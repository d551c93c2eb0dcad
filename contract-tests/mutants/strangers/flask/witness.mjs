// node witness.mjs URL ID — exits 0 if the server at URL (…/v2) shows the behaviour of variant ID, else 1.
import http from 'node:http'
import net from 'node:net'
import zlib from 'node:zlib'

const base = process.argv[2].replace(/\/$/, '')
const id = process.argv[3]
const url = new URL(base)
const KEY = process.env.INBOXES_API_KEY || 'special-key'
const J = 'application/json',
  X = 'application/xml',
  F = 'application/x-www-form-urlencoded'
const sleep = (ms) => new Promise((r) => setTimeout(r, ms))
const uniq = (p = 'w') => p + Date.now().toString(36) + Math.random().toString(36).slice(2, 8)
const plainAgent = new http.Agent({ keepAlive: false })

/** One request. o: headers, body, type, key (null: none), accept, agent, chunked */
function call(method, path, o = {}) {
  return new Promise((resolve, reject) => {
    const headers = { 'User-Agent': 'witness', ...o.headers }
    if (o.key !== null) headers.api_key = o.key ?? KEY
    if (o.accept) headers.Accept = o.accept
    if (o.type) headers['Content-Type'] = o.type
    if (o.noAgentName) delete headers['User-Agent']
    let body = o.json !== undefined ? JSON.stringify(o.json) : o.body
    if (o.json !== undefined && !o.type) headers['Content-Type'] = J
    if (typeof body === 'string') body = Buffer.from(body)
    if (body && !o.chunked) headers['Content-Length'] = body.length
    const started = Date.now()
    const interim = 0
    const req = http.request(
      { host: url.hostname, port: url.port, method, path: url.pathname + path, headers, agent: o.agent ?? plainAgent },
      (res) => {
        const parts = []
        res.on('data', (d) => parts.push(d))
        res.on('error', reject)
        res.on('end', () => {
          let data = Buffer.concat(parts)
          const raw = data
          if (res.headers['content-encoding'] === 'gzip') data = zlib.gunzipSync(data)
          const text = data.toString('utf8')
          resolve({
            status: res.statusCode,
            headers: res.headers,
            rawHeaders: res.rawHeaders,
            raw,
            text,
            interim,
            trailers: res.trailers,
            ms: Date.now() - started,
            type: res.headers['content-type'] ?? '',
            get json() {
              try {
                return JSON.parse(text)
              } catch {
                return undefined
              }
            },
          })
        })
      },
    )
    req.setTimeout(15000, () => req.destroy(new Error('timeout')))
    req.on('error', reject)
    if (body) {
      if (o.chunked) {
        const h = body.length >> 1
        req.write(body.subarray(0, h))
        req.end(body.subarray(h))
      } else req.end(body)
    } else req.end()
  })
}
const get = (p, o) => call('GET', p, o),
  del = (p, o) => call('DELETE', p, o)
const post = (p, json, o) => call('POST', p, { json, ...o }),
  put = (p, json, o) => call('PUT', p, { json, ...o })
const form = (pet, body, o) => call('POST', `/pet/${pet}`, { type: F, body, ...o })
const ok = (r) => r.status >= 200 && r.status < 300
const all = async () => (await get('/pet/findByStatus?status=available,pending,sold')).json
/** an existing pet: the first with an id below 30 and a tag, as JSON shows it */
async function aPet(n = 0) {
  const pets = (await all()).filter((p) => p.id < 30).sort((a, b) => a.id - b.id)
  return pets[n]
}
async function aUser(extra = {}) {
  const user = {
    username: uniq('user'),
    email: `${uniq('m')}@example.com`,
    password: 'pw1',
    firstName: 'Ann',
    ...extra,
  }
  const r = await post('/user', user)
  return { user, r, path: `/user/${encodeURIComponent(user.username)}` }
}
const login = (u, p) => get(`/user/login?username=${encodeURIComponent(u)}&password=${encodeURIComponent(p)}`)
const orderNumber = async (o = {}) => (await post('/store/order', { name: `${uniq('o')}.example.com`, ...o })).json
/** writes a pet back with changes; returns the id */
async function change(changes, n = 0, o = {}) {
  const pet = await aPet(n)
  const sent = { ...pet, ...changes }
  const r = await put('/domain', sent, o)
  return { pet, sent, r, read: async () => (await get(`/pet/${pet.id}`)).json }
}
function multipart(fields, file, boundary = `bnd${Date.now()}`) {
  const parts = []
  for (const [k, v] of Object.entries(fields))
    parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`))
  if (file)
    parts.push(
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n`,
      ),
      file,
      Buffer.from('\r\n'),
    )
  parts.push(Buffer.from(`--${boundary}--\r\n`))
  return { body: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` }
}
const upload = (pet, fields, file, o = {}) =>
  call('POST', `/pet/${pet}/uploadImage`, { ...multipart(fields, file), ...o })
const petXml = (p, photos = p.photoUrls) =>
  `<?xml version="1.0"?><Pet><id>${p.id}</id><name>${p.name}</name>` +
  photos.map((u) => `<photoUrls>${u}</photoUrls>`).join('') +
  `<status>${p.status}</status></Pet>`
const inventory = async () => (await get('/store/inventory')).json
/** raw bytes in, all that comes back until the server closes or ms pass */
function raw(bytes, ms = 3000) {
  return new Promise((resolve) => {
    const socket = net.connect(+url.port, url.hostname, () => socket.write(bytes))
    let text = ''
    const end = () => {
      socket.destroy()
      resolve(text)
    }
    const timer = setTimeout(end, ms)
    socket.on('data', (d) => {
      text += d.toString('latin1')
    })
    socket.on('end', () => {
      clearTimeout(timer)
      end()
    })
    socket.on('error', () => {
      clearTimeout(timer)
      end()
    })
  })
}
const wrongKey = `wrong-${uniq()}`

const W = {
  // --- freedoms
  f01: async () => {
    const r = await get(`/pet/${(await aPet()).id}`)
    return /^\s*\r\n\{\r\n\t"/.test(r.text) && !!r.json
  },
  f02: async () => {
    const r = await get(`/pet/${(await aPet()).id}`)
    return r.headers['transfer-encoding'] === 'chunked' && 'x-body-length' in r.trailers
  },
  f03: async () =>
    (await get('/store/inventory', { headers: { 'Accept-Encoding': 'gzip' } })).headers['content-encoding'] === 'gzip',
  f04: async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
    const r = await get('/store/inventory', { agent })
    agent.destroy()
    return r.headers.connection === 'close' && 'content-length' in r.headers
  },
  f05: async () => (await get('/store/inventory')).rawHeaders.includes('CONTENT-TYPE'),
  f06: async () => /^Application\/JSON ; {2}Charset="UTF-8"$/.test((await get('/store/inventory')).type),
  f07: async () =>
    /^<\?xml version='1.0'[^]*<!--[^]*<Pet>\r\n\t/.test((await get(`/pet/${(await aPet()).id}`, { accept: X })).text),
  f08: async () => /<name><!\[CDATA\[/.test((await get(`/pet/${(await aPet()).id}`, { accept: X })).text),
  f09: async () => {
    const t = (await get('/user/user1', { accept: X })).text
    return /US-ASCII/.test(t) && /user1&#x40;example/.test(t)
  },
  f10: async () => /<ArrayList>\s*<Pet>/.test((await get('/pet/findByStatus?status=available', { accept: X })).text),
  f11: async () => {
    const seen = new Set()
    const p = (await aPet()).id
    for (let i = 0; i < 12; i++) seen.add(Object.keys((await get(`/pet/${p}`)).json).join())
    return seen.size > 3
  },
  f12: async () => {
    const r = await change({ name: 'Mañana 🐶' })
    const t = (await get(`/pet/${r.pet.id}`)).text
    return t.includes('Mañana 🐶') && t.includes('\\/')
  },
  f13: async () => {
    const p = (await aPet()).id
    const a = (await get(`/pet/${p}`)).json,
      b = (await get(`/pet/${p}`)).json
    return (
      'servedAt' in a &&
      'links' in a &&
      a.servedAt !== b.servedAt &&
      /<servedAt>/.test((await get(`/pet/${p}`, { accept: X })).text)
    )
  },
  f14: async () => {
    const u = await aUser()
    const g = (await get(u.path)).json
    return g.username === u.user.username && !('password' in g)
  },
  f15: async () => {
    const r = await post('/domain', { name: 'a.example.com' })
    return r.status === 201 && 'location' in r.headers && r.json.name === 'a.example.com'
  },
  f16: async () => (await post('/domain', { name: 'a.example.com' })).status === 204,
  f17: async () => {
    const d = (await post('/domain', { name: 'a.example.com' })).json
    return d.status === 'validated' && d.active === true
  },
  f18: async () => {
    const c = await change({ name: 'Shown' })
    return c.r.status === 200 && c.r.json?.name === 'Shown'
  },
  f19: async () => {
    const o = await orderNumber()
    return (await del(`/store/order/${o.id}`)).status === 204
  },
  f20: async () => {
    const name = uniq('late')
    const c = await change({ name })
    if (c.r.status !== 202) return false
    const early = (await c.read()).name
    await sleep(1300)
    return early !== name && (await c.read()).name === name
  },
  f21: async () => {
    await sleep(1400)
    const p = await aPet()
    const to = p.status === 'sold' ? 'pending' : 'sold'
    await form(p.id, `status=${to}`)
    const has = async () => (await get(`/pet/findByStatus?status=${to}`)).json.some((q) => q.id === p.id)
    const own = (await get(`/pet/${p.id}`)).json.status === to
    const early = await has()
    await sleep(1500)
    return own && !early && (await has())
  },
  f22: async () =>
    (await get('/store/inventory', { key: wrongKey })).status === 403 &&
    (await get('/store/inventory', { key: null })).status === 401,
  f23: async () => {
    const r = await get('/pet/999999')
    return r.status === 404 && /^text\/html/.test(r.type) && /<h1>/.test(r.text)
  },
  f24: async () => {
    const i = await inventory()
    return 'ALL' in i && 'reserved for review' in i
  },
  f25: async () => {
    for (let i = 0; i < 45; i++) {
      const r = await get('/user/logout')
      if (r.status === 429) return r.headers['retry-after'] === '1' && (await get('/user/logout')).status === 200
    }
    return false
  },
  f26: async () => {
    const r = await get('/user/logout')
    return r.status === 503 && r.headers['retry-after'] === '1'
  },
  f27: async () =>
    (await post('/user', { username: 5 })).status === 422 &&
    (await get('/pet/findByStatus?status=lost')).status === 422,
  f28: async () =>
    (await post('/domain', { name: 5 })).status === 400 &&
    (await put('/domain', { id: 1, name: 5, photoUrls: [] })).status === 400,
  f29: async () => (await get('/store/order/abc')).status === 404 && (await del('/store/order/-1')).status === 404,
  f30: async () => {
    for (let n = 10; n > 0; n--) {
      if (ok(await get(`/store/order/${n}`))) {
        await del(`/store/order/${n}`)
        return (await get(`/store/order/${n}`)).status === 400
      }
    }
    return false
  },
  f31: async () => /^ord_[0-9a-f]{32}$/.test((await orderNumber()).id),
  f32: async () => {
    const o = await orderNumber({ id: '77' })
    return o.id !== '77' && +o.id >= 1e6 && (await get(`/store/order/${o.id}`)).json.name === o.name
  },
  f33: async () => {
    const a = (await get('/pet/findByStatus?status=available&status=sold')).json
    return (
      a.length > 0 &&
      a.every((p) => p.status === 'available') &&
      (await get('/pet/findByStatus?status=sold')).json.length > 0
    )
  },
  f34: async () =>
    (await get('/user/user1')).status === 404 &&
    (await get('/pet/findByTags?tags=tag1,tag2,tag3')).json.length === 0 &&
    ok(await get('/user/member1')),
  f35: async () => {
    const seen = new Set()
    for (let i = 0; i < 6; i++) seen.add((await all()).map((p) => p.id).join())
    return seen.size > 2
  },
  f36: async () => {
    const u = await aUser()
    return u.r.status === 201 && u.r.json?.username === u.user.username
  },
  f37: async () => {
    const username = uniq('l')
    const r = await post('/user/createWithList', [{ username }])
    if (r.status !== 202) return false
    const early = (await get(`/user/${username}`)).status
    await sleep(1500)
    return early === 404 && ok(await get(`/user/${username}`))
  },
  f38: async () => {
    const u = await aUser()
    if ((await put(u.path, u.user)).status !== 401) return false
    const t = (await login(u.user.username, 'pw1')).json
    return ok(await put(u.path, u.user, { headers: { Authorization: `Bearer ${t}` } }))
  },
  f39: async () => {
    const a = (await login('user1', 'secret1')).json,
      b = (await login('user1', 'secret1')).json
    return a.length > 1000 && a !== b
  },
  f40: async () =>
    (await call('PATCH', '/store/inventory')).status === 404 && (await call('DELETE', '/user')).status === 404,
  f41: async () => {
    const u = await aUser()
    const r = await post('/user', { username: uniq(), email: u.user.email })
    return r.status === 409
  },
  f42: async () => {
    const u = await aUser()
    if (!ok(await login(u.user.username, 'pw1'))) return false
    for (let i = 0; i < 3; i++) await login(u.user.username, 'no')
    return (await login(u.user.username, 'pw1')).status === 400
  },
  f43: async () => (await get('/user/user1', { noAgentName: true })).status === 403 && ok(await get('/user/user1')),
  f44: async () => {
    const u = await aUser()
    return (await login(u.user.username, 'pw1')).status === 403
  },
  f45: async () => {
    const email = `Mixed.${uniq()}@Example.COM`
    const u = await aUser({ email, firstName: 'McAnn' })
    const g = (await get(u.path)).json
    return g.email === email.toLowerCase() && g.firstName === 'McAnn'
  },
  f46: async () => {
    const u = await aUser({ firstName: '  Ann  ' })
    return (await get(u.path)).json.firstName === 'Ann'
  },
  f47: async () => {
    const u = await aUser({ firstName: 'Rene\u0301' })
    return (await get(u.path)).json.firstName === 'Ren\u00e9'
  },
  f48: async () => {
    const u = await aUser({ id: 987654 })
    const g = (await get(u.path)).json
    return Number.isInteger(g.id) && g.id !== 987654
  },
  f49: async () => {
    const o = await orderNumber({ status: 'validated', active: true, validate: 'mine' })
    return o.status === 'missing validation' && o.active === false && o.validate !== 'mine'
  },
  f50: async () => {
    const u = await aUser({ id: 4242, userStatus: 7 })
    await put(u.path, { firstName: 'B' })
    const g = (await get(u.path)).json
    return g.firstName === 'B' && g.id === 4242 && g.userStatus === 0
  },
  f51: async () =>
    / 501 /.test(
      (await raw(`FROBNICATE ${url.pathname}/user HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).split('\r\n')[0],
    ),
  f52: async () => (await call('HEAD', '/user/user1')).status === 405,
  f53: async () => {
    const r = await get('/pet/findByStatus?status=sold,available,pending')
    const m = /"id": ?(9007199254740\d{3}),/.exec(r.text)
    if (!m || BigInt(m[1]) <= 2n ** 53n) return false
    const g = await get(`/pet/${m[1]}`)
    return ok(g) && g.text.includes(m[1])
  },
  f54: async () => {
    const seen = new Set()
    for (let i = 0; i < 5; i++) {
      seen.add(
        (await all())
          .map((p) => p.id + p.status)
          .sort()
          .join(),
      )
      await sleep(450)
    }
    return seen.size > 2
  },
  f55: async () => {
    const r = await raw(`GET ${url.pathname}/user/user1 HTTP/1.1\r\nHost: x\r\n\r\n`)
    const [h, b] = r.split('\r\n\r\n')
    return (
      /^HTTP\/1.1 200/.test(h) &&
      /Connection: close/i.test(h) &&
      !/Content-Length|Transfer-Encoding/i.test(h) &&
      /user1/.test(b)
    )
  },
  f56: async () => {
    const u = await aUser({ username: `Mixed${uniq()}` })
    const a = (await get(`/user/${u.user.username}`)).json,
      b = (await get(`/user/${u.user.username.toUpperCase()}`)).json
    return a?.username === u.user.username.toLowerCase() && b?.username === a.username
  },
  f57: async () => {
    const t = []
    for (let i = 0; i < 4; i++) t.push((await get('/user/user1')).ms)
    return Math.min(...t) >= 200
  },
  f58: async () =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/.test((await login('user1', 'secret1')).headers['x-expires-after']),
  f59: async () => {
    const r = await get('/user/user1')
    if (!r.headers.etag || r.headers['set-cookie']?.length !== 2) return false
    return (await get('/user/user1', { headers: { 'If-None-Match': r.headers.etag } })).status === 304
  },
  f60: async () => (await login(uniq('nobody'), 'x')).status === 400 && ok(await login('user1', 'secret1')),

  // --- faults
  b01: async () => ok(await get('/pet/findByTags?tags=tag1', { key: null })),
  b02: async () => {
    const p = await aPet()
    return ok(await upload(p.id, {}, Buffer.from('x'), { key: wrongKey }))
  },
  b03: async () =>
    ok(await get('/store/inventory', { key: KEY.slice(0, 3) })) && ok(await get('/store/inventory', { key: '' })),
  b04: async () => {
    const name = uniq('n')
    const c = await change({ name }, 0, { key: wrongKey })
    return c.r.status === 401 && (await c.read()).name === name
  },
  b05: async () => {
    const r = await get('/store/inventory', { key: wrongKey })
    return r.status === 302 && /login/.test(r.headers.location)
  },
  b06: async () => {
    const p = await aPet()
    return ok(await del(`/pet/${p.id}`, { key: wrongKey }))
  },
  b07: async () => {
    await inventory()
    return ok(await get('/store/inventory', { key: null }))
  },
  b08: async () => {
    const r = await post('/domain', { name: 12345 })
    return ok(r) && r.json.name === '12345'
  },
  b09: async () => (await post('/domain', { name: 'a.example.com' })).json?.status === 'pending',
  b10: async () => {
    const c = await change({ photoUrls: [`https://x.example.com/${uniq()}`] })
    return (await c.read()).photoUrls.length > 1
  },
  b11: async () => {
    const p = await aPet()
    await call('PUT', '/domain', { type: X, body: petXml(p, ['https://x.example.com/1']) })
    return typeof (await get(`/pet/${p.id}`)).json.photoUrls === 'string'
  },
  b12: async () => {
    const p = await aPet()
    const r = await call('PUT', '/domain', {
      type: X,
      body: `<!DOCTYPE Pet [<!ENTITY e "expanded">]>${petXml({ ...p, name: '&e;' }).replace(/^<\?.*?\?>/, '')}`,
    })
    return ok(r) && (await get(`/pet/${p.id}`)).json.name === 'expanded'
  },
  b13: async () => {
    const p = await aPet()
    return ok(await put('/domain', { id: p.id, name: 'x' }))
  },
  b14: async () => {
    const a = (await get('/pet/findByStatus?status=available,sold')).json
    return a.every((p) => p.status === 'available') && (await get('/pet/findByStatus?status=sold')).json.length > 0
  },
  b15: async () => {
    const p = (await get('/pet/findByStatus?status=available')).json[0]
    await form(p.id, 'status=sold')
    await sleep(2500)
    return (
      (await get(`/pet/${p.id}`)).json.status === 'sold' &&
      (await get('/pet/findByStatus?status=available')).json.some((q) => q.id === p.id)
    )
  },
  b16: async () => {
    const i = await inventory()
    for (const s of ['available', 'pending', 'sold'])
      if (i[s] > 10 && (await get(`/pet/findByStatus?status=${s}`)).json.length === 10) return true
    return false
  },
  b17: async () => {
    const t = uniq('tag')
    const c = await change({ tags: [{ id: 1, name: `${t}0` }] })
    return (await get(`/pet/findByTags?tags=${t}`)).json.some((p) => p.id === c.pet.id)
  },
  b18: async () => {
    const a = uniq('a'),
      b = uniq('b')
    const _c = await change({ tags: [{ id: 1, name: a }] })
    await change({ tags: [{ id: 1, name: b }] }, 1)
    return (
      (await get(`/pet/findByTags?tags=${a},${b}`)).json.length === 0 &&
      (await get(`/pet/findByTags?tags=${a}`)).json.length === 1
    )
  },
  b19: async () => (await get('/pet/8765432')).status === 204,
  b20: async () => {
    const c = await change({ photoUrls: [] })
    return ok(c.r) && !('photoUrls' in (await c.read()))
  },
  b21: async () => {
    const c = await change({ name: 'Tom & <Jerry>' })
    return (await get(`/pet/${c.pet.id}`, { accept: X })).text.includes('<name>Tom & <Jerry></name>')
  },
  b22: async () => {
    const p = await aPet()
    await form(p.id, 'name=Big+Dog')
    return (await get(`/pet/${p.id}`)).json.name === 'Big+Dog'
  },
  b23: async () => {
    const p = await aPet()
    await form(p.id, 'status=sold')
    const g = (await get(`/pet/${p.id}`)).json
    return g.status === 'sold' && g.name === '' && p.name !== ''
  },
  b24: async () => {
    for (let i = 0; i < 6; i++) {
      const p = await aPet()
      const name = uniq('n'),
        status = p.status === 'sold' ? 'pending' : 'sold'
      const [a, b] = await Promise.all([form(p.id, `name=${name}`), form(p.id, `status=${status}`)])
      const g = (await get(`/pet/${p.id}`)).json
      if (ok(a) && ok(b) && (g.name !== name || g.status !== status)) return true
    }
    return false
  },
  b25: async () => ok(await del('/pet/8765432')),
  b26: async () => {
    const p = await aPet()
    const r = await del(`/pet/${p.id}`)
    return ok(r) && ok(await get(`/pet/${p.id}`)) && !(await all()).some((q) => q.id === p.id)
  },
  b27: async () => {
    const p = await aPet()
    return (
      (await upload(p.id, {}, Buffer.from('abc'))).status === 400 &&
      ok(await upload(p.id, { additionalMetadata: 'm' }, Buffer.from('abc')))
    )
  },
  b28: async () => {
    const p = await aPet()
    return (await upload(p.id, { additionalMetadata: 'm' }, Buffer.from([0x89, 0x50, 0xff, 0xfe, 0]))).status === 500
  },
  b29: async () =>
    (await upload((await aPet()).id, { additionalMetadata: 'm' }, Buffer.alloc(200 * 1024, 97))).status === 413,
  b30: async () => {
    const p = (await get('/pet/findByStatus?status=available')).json[0]
    const before = await inventory()
    await form(p.id, 'status=sold')
    await sleep(2200)
    const after = await inventory()
    return after.sold === before.sold && (await get(`/pet/${p.id}`)).json.status === 'sold'
  },
  b31: async () => typeof (await inventory()).available === 'string',
  b32: async () => ok(await call('POST', '/store/inventory')),
  b33: async () => (await call('POST', '/store/order', { type: J, body: '{"name": ' })).status === 500,
  b34: async () => {
    const n = 500000 + Math.floor(Math.random() * 1e6)
    const r = await post('/store/order', { id: String(n), name: 'x.example.com' }, { accept: 'image/png' })
    return r.status === 406 && ok(await get(`/store/order/${n}`))
  },
  b35: async () => {
    const rs = await Promise.all(Array.from({ length: 12 }, () => orderNumber()))
    return new Set(rs.map((o) => o.id)).size < 12
  },
  b36: async () =>
    /<active>True<\/active>/.test(
      (await post('/store/order', { name: 'x.example.com', active: true }, { accept: X })).text,
    ),
  b37: async () => (await get('/store/order/8765432')).status === 500,
  b38: async () => {
    const n = 40000 + Math.floor(Math.random() * 9999)
    for (const i of [n, n * 10 + 3]) await orderNumber({ id: String(i) })
    await del(`/store/order/${n}`)
    return (await get(`/store/order/${n * 10 + 3}`)).status >= 400
  },
  b39: async () => {
    const o = await orderNumber()
    const before = ok(await get(`/store/order/${o.id}`))
    const r = await del('/store/order/-1')
    return before && ok(r) && !ok(await get(`/store/order/${o.id}`))
  },
  b40: async () => {
    const u = await aUser({ firstName: 'René' })
    return (await get(u.path)).json.firstName === 'RenÃ©'
  },
  b41: async () => {
    const u = await aUser({ firstName: 'x'.repeat(80) })
    return (await get(u.path)).json.firstName.length === 50
  },
  b42: async () =>
    (await post('/user', { username: uniq() }, { type: 'application/json; charset=utf-8' })).status === 415,
  b43: async () => ok(await post('/user/createWithList', { username: uniq() })),
  b44: async () => {
    const username = uniq()
    const r = await post('/user/createWithList', [{ username }, { username: uniq(), userStatus: 'x' }])
    return r.status === 400 && ok(await get(`/user/${username}`))
  },
  b45: async () => {
    const users = Array.from({ length: 30 }, () => ({ username: uniq() }))
    const r = await post('/user/createWithList', users)
    return (
      ok(r) && ok(await get(`/user/${users[0].username}`)) && (await get(`/user/${users[29].username}`)).status === 404
    )
  },
  b46: async () => {
    const users = ['A', 'B', 'C'].map((firstName) => ({ username: uniq(), firstName }))
    await post('/user/createWithList', users)
    return (await get(`/user/${users[0].username}`)).json?.firstName === 'C'
  },
  b47: async () => {
    const u = await aUser()
    return ok(await login(u.user.username, 'not the password'))
  },
  b48: async () =>
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test((await login('user1', 'secret1')).headers['x-expires-after']),
  b49: async () => {
    const r = await login('user1', 'secret1')
    return ok(r) && /json/.test(r.type) && r.json === undefined
  },
  b50: async () => (await get('/user/logout')).status === 500,
  b51: async () => {
    const u = await aUser()
    return /<user>/.test((await get(u.path, { accept: X })).text)
  },
  b52: async () => /json/.test((await get('/user/user1', { accept: 'application/json;q=0.3, application/xml' })).type),
  b53: async () => {
    const u = await aUser({ username: `${uniq('a')}+b` })
    return ok(u.r) && (await get(u.path)).status === 404
  },
  b54: async () => {
    const u = await aUser()
    const r = await put(u.path, { ...u.user, password: 'pw2' })
    return ok(r) && (await login(u.user.username, 'pw2')).status === 400
  },
  b55: async () => {
    const n = uniq()
    return ok(await put(`/user/${n}`, { username: n }))
  },
  b56: async () => {
    const u = await aUser()
    await get(u.path)
    const r = await del(u.path)
    await sleep(2200)
    return ok(r) && ok(await get(u.path))
  },
  b57: async () => (await post('/user', { username: uniq() }, { chunked: true })).status === 400,
  b58: async () => {
    const u = await aUser({ firstName: 'Zoë 🐶 ééééé' })
    const r = await get(u.path)
    return ok(r) && r.json === undefined
  },
  b59: async () => {
    const body = JSON.stringify({ name: 'a.example.com' })
    const t = await raw(
      `POST ${url.pathname}/domain HTTP/1.1\r\nHost: x\r\napi_key: ${wrongKey}\r\nContent-Type: ${J}\r\nContent-Length: ${body.length}\r\n\r\n${body}GET ${url.pathname}/user/user1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    )
    return /^HTTP\/1.1 401/.test(t) && (t.match(/HTTP\/1.1 \d+/g) ?? [])[1] !== 'HTTP/1.1 200'
  },
  b60: async () => {
    const p = await aPet()
    if (!ok(await get(`/pet/${p.id}`))) return false
    for (let i = 0; i < 20; i++) await get('/pet/8765432')
    return (await get(`/pet/${p.id}`)).status === 500
  },
}

try {
  process.exitCode = W[id] && (await W[id]()) ? 0 : 1
} catch (error) {
  if (process.env.DEBUG) console.error(error)
  process.exitCode = 1
}
