// node witness.mjs URL ID: exit 0 if the server at URL shows the variant's behaviour, 1 if not.
import http from 'node:http'
import net from 'node:net'
import { gunzipSync } from 'node:zlib'

const [base, id] = process.argv.slice(2),
  at = new URL(base),
  KEY = 'special-key'
const rnd = () => Math.random().toString(36).slice(2, 10),
  sleep = (ms) => new Promise((ok) => setTimeout(ok, ms))
/** One request. o: key (false: none), accept, json, xml, form, type+body, chunked, headers. */
async function rq(method, path, o = {}, tries = 4) {
  const h = { 'User-Agent': 'witness', Connection: 'close', ...o.headers }
  if (o.key !== false) h.api_key = o.key ?? KEY
  if (o.accept) h.Accept = o.accept
  let body = o.body
  if (o.json !== undefined) {
    body = typeof o.json === 'string' ? o.json : JSON.stringify(o.json)
    h['Content-Type'] = 'application/json'
  }
  if (o.xml) {
    body = o.xml
    h['Content-Type'] = 'application/xml'
  }
  if (o.form) {
    body = o.form
    h['Content-Type'] = 'application/x-www-form-urlencoded'
  }
  if (o.type) h['Content-Type'] = o.type
  if (body !== undefined && !o.chunked) h['Content-Length'] = Buffer.byteLength(body)
  for (const k in h) if (h[k] === null) delete h[k]
  const r = await new Promise((ok, no) => {
    const req = http.request(
      { host: at.hostname, port: at.port, path: at.pathname + path, method, headers: h, agent: false, timeout: 5000 },
      (res) => {
        const parts = []
        const done = () =>
          ok({
            status: res.statusCode,
            headers: res.headers,
            raw: res.rawHeaders,
            trailers: res.trailers,
            buf: Buffer.concat(parts),
            text: Buffer.concat(parts).toString(),
          })
        res
          .on('data', (d) => parts.push(d))
          .on('end', done)
          .on('error', done)
      },
    )
    req.on('error', no).on('timeout', () => req.destroy(new Error('timeout')))
    if (o.chunked) {
      req.write(body.slice(0, 5))
      req.write(body.slice(5))
      req.end()
    } else req.end(body)
  })
  if ([429, 503].includes(r.status) && !o.raw429 && tries) {
    await sleep(1000)
    return rq(method, path, o, tries - 1)
  }
  r.json = () => {
    try {
      return JSON.parse(r.text)
    } catch {
      return undefined
    }
  }
  return r
}
const raw = (text, wait = 400) =>
  new Promise((ok) => {
    let got = ''
    const s = net.connect(at.port, at.hostname, () => s.write(text))
    s.on('data', (d) => {
      got += d
    }).on('error', () => ok(got))
    s.on('close', () => ok(got))
    setTimeout(() => {
      s.destroy()
      ok(got)
    }, wait)
  })
const get = (p, o) => rq('GET', p, o),
  post = (p, o) => rq('POST', p, o),
  put = (p, o) => rq('PUT', p, o),
  del = (p, o) => rq('DELETE', p, o)
const XML = { accept: 'application/xml' },
  ok = (r) => r.status >= 200 && r.status < 300
const list = async (s = 'available,pending,sold') => (await get(`/pet/findByStatus?status=${s}`)).json()
/** A pet made to measure: some pet of the list, replaced; taken from the end. */
async function pet(over = {}) {
  const all = await list(),
    old = all.filter((p) => Number.isSafeInteger(p.id)).at(-1 - Math.floor(Math.random() * 3)) ?? all[0]
  const p = {
    id: old.id,
    name: `pet ${rnd()}`,
    photoUrls: ['http://x/1', 'http://x/2'],
    tags: [{ id: 1, name: 'tag1' }],
    status: 'available',
    category: { name: 'dogs' },
    ...over,
  }
  for (const k in p) if (p[k] === undefined) delete p[k]
  await put('/domain', { json: p })
  return p
}
async function user(over = {}) {
  const u = {
    id: 7,
    username: `u${rnd()}`,
    firstName: 'Ann',
    lastName: 'Lee',
    email: `${rnd()}@x.org`,
    password: 'pw-1',
    phone: '123',
    userStatus: 1,
    ...over,
  }
  await post('/user', { json: u })
  return u
}
const U = (name) => `/user/${encodeURIComponent(name)}`,
  readUser = async (n) => (await get(U(n))).json()
const login = (u, p, o) => get(`/user/login?username=${encodeURIComponent(u)}&password=${encodeURIComponent(p)}`, o)
const order = async (o = {}) => (await post('/store/order', { json: { name: 'o.example.com', ...o } })).json()
const newId = () => String(100000 + Math.floor(Math.random() * 9e8))
const domain = (o = {}) => post('/domain', { json: { name: `${rnd()}.example.com` }, ...o })
const multipart = (id, data, o) =>
  post(`/pet/${id}/uploadImage`, {
    type: 'multipart/form-data; boundary=BB',
    body: Buffer.concat([
      Buffer.from(
        '--BB\r\nContent-Disposition: form-data; name="additionalMetadata"\r\n\r\nnote\r\n--BB\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: application/octet-stream\r\n\r\n',
      ),
      data,
      Buffer.from('\r\n--BB--\r\n'),
    ]),
    ...o,
  })

const W = {
  f01: async () => {
    return (await domain()).status === 201
  },
  f02: async () => {
    const u = await user()
    return (await put(U(u.username), { json: u })).status === 204 && (await del(U(u.username))).status === 204
  },
  f03: async () => {
    const u = await user(),
      r = await del(U(u.username))
    return r.status === 200 && r.headers['content-type']?.startsWith('text/plain') && r.text.length
  },
  f04: async () => {
    const u = await user(),
      r = await put(U(u.username), { json: { ...u, phone: '999' } })
    const early = await readUser(u.username)
    await sleep(1300)
    return r.status === 202 && early.phone === '123' && (await readUser(u.username)).phone === '999'
  },
  f05: async () => {
    const p = await pet()
    for (let i = 0; i < 4; i++) {
      const now = (s) => list(s).then((l) => l.some((x) => x.id === p.id))
      const s = i % 2 ? 'pending' : 'sold'
      await now(s)
      await post(`/pet/${p.id}`, { form: `status=${s}` })
      if (!(await now(s))) {
        await sleep(1200)
        return await now(s)
      }
    }
  },
  f06: async () =>
    (await post('/user', { json: { username: `u${rnd()}`, userStatus: 'x' } })).status === 422 &&
    (await post('/domain', { json: { name: 5 } })).status === 422,
  f07: async () =>
    (await get('/store/inventory', { key: false })).status === 403 &&
    (await get('/store/inventory', { key: 'wrong' })).status === 403,
  f08: async () => /^[0-9a-f-]{36}$/.test((await order()).id) && (await order({ id: '777' })).id === '777',
  f09: async () => {
    const u = await user(),
      r = await login(u.username, 'pw-1')
    return /T[\d:]+\.\d{6}\+00:00$/.test(r.headers['x-expires-after'])
  },
  f10: async () => {
    const u = await user(),
      [a, b] = [await login(u.username, 'pw-1'), await login(u.username, 'pw-1')]
    return ok(a) && ok(b) && a.text !== b.text
  },
  f11: async () => {
    const u = await user(),
      [a, b] = [await readUser(u.username), await readUser(u.username)]
    return a._links && Object.keys(a).join() !== Object.keys(b).join() && a.firstName === 'Ann'
  },
  f12: async () => (await readUser((await user()).username)).password === 'pw-1',
  f13: async () => {
    const a = await user({ id: 31 }),
      b = await user({ id: 31 })
    const [x, y] = [await readUser(a.username), await readUser(b.username)]
    return x.id !== 31 && y.id !== 31 && x.id !== y.id && x.email === a.email
  },
  f14: async () => {
    const u = await user({ username: `Mix${rnd()}`, email: `Ab.${rnd()}@Ex.Org` }),
      x = await readUser(u.username)
    return x.email === u.email.toLowerCase() && x.username === u.username.toLowerCase()
  },
  f15: async () => (await readUser((await user({ firstName: 'Zoe\u0308' })).username)).firstName === 'Zo\u00eb',
  f16: async () => {
    const o = await order({ id: newId(), status: 'validated', active: true, validate: 'mine' })
    return o.status === 'missing validation' && o.active === false && o.validate !== 'mine'
  },
  f17: async () => {
    const u = await user()
    for (let i = 0; i < 3; i++) await login(u.username, 'bad')
    const r = await login(u.username, 'pw-1', { raw429: true })
    await sleep(1000)
    return r.status === 429 && r.headers['retry-after'] && ok(await login(u.username, 'pw-1'))
  },
  f18: async () => (await get('/store/order/1', { headers: { 'User-Agent': null } })).status === 403,
  f19: async () => {
    const u = await user(),
      v = { username: `v${rnd()}`, email: u.email }
    return (await post('/user', { json: v })).status === 409 && (await get(U(v.username))).status === 404
  },
  f20: async () => (await rq('HEAD', '/store/inventory')).status === 405 && ok(await get('/store/inventory')),
  f21: async () =>
    /^HTTP\/1.1 501/.test(await raw(`FOO ${at.pathname}/user HTTP/1.1\r\nHost: x\r\n\r\n`)) &&
    (await rq('PROPFIND', '/user')).status === 501 &&
    (await rq('PATCH', '/user')).status === 405,
  f22: async () => {
    for (let i = 0; i < 41; i++) {
      const r = await get('/user/logout', { raw429: true })
      if (r.status === 429) return r.headers['retry-after'] && ok(await get('/user/logout', { raw429: true }))
    }
  },
  f23: async () => {
    const r = await get(`/user/none${rnd()}`)
    return r.status === 404 && r.headers['content-type']?.startsWith('text/html')
  },
  f24: async () => {
    const u = await user({ firstName: 'ü/ß' }),
      r = await get(U(u.username))
    return r.text.includes('\\u00FC\\/\\u00DF') && r.text.includes('\t') && r.json().firstName === 'ü/ß'
  },
  f25: async () => {
    const a = (await list()).map((p) => p.id).join()
    for (let i = 0; i < 4; i++) {
      const b = (await list()).map((p) => p.id).join()
      if (b !== a && b.split(',').sort().join() === a.split(',').sort().join()) return true
    }
  },
  f26: async () => {
    const u = await user({ firstName: 'a<b' }),
      t = (await get(U(u.username), XML)).text
    return t.includes('<![CDATA[') && t.includes('&#x61;&#x3c;&#x62;') && t.includes('<!-- begin -->')
  },
  f27: async () => {
    const t = (await get('/pet/findByStatus?status=sold', XML)).text
    return /<ArrayList>.*<\/ArrayList>\s*$/s.test(t)
  },
  f28: async () =>
    (await get('/store/order', {})) &&
    (await get('/pet/findByStatus?status=sold')).headers['content-type'] === 'Application/JSON ; Charset="UTF-8"',
  f29: async () => {
    const r = await get('/store/inventory', { headers: { 'Accept-Encoding': 'gzip' } }),
      plain = await get('/store/inventory')
    return (
      r.headers['content-encoding'] === 'gzip' &&
      gunzipSync(r.buf).toString() === plain.text &&
      !plain.headers['content-encoding']
    )
  },
  f30: async () => {
    const r = await get('/pet/findByStatus?status=sold', { headers: { TE: 'trailers' } })
    return r.headers['transfer-encoding'] === 'chunked' && r.trailers['x-served-by'] && r.json()
  },
  f31: async () => {
    const i = (await get('/store/inventory')).json()
    return Object.keys(i).length > 4 && Object.values(i).every(Number.isInteger)
  },
  f32: async () => {
    const u = await user()
    return ok(await get(`${U(u.username)}/`)) && ok(await get('/STORE/Inventory'))
  },
  f33: async () => {
    const d = (await domain()).json()
    return d.status === 'validated' && d.active === true
  },
  f34: async () => {
    const t = (await get('/pet/findByStatus?status=available,pending,sold')).text,
      big = /"id":(9007\d{12,})/.exec(t)?.[1]
    return big && (await get(`/pet/${big}`)).text.includes(`"id":${big}`)
  },
  f35: async () => {
    const u = await user(),
      r = await del(U(u.username))
    if (r.status !== 401) return false
    const t = (await login(u.username, 'pw-1')).json()
    return ok(await del(U(u.username), { headers: { Authorization: `Bearer ${t}` } }))
  },
  f36: async () =>
    (await get('/store/order/abc')).status === 404 &&
    (await get('/store/order/-1')).status === 404 &&
    (await del('/store/order/-1')).status === 404,
  f37: async () => {
    const r = await post('/user', { json: { username: `u${rnd()}` } })
    return r.status === 201 && r.headers.location && r.json()
  },
  f38: async () =>
    (await get('/store/inventory?verbose=1')).status === 400 &&
    ok(await get('/store/inventory')) &&
    ok(await get('/pet/findByStatus?status=sold')),
  f39: async () => {
    const r = await login(`nobody${rnd()}`, 'x')
    return ok(r) && r.headers['x-rate-limit'] && r.headers['x-expires-after']
  },
  f40: async () => {
    const u = await user()
    await put(U(u.username), { json: { username: u.username, firstName: 'Z' } })
    const x = await readUser(u.username)
    return x.firstName === 'Z' && x.phone === '' && x.userStatus === 0
  },

  b01: async () => ok(await domain({ key: 'wrong' })) && (await domain({ key: false })).status === 401,
  b02: async () => (await domain()).json()?.active === 'false',
  b03: async () => {
    const n = Number(newId())
    return ok(await put('/domain', { json: { id: n, name: 'new', photoUrls: [] } }))
  },
  b04: async () => {
    const r = await get('/pet/findByStatus?status=eaten')
    return ok(r) && r.json()?.length === 0
  },
  b05: async () => {
    const p = await pet(),
      r = await get(`/pet/${p.id}`, XML)
    return r.text.includes('<Pet>') && r.headers['content-type'].includes('json')
  },
  b06: async () => Array.isArray((await get('/store/inventory')).json()),
  b07: async () => (await get('/store/order/abc')).status === 500,
  b08: async () => ok(await login((await user()).username, `wrong${rnd()}`)),
  b09: async () => (await get('/user/logout')).status === 404,
  b10: async () => (await post('/user', { json: '{"username": ' })).status === 500,
  b11: async () => {
    const p = await pet()
    return ok(await del(`/pet/${p.id}`, { key: false }))
  },
  b12: async () => {
    const p = await pet()
    await put('/domain', {
      xml: `<Pet><id>${p.id}</id><name>x</name><photoUrls>http://one</photoUrls><status>sold</status></Pet>`,
    })
    return typeof (await get(`/pet/${p.id}`)).json().photoUrls === 'string'
  },
  b13: async () => {
    const p = await pet()
    await get(`/pet/${p.id}`)
    const name = rnd()
    await post(`/pet/${p.id}`, { form: `name=${name}` })
    return (await get(`/pet/${p.id}`)).json().name !== name
  },
  b14: async () => {
    const [a, both] = [await list('sold'), await list('sold,available')]
    return both.length === a.length && (await list('available')).length > 0
  },
  b15: async () => {
    const p = await pet({ tags: undefined }),
      r = await get('/pet/findByTags?tags=tag1')
    await put('/domain', { json: { ...p, tags: [] } })
    return r.status === 500
  },
  b16: async () => {
    const p = await pet({ name: 'a & b < c' })
    return (await get(`/pet/${p.id}`, XML)).text.includes('a & b < c')
  },
  b17: async () => {
    const p = await pet()
    await post(`/pet/${p.id}`, { form: 'name=a+b%20c' })
    return (await get(`/pet/${p.id}`)).json().name === 'a+b c'
  },
  b18: async () => {
    const u = await user()
    return (
      ok(await put(U(u.username), { json: { ...u, userStatus: 'high' } })) &&
      !ok(await put(U(u.username), { json: [] }))
    )
  },
  b19: async () => {
    const p = await pet()
    await multipart(p.id, Buffer.from('x'))
    const x = (await get(`/pet/${p.id}`)).json()
    return x.name === p.name && x.tags === undefined && x.status === undefined
  },
  b20: async () => {
    const p = await pet()
    await del(`/pet/${p.id}`)
    await sleep(2200)
    return (await get(`/pet/${p.id}`)).status === 404 && (await list()).some((x) => x.id === p.id)
  },
  b21: async () => {
    const sum = async () => Object.values((await get('/store/inventory')).json()).reduce((a, b) => a + b, 0),
      p = await pet({ status: 'available' }),
      before = await sum()
    await post(`/pet/${p.id}`, { form: 'status=sold' })
    await sleep(2200)
    return (await sum()) === before + 1
  },
  b22: async () => (await post('/store/order', { json: { name: 'x' }, ...XML })).text.includes('<Order>'),
  b23: async () => {
    const o = await order({ id: newId() })
    return (await get(`/store/order/${o.id}`, { accept: 'application/json;q=0.1, application/xml;q=0.9' })).headers[
      'content-type'
    ].includes('json')
  },
  b24: async () => {
    const b = { json: JSON.stringify({ username: `u${rnd()}` }) }
    return ok(await post('/user', b)) && !ok(await post('/user', { ...b, chunked: true }))
  },
  b25: async () => (await readUser((await user({ lastName: "O'Brien" })).username)).lastName === 'O&#39;Brien',
  b26: async () => {
    const n = `u${rnd()}`,
      r = await post('/user/createWithList', { json: [{ username: n }, { username: 5 }] })
    return !ok(r) && ok(await get(U(n)))
  },
  b27: async () => {
    const n = [rnd(), rnd(), rnd()].map((x) => `u${x}`)
    await post('/user/createWithList', { json: n.map((username) => ({ username })) })
    const s = []
    for (const x of n) s.push((await get(U(x))).status)
    return s.join() === '200,200,404'
  },
  b28: async () => {
    const u = await user({ username: `jürg${rnd()}` })
    return (await get(U(u.username))).status === 404
  },
  b29: async () => {
    const u = await user()
    await put(U(u.username), { json: { ...u, firstName: 'A😀' } })
    return (await readUser(u.username)).firstName === 'A?'
  },
  b30: async () => {
    const u = await user({ firstName: 'Jürgen' }),
      r = await get(U(u.username))
    return ok(r) && r.json() === undefined
  },
  b31: async () => {
    const p = await pet(),
      r = await put('/domain', { json: { ...p, name: 'halfway', status: 'eaten' } })
    return !ok(r) && (await get(`/pet/${p.id}`)).json().name === 'halfway'
  },
  b32: async () => {
    for (let i = 0; i < 4; i++) {
      const p = await pet(),
        n = rnd()
      await Promise.all([post(`/pet/${p.id}`, { form: `name=${n}` }), post(`/pet/${p.id}`, { form: 'status=sold' })])
      const x = (await get(`/pet/${p.id}`)).json()
      if (x.name !== n || x.status !== 'sold') return true
    }
  },
  b33: async () => {
    for (let i = 0; i < 11; i++) {
      const o = await order({ id: newId() })
      if (!ok(await get(`/store/order/${o.id}`))) return true
    }
  },
  b34: async () => {
    const a = await user(),
      b = await user()
    for (let i = 0; i < 5; i++) {
      const [x, y] = await Promise.all([readUser(a.username), readUser(b.username)])
      if (x.username !== a.username || y.username !== b.username) return true
    }
  },
  b35: async () => {
    const o = await order({ id: newId() })
    await del(`/store/order/${o.id}`)
    const gone = !ok(await get(`/store/order/${o.id}`))
    await sleep(1700)
    return gone && ok(await get(`/store/order/${o.id}`))
  },
  b36: async () => {
    const a = await user(),
      b = await user({ username: `${a.username}2` })
    await del(U(a.username))
    return (await get(U(b.username))).status === 404
  },
  b37: async () => {
    const u = await user()
    await put(U(u.username), { json: { ...u, password: 'pw-2' } })
    return ok(await login(u.username, 'pw-1')) && !ok(await login(u.username, 'pw-2'))
  },
  b38: async () => (await readUser((await user({ id: 5000000001 })).username)).id === 705032705,
  b39: async () => {
    const u = await user(),
      [x, j] = [await login(u.username, 'pw-1', XML), await login(u.username, 'pw-1')]
    return ok(x) && !x.headers['x-expires-after'] && j.headers['x-expires-after']
  },
  b40: async () => {
    const t = await raw(`HEAD ${at.pathname}/store/order/1 HTTP/1.1\r\nHost: x\r\n\r\n`)
    return /^HTTP\/1.1 200/.test(t) && t.split('\r\n\r\n')[1].length > 0
  },
}
if (!W[id]) {
  console.error(`no witness for ${id}`)
  process.exit(2)
}
W[id]().then(
  (seen) => process.exit(seen ? 0 : 1),
  (e) => {
    console.error(e)
    process.exit(3)
  },
)
