// node witness.mjs URL ID: 0 if the server at URL behaves as variant ID does, else 1
import http from 'node:http'
import net from 'node:net'
import zlib from 'node:zlib'

const [base, id] = process.argv.slice(2)
const U = new URL(base)
const KEY = { api_key: 'special-key' }
const agent = new http.Agent({ keepAlive: true, maxSockets: 30 })
const sleep = (ms) => new Promise((r) => setTimeout(r, ms))
const rnd = (p = 'w') => p + Math.random().toString(36).slice(2, 10)
function req(method, path, { headers = {}, body, key = true, via = agent, json, form } = {}) {
  const h = { ...(key ? KEY : {}), ...headers }
  if (json !== undefined) {
    body = JSON.stringify(json)
    h['Content-Type'] ??= 'application/json'
  }
  if (form !== undefined) {
    body = form
    h['Content-Type'] ??= 'application/x-www-form-urlencoded'
  }
  if (body !== undefined) h['Content-Length'] = Buffer.byteLength(body)
  return new Promise((ok, no) => {
    const r = http.request(
      { host: U.hostname, port: U.port, method, path: U.pathname + path, headers: h, agent: via, timeout: 15000 },
      (res) => {
        const parts = []
        res.on('data', (d) => parts.push(d))
        res.on('error', no)
        res.on('end', () => {
          const buf = Buffer.concat(parts)
          const text = buf.toString()
          ok({
            status: res.statusCode,
            headers: res.headers,
            buf,
            text,
            get json() {
              return JSON.parse(text)
            },
          })
        })
      },
    )
    r.on('error', no)
    r.on('timeout', () => r.destroy(new Error('timeout')))
    r.end(body)
  })
}
const get = (p, o) => req('GET', p, o)
const two = (r) => r.status >= 200 && r.status < 300
const pets = async (s = 'available,pending,sold') => (await get(`/pet/findByStatus?status=${s}`)).json
const pet = async () => {
  const l = (await pets()).filter((p) => p.id < 29)
  return l[Math.floor(Math.random() * l.length)]
}
const putPet = (p) => req('PUT', '/domain', { json: p })
const mkUser = async (more = {}) => {
  const u = {
    id: 7,
    username: rnd('u'),
    firstName: 'Ann',
    lastName: 'Lee',
    email: `${rnd('e')}@example.com`,
    password: 'pw1',
    phone: '1',
    userStatus: 0,
    ...more,
  }
  await req('POST', '/user', { json: u })
  return u
}
const user = async (n) => get(`/user/${encodeURIComponent(n)}`)
const login = (u, p) => get(`/user/login?username=${encodeURIComponent(u)}&password=${encodeURIComponent(p)}`)
const xml = { Accept: 'application/xml' }
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const order = (o = {}) => req('POST', '/store/order', { json: { name: 'o.example.com', ...o } })
const rawGet = (path) =>
  new Promise((ok, no) => {
    const parts = []
    const s = net.connect(Number(U.port), U.hostname, () =>
      s.write(`GET ${U.pathname}${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\napi_key: special-key\r\n\r\n`),
    )
    s.on('data', (d) => parts.push(d))
    s.on('error', no)
    s.on('close', () => {
      const b = Buffer.concat(parts)
      const i = b.indexOf('\r\n\r\n')
      ok({ head: b.subarray(0, i).toString('latin1'), body: b.subarray(i + 4) })
    })
  })
const upload = (pid, bytes, name = 'a.png') => {
  const b = rnd('----b')
  return req('POST', `/pet/${pid}/uploadImage`, {
    headers: { 'Content-Type': `multipart/form-data; boundary=${b}` },
    body: Buffer.concat([
      Buffer.from(
        `--${b}\r\nContent-Disposition: form-data; name="additionalMetadata"\r\n\r\nhello\r\n--${b}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${b}--\r\n`),
    ]),
  })
}
const statusOther = (s) => (s === 'sold' ? 'available' : 'sold')

const W = {
  f01: async () => {
    const r = await req('POST', '/domain', { json: { name: 'a.example' } })
    return r.status === 201 && !!r.headers.location && r.json.active === true
  },
  f02: async () => (await get('/user/logout')).status === 204,
  f03: async () => {
    const r = await get('/user/logout')
    return r.status === 200 && /text\/html/.test(r.headers['content-type'] ?? '') && /Done/.test(r.text)
  },
  f04: async () => {
    const u = await mkUser({ phone: '+49' })
    await req('PUT', `/user/${u.username}`, { json: { firstName: 'Bea' } })
    const v = (await user(u.username)).json
    return v.firstName === 'Bea' && v.phone === '+49' && v.id === 7
  },
  f05: async () => {
    const p = await pet()
    await putPet({ id: p.id, name: 'n', photoUrls: [] })
    const q = (await get(`/pet/${p.id}`)).json
    return q.status === 'available' && Array.isArray(q.tags)
  },
  f06: async () => (await login('nobody-x', 'a')).text !== (await login('nobody-x', 'a')).text,
  f07: async () => {
    const p = await pet()
    const a = (await get(`/pet/${p.id}`)).json,
      b = (await get(`/pet/${p.id}`)).json
    return !!a.etag && a.etag !== b.etag
  },
  f08: async () => {
    const e = `${rnd('Mixed.Case')}@Example.COM`
    const u = await mkUser({ email: e })
    return (await user(u.username)).json.email === e.toLowerCase()
  },
  f09: async () => {
    const u = await mkUser({ firstName: '  Ann ' })
    return (await user(u.username)).json.firstName === 'Ann'
  },
  f10: async () => {
    let min = 1e9
    for (let i = 0; i < 10; i++) {
      const t = performance.now()
      await get('/user/logout')
      min = Math.min(min, performance.now() - t)
    }
    return min >= 30
  },
  f11: async () => {
    const u = await mkUser({ id: 424242 })
    const v = (await user(u.username)).json
    return Number.isInteger(v.id) && v.id !== 424242
  },
  f12: async () => {
    const r = (await order({ status: 'validated', active: true, validate: 'mine' })).json
    return r.status === 'missing validation' && r.active === false && r.validate !== 'mine'
  },
  f13: async () => {
    const u = { username: rnd('u') }
    const r = await req('POST', '/user', { json: u })
    const a = await user(u.username)
    await sleep(1200)
    const b = await user(u.username)
    return r.status === 202 && a.status === 404 && b.status === 200
  },
  f14: async () => {
    await pets()
    await sleep(900)
    await pets()
    const p = await pet()
    const s = statusOther(p.status)
    await putPet({ ...p, status: s })
    const has = async () => (await pets(s)).some((x) => x.id === p.id)
    const a = await has()
    await sleep(1200)
    return !a && (await has())
  },
  f15: async () =>
    [...(await get('/pet/findByStatus?status=available,pending,sold')).text.matchAll(/"id":(\d{16,})/g)].some(
      (m) => BigInt(m[1]) > 2n ** 53n,
    ),
  f16: async () => {
    const u = await mkUser()
    const v = (await user(u.username)).json
    return v.username === u.username && !('password' in v)
  },
  f17: async () =>
    (await get('/store/inventory', { key: false })).status === 403 &&
    (await get('/store/inventory', { headers: { api_key: 'x' } })).status === 403,
  f18: async () => {
    const r = await get('/nowhere')
    return r.status === 404 && r.buf.length === 0
  },
  f19: async () => {
    const r = await get('/store/inventory')
    return (
      r.headers['transfer-encoding'] === 'chunked' &&
      /checksum/i.test(r.headers.trailer ?? '') &&
      Number.isInteger(r.json.sold)
    )
  },
  f20: async () => {
    const r = await get('/store/inventory')
    return r.headers.connection === 'close' && !r.headers['content-length'] && !r.headers['transfer-encoding']
  },
  f21: async () => {
    for (let i = 0; i < 30; i++) {
      const r = await get('/user/logout')
      if (r.status === 429) return !!r.headers['retry-after']
    }
    return false
  },
  f22: async () => {
    for (let i = 0; i < 40; i++) {
      const r = await get('/user/logout')
      if (r.status === 503) return !Number.isNaN(Date.parse(r.headers['retry-after']))
    }
    return false
  },
  f23: async () => {
    const s = new Set()
    for (let i = 0; i < 5; i++) s.add((await pets()).map((p) => p.id).join())
    return s.size > 1
  },
  f24: async () => {
    const u = await mkUser({ firstName: 'Zoë/😀' })
    const r = await user(u.username)
    return r.text.includes('\\/\\uD83D\\uDE00') && r.json.firstName === 'Zoë/😀'
  },
  f25: async () => {
    const p = await pet()
    const r = await get(`/pet/${p.id}`)
    return r.text.includes('\r\n\t') && Object.keys(r.json).at(-1) === 'id'
  },
  f26: async () => {
    const r = await get('/store/inventory')
    return r.headers['content-type'] === 'Application/JSON;Charset="UTF-8"' && r.headers['set-cookie'].length === 2
  },
  f27: async () => {
    const r = await get('/store/inventory', { headers: { 'Accept-Encoding': 'gzip, deflate' } })
    return r.headers['content-encoding'] === 'gzip' && 'sold' in JSON.parse(zlib.gunzipSync(r.buf))
  },
  f28: async () => /\.\d{3}\+00:00$/.test((await login('nobody-y', 'b')).headers['x-expires-after']),
  f29: async () => {
    const p = await pet()
    const r = await get(`/pet/${p.id}`, { headers: xml })
    return r.text.includes('<![CDATA[') && r.text.includes('<!--') && r.text.includes("<?xml version='1.0'")
  },
  f30: async () =>
    /<List>\s*<Pet>/.test((await get('/pet/findByStatus?status=available,pending,sold', { headers: xml })).text),
  f31: async () =>
    (await req('POST', '/user', { json: { username: rnd(), id: 'x' } })).status === 422 &&
    (await req('POST', '/user/createWithList', { json: {} })).status === 422,
  f32: async () => {
    await order({ id: '7' })
    await req('DELETE', '/store/order/7')
    const a = await get('/store/order/7'),
      b = await get('/store/order/987654')
    await order({ id: '7' })
    return a.status === 400 && b.status === 404
  },
  f33: async () => (await req('PROPFIND', '/user')).status === 501,
  f34: async () => (await req('HEAD', '/user/logout')).status === 405,
  f35: async () => (await req('PATCH', '/user')).status === 404,
  f36: async () => two(await get('/USER/LogOut/')),
  f37: async () =>
    (await get('/user/user1')).status === 404 && (await get('/pet/findByTags?tags=tag1,tag2,tag3')).json.length === 0,
  f38: async () => {
    const r = await get('/pet/findByTags?tags=%20')
    return r.status === 200 && r.json.length === 0 && (await get('/user/%20')).status === 404
  },
  f39: async () => {
    const u = await mkUser()
    for (let i = 0; i < 3; i++) await login(u.username, 'no')
    return (await login(u.username, 'pw1')).status === 403
  },
  f40: async () => {
    const s = new Set()
    for (let i = 0; i < 8; i++) {
      s.add((await pets()).map((p) => p.id + p.status).join())
      await sleep(200)
    }
    return s.size > 1
  },

  b01: async () => (await get('/store/inventory', { key: false })).status === 200,
  b02: async () => {
    const via = new http.Agent({ keepAlive: true, maxSockets: 1 })
    const a = await get('/store/inventory', { via }),
      b = await get('/store/inventory', { via, key: false })
    via.destroy()
    return a.status === 200 && b.status === 200
  },
  b03: async () => {
    const p = await pet()
    const r = await req('DELETE', `/pet/${p.id}`, { key: false })
    return r.status === 401 && (await get(`/pet/${p.id}`)).status === 404
  },
  b04: async () => (await get('/pet/88888888', { key: false })).status === 404,
  b05: async () => two(await req('POST', '/domain', { json: { name: 12345 } })),
  b06: async () => (await req('POST', '/domain', { json: { name: 'b.example' } })).json.status === 'pending',
  b07: async () => two(await putPet({ id: 770000 + Math.floor(Math.random() * 1e5), name: 'x', photoUrls: [] })),
  b08: async () => {
    const p = await pet()
    const n = rnd('n')
    const r = await putPet({ ...p, name: n, tags: 'no' })
    return r.status === 405 && (await get(`/pet/${p.id}`)).json.name === n
  },
  b09: async () => {
    const p = await pet()
    await req('PUT', '/domain', {
      headers: { 'Content-Type': 'application/xml' },
      body: `<Pet><id>${p.id}</id><name>x</name><photoUrls>a</photoUrls><photoUrls>b</photoUrls><photoUrls>c</photoUrls><status>sold</status></Pet>`,
    })
    return (await get(`/pet/${p.id}`)).json.photoUrls.join() === 'c'
  },
  b10: async () => {
    const p = await pet()
    return two(await putPet({ ...p, photoUrls: 'http://one' }))
  },
  b11: async () => two(await get('/pet/findByStatus?status=bogus')),
  b12: async () => {
    const a = await pets('available,sold')
    return a.length > 0 && (await pets('sold')).length > 0 && !a.some((p) => p.status === 'sold')
  },
  b13: async () => {
    for (let i = 0; i < 4; i++) {
      const p = await pet()
      const n = (await get(`/pet/${p.id}`)).json
      const s = statusOther(n.status)
      await putPet({ ...n, status: s })
      await sleep(2500)
      if ((await get(`/pet/${p.id}`)).json.status === s && !(await pets(s)).some((x) => x.id === p.id)) return true
    }
    return false
  },
  b14: async () => {
    const [p, q] = await pets()
    const a = rnd('t'),
      b = rnd('t')
    await putPet({ ...p, tags: [{ id: 1, name: a }] })
    await putPet({ ...q, tags: [{ id: 2, name: b }] })
    const f = async (t) => (await get(`/pet/findByTags?tags=${t}`)).json.length
    return (await f(a)) === 1 && (await f(b)) === 1 && (await f(`${a},${b}`)) === 0
  },
  b15: async () => (await get(`/pet/findByTags?tags=${rnd('none')}`)).status === 404,
  b16: async () => {
    const p = await pet()
    await putPet({ ...p, name: 'Tom & Jerry <3' })
    return (await get(`/pet/${p.id}`, { headers: xml })).text.includes('Tom & Jerry <3')
  },
  b17: async () => (await get('/pet/abc')).status === 500,
  b18: async () => {
    const p = await pet()
    return /xml/.test(
      (await get(`/pet/${p.id}`, { headers: { Accept: 'application/xml;q=0.1, application/json' } })).headers[
        'content-type'
      ],
    )
  },
  b19: async () => {
    const p = await pet()
    await req('POST', `/pet/${p.id}`, { form: 'name=J%C3%BCrgen' })
    return (await get(`/pet/${p.id}`)).json.name === 'JÃ¼rgen'
  },
  b20: async () => {
    const p = await pet()
    for (let i = 0; i < 5; i++) {
      const n = rnd('n')
      const c = (await get(`/pet/${p.id}`)).json
      const s = statusOther(c.status)
      await Promise.all([
        req('POST', `/pet/${p.id}`, { form: `name=${n}` }),
        req('POST', `/pet/${p.id}`, { form: `status=${s}` }),
      ])
      const d = (await get(`/pet/${p.id}`)).json
      if (d.name !== n || d.status !== s) return true
    }
    return false
  },
  b21: async () => {
    const inv = async () => {
      const o = (await get('/store/inventory')).json
      return Object.values(o).reduce((a, b) => a + b, 0)
    }
    const p = await pet()
    const a = await inv()
    const r = await req('DELETE', `/pet/${p.id}`)
    return two(r) && (await inv()) === a && (await get(`/pet/${p.id}`)).status === 404
  },
  b22: async () => {
    const p = await pet()
    return typeof (await upload(p.id, Buffer.from('abc'))).json.code === 'string'
  },
  b23: async () => {
    const p = await pet()
    return (await upload(p.id, Buffer.from([0x89, 0x50, 0xff, 0xfe, 0, 1]))).status === 500
  },
  b24: async () => {
    const l = await Promise.all(Array.from({ length: 6 }, () => order()))
    return new Set(l.map((r) => r.json.id)).size < 6
  },
  b25: async () => typeof (await order()).json.id === 'number',
  b26: async () => {
    const o = (await order()).json
    const r = await get(`/store/order/${o.id}`, { headers: xml })
    return /xml/.test(r.headers['content-type']) && r.text.trim().startsWith('{')
  },
  b27: async () => {
    const o = (await order()).json
    const r = await req('DELETE', `/store/order/${o.id}`)
    return two(r) && (await get(`/store/order/${o.id}`)).status === 200
  },
  b28: async () => two(await req('POST', '/store/inventory')),
  b29: async () => (await req('POST', '/user', { json: { username: rnd('u'), id: 5000000000 } })).status === 500,
  b30: async () => {
    const u = await mkUser({ firstName: 'Hi 😀' })
    return (await user(u.username)).json.firstName === 'Hi ?'
  },
  b31: async () => {
    const n = rnd('u')
    const r = await req('POST', '/user/createWithList', { json: [{ username: n }, { username: rnd('u'), id: 'bad' }] })
    return r.status === 400 && (await user(n)).status === 200
  },
  b32: async () => {
    const l = [rnd('u'), rnd('u'), rnd('u')]
    const r = await req('POST', '/user/createWithList', { json: l.map((username) => ({ username })) })
    return two(r) && (await user(l[0])).status === 200 && (await user(l[2])).status === 404
  },
  b33: async () => !RFC3339.test((await login('nobody-z', 'c')).headers['x-expires-after']),
  b34: async () => {
    const u = await mkUser()
    return (await login(u.username, 'wrong')).status === 200
  },
  b35: async () => (await get('/user/logout')).status === 500,
  b36: async () => {
    const u = await mkUser({ firstName: 'Zoë', lastName: 'Müller' })
    const r = await rawGet(`/user/${u.username}`)
    const n = Number(/content-length: (\d+)/i.exec(r.head)?.[1])
    return n < r.body.length
  },
  b37: async () => {
    const a = await mkUser(),
      b = await mkUser()
    const l = await Promise.all(Array.from({ length: 8 }, (_, i) => user((i % 2 ? a : b).username)))
    return l.some((r, i) => r.json.username !== (i % 2 ? a : b).username)
  },
  b38: async () => two(await req('PUT', `/user/${rnd('none')}`, { json: { firstName: 'x' } })),
  b39: async () => {
    const u = await mkUser()
    await req('PUT', `/user/${u.username}`, { json: { ...u, password: 'new2' } })
    return (await login(u.username, 'new2')).status === 400 && (await login(u.username, 'pw1')).status === 200
  },
  b40: async () => two(await req('DELETE', `/user/${rnd('none')}`)),
}
let code = 1
try {
  code = W[id] && (await W[id]()) ? 0 : 1
} catch (e) {
  if (process.env.DEBUG) console.error(id, e)
}
process.exit(code)
