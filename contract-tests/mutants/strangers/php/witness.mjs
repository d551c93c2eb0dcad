// node witness.mjs URL ID: exits 0 if the server at URL shows the special behaviour of variant ID, else 1.

import crypto from 'node:crypto'
import http from 'node:http'
import net from 'node:net'

const [base, id] = process.argv.slice(2)
const U = new URL(base),
  KEY = { api_key: 'special-key' }
const J = 'application/json',
  X = 'application/xml',
  FORM = 'application/x-www-form-urlencoded'
const rnd = (p = 'w') => p + crypto.randomBytes(6).toString('hex')
const sleep = (ms) => new Promise((r) => setTimeout(r, ms))
const enc = encodeURIComponent

function call(method, path, { body, type, accept, key = true, headers = {}, agent } = {}) {
  return new Promise((ok, no) => {
    if (body !== undefined && !Buffer.isBuffer(body) && typeof body !== 'string') {
      body = JSON.stringify(body)
      type ??= J
    }
    const h = {
      'User-Agent': 'witness',
      ...(key ? KEY : {}),
      ...(type ? { 'Content-Type': type } : {}),
      ...(accept ? { Accept: accept } : {}),
      ...headers,
    }
    for (const k of Object.keys(h)) if (h[k] === null) delete h[k]
    if (body !== undefined) h['Content-Length'] = Buffer.byteLength(body)
    const info = []
    const rq = http.request(
      { host: U.hostname, port: U.port, path: U.pathname + path, method, headers: h, agent: agent ?? false },
      (rs) => {
        const parts = []
        rs.on('data', (d) => parts.push(d))
        const end = () => {
          const buf = Buffer.concat(parts),
            text = buf.toString()
          let json
          try {
            json = JSON.parse(text)
          } catch {
            json = undefined
          }
          ok({
            status: rs.statusCode,
            reason: rs.statusMessage,
            headers: rs.headers,
            raw: rs.rawHeaders,
            trailers: rs.trailers,
            text,
            json,
            info,
            complete: rs.complete,
          })
        }
        rs.on('end', end)
        rs.on('error', end)
      },
    )
    rq.on('information', (i) => info.push(i.statusCode))
    rq.on('error', no)
    rq.setTimeout(8000, () => rq.destroy(new Error('timeout')))
    rq.end(body)
  })
}
/** Sends bytes and reads what comes back until `done` says so, the end, or 3 s. */
function bytes(text, done = () => false) {
  return new Promise((ok, no) => {
    const s = net.connect(+U.port, U.hostname, () => s.write(text))
    let got = ''
    s.setEncoding('latin1')
    const end = () => {
      s.destroy()
      ok(got)
    }
    s.on('data', (d) => {
      got += d
      if (done(got)) end()
    })
    s.on('end', end)
    s.on('error', no)
    s.setTimeout(3000, end)
  })
}
const get = (p, o) => call('GET', p, o),
  ok2 = (r) => r.status >= 200 && r.status < 300
const user = (over = {}) => ({
  username: rnd('u'),
  firstName: 'Ann',
  lastName: 'Lee',
  email: `${rnd('e')}@example.org`,
  password: 'pw1',
  phone: '1',
  userStatus: 1,
  id: 77,
  ...over,
})
const make = async (over, path = '/user') => {
  const u = user(over)
  const r = await call('POST', path, { body: path === '/user' ? u : [u], key: false })
  if (!ok2(r)) throw new Error(`user refused: ${r.status}`)
  return u
}
const user_ = (n, o) => get(`/user/${enc(n)}`, { key: false, ...o })
const login = (n, p, o) => get(`/user/login?username=${enc(n)}&password=${enc(p)}`, { key: false, ...o })
const all = async (o) => (await get('/pet/findByStatus?status=available,pending,sold', o)).json
const pick = async () => {
  const p = (await all()).filter((p) => ![901, 902].includes(p.id))
  return p[crypto.randomInt(p.length)]
}
const full = (p, over = {}) => ({
  id: p.id,
  category: { name: 'c.example.org' },
  name: rnd('pet'),
  photoUrls: ['a', 'b'],
  tags: [{ id: 5, name: rnd('t') }],
  status: 'available',
  ...over,
})
const put = async (over, o = {}) => {
  const p = full(await pick(), over)
  const r = await call('PUT', '/domain', { body: p, ...o })
  if (!ok2(r)) throw new Error(`pet refused: ${r.status}`)
  return p
}
const xmlPet = async (xml) => {
  const p = await pick()
  const r = await call('PUT', '/domain', { body: `<Pet><id>${p.id}</id>${xml}</Pet>`, type: X })
  return [p.id, r]
}
const order = (b = {}, o) => call('POST', '/store/order', { body: b, key: false, ...o })
const freeOrder = () => String(2 ** 40 + crypto.randomInt(2 ** 40))
const form = (id, body, o) => call('POST', `/pet/${id}`, { body, type: FORM, ...o })
const part = (name, content, file) =>
  `--BbB\r\nContent-Disposition: form-data; name="${name}"${file ? `; filename="${file}"\r\nContent-Type: image/png` : ''}\r\n\r\n${content}\r\n`
const upload = (id, parts, o) =>
  call('POST', `/pet/${id}/uploadImage`, {
    body: `${parts}--BbB--\r\n`,
    type: 'multipart/form-data; boundary=BbB',
    ...o,
  })
const inv = async (o) => (await get('/store/inventory', o)).json
const sum = (m) => Object.values(m).reduce((a, b) => a + Number(b), 0)
const times = async (n, fn) => {
  const out = []
  for (let i = 0; i < n; i++) out.push(await fn(i))
  return out
}

const W = {
  f01: async () => {
    const r = await get('/pet/abc')
    return r.status === 400 && /text\/html/.test(r.headers['content-type']) && /<h1>400/.test(r.text)
  },
  f02: async () =>
    (await call('POST', '/user', { body: { username: 5 } })).status === 422 &&
    (await get('/pet/findByStatus?status=nope')).status === 422,
  f03: async () =>
    (await get('/store/inventory', { key: false })).status === 403 &&
    (await get('/store/inventory', { key: false, headers: { api_key: 'wrong' } })).status === 403,
  f04: async () => {
    const p = await pick(),
      name = rnd(),
      r = await form(p.id, `name=${name}`),
      now = (await get(`/pet/${p.id}`)).json.name
    await sleep(1900)
    return r.status === 202 && now !== name && (await get(`/pet/${p.id}`)).json.name === name
  },
  f05: async () => {
    const p = await pick(),
      t = rnd('t')
    await call('PUT', '/domain', { body: full(p, { tags: [{ id: 1, name: t }] }) })
    const find = async () => (await get(`/pet/findByTags?tags=${t}`)).json.length,
      now = await find(),
      path = (await get(`/pet/${p.id}`)).json.tags?.[0].name
    await sleep(1700)
    return path === t && now === 0 && (await find()) === 1
  },
  f06: async () => {
    const [a, b] = await times(2, async () => (await user_('user1', {})).json ?? (await get('/pet/1')).json)
    const k = Object.keys(a).filter(
      (k) => !['id', 'username', 'firstName', 'lastName', 'email', 'password', 'phone', 'userStatus'].includes(k),
    )
    return k.length > 1 && k.some((k) => JSON.stringify(a[k]) !== JSON.stringify(b[k]))
  },
  f07: async () => {
    const u = await make({ email: `${rnd('MiXed')}@Example.ORG` })
    const d = await call('POST', '/domain', { body: { name: 'Case.Example' } })
    return (await user_(u.username)).json.email === u.email.toLowerCase() && d.json.name === 'case.example'
  },
  f08: async () => {
    const u = await make({ firstName: '  Ann  ' })
    const p = await put({ name: ' x y ' })
    return (await user_(u.username)).json.firstName === 'Ann' && (await get(`/pet/${p.id}`)).json.name === 'x y'
  },
  f09: async () => {
    const r = await order({ name: 'n', validate: 'mine', status: 'validated', active: true })
    return (
      r.json.name === 'n' &&
      r.json.validate !== 'mine' &&
      r.json.status === 'missing validation' &&
      r.json.active === false
    )
  },
  f10: async () => {
    const a = await make({ id: 4242 }),
      b = await make({ id: 4242 })
    const [x, y] = [(await user_(a.username)).json.id, (await user_(b.username)).json.id]
    return Number.isInteger(x) && x !== 4242 && y > x
  },
  f11: async () => {
    const m = /"id":(\d+),"category"/.exec((await get('/pet/findByStatus?status=available,pending,sold')).text)
    return BigInt(m[1]) > 2n ** 53n && (await get(`/pet/${m[1]}`)).text.includes(`"id":${m[1]},`)
  },
  f12: async () => {
    const r = await times(19, () => get('/user/logout'))
    const hit = r.filter((x) => x.status === 429 && x.headers['retry-after'] === '1')
    return hit.length >= 2 && hit.length <= 3
  },
  f13: async () => {
    const r = await times(23, () => get('/user/logout'))
    const hit = r.filter((x) => x.status === 503 && Math.abs(Date.parse(x.headers['retry-after']) - Date.now()) < 5000)
    return hit.length >= 2 && hit.length <= 3
  },
  f14: async () => {
    const t = await bytes(
      `GET ${U.pathname}/store/order/999999999999 HTTP/1.1\r\nHost: x\r\nUser-Agent: w\r\n\r\n`,
      (s) => /\r\n0\r\n.*\r\n\r\n$/s.test(s),
    )
    return /transfer-encoding: chunked/i.test(t) && /\r\n[0-9A-F]+;n=/.test(t) && /\r\nX-Checksum: \w+\r\n\r\n$/.test(t)
  },
  f15: async () => {
    const r = await get('/user/user1', { headers: { Connection: 'keep-alive' } })
    return (
      r.headers['content-length'] === undefined &&
      r.headers['transfer-encoding'] === undefined &&
      r.headers.connection === 'close' &&
      r.text.length > 2
    )
  },
  f16: async () => {
    const r = await get('/user/logout')
    return (
      r.reason === '' &&
      r.raw.includes('set-cookie') &&
      r.headers['set-cookie']?.length === 2 &&
      r.headers['x-empty'] === ''
    )
  },
  f17: async () => {
    const p = await put({ name: 'ü/é' })
    const t = (await get(`/pet/${p.id}`)).text
    return t.includes('\r\n\t') && t.includes('\\u00fc\\/\\u00e9') && JSON.parse(t).name === p.name
  },
  f18: async () =>
    (await call('PUT', '/store/inventory')).status === 404 &&
    (await call('DELETE', '/user/login')).status === 404 &&
    (await get('/pet/1')).status !== 401,
  f19: async () => {
    const p = await put()
    const k = Object.keys((await get(`/pet/${p.id}`)).json)
    return k[0] === 'status' && k.at(-1) === 'id'
  },
  f20: async () => {
    const p = await put({ name: 'a<b' })
    const t = (await get(`/pet/${p.id}`, { accept: X })).text
    return t.includes('<name><![CDATA[a<b]]></name>') && t.includes('<!-- Pet -->') && t.includes("<?xml version='1.0'")
  },
  f21: async () => {
    const m = await inv()
    return m.adopted === 2147483647 && m[''] === 1
  },
  f22: async () => /<ArrayOfPet>/.test((await get('/pet/findByStatus?status=sold', { accept: X })).text),
  f23: async () =>
    new Set(await times(6, async () => (await all()).map((p) => p.id).join())).size > 1 &&
    new Set(
      await times(3, async () =>
        (await all())
          .map((p) => p.id)
          .sort()
          .join(),
      ),
    ).size === 1,
  f24: async () => (await get('/user/logout')).info.includes(103),
  f25: async () => {
    const p = await put()
    await call('PUT', '/domain', { body: { id: p.id, name: 'only', photoUrls: [] } })
    const q = (await get(`/pet/${p.id}`)).json
    return q.name === 'only' && q.tags?.[0]?.name === p.tags[0].name && q.category?.name === p.category.name
  },
  f26: async () => {
    const p = await put({ status: 'sold' })
    await call('PUT', '/domain', { body: { id: p.id, name: 'only', photoUrls: [] } })
    const q = (await get(`/pet/${p.id}`)).json
    return q.status === 'available' && Array.isArray(q.tags) && q.tags.length === 0
  },
  f27: async () => {
    const d = await call('POST', '/domain', { body: { name: 'a.example' } }),
      p = full(await pick())
    const r = await call('PUT', '/domain', { body: p })
    return d.status === 204 && d.text === '' && r.status === 204 && (await get(`/pet/${p.id}`)).json.name === p.name
  },
  f28: async () => {
    const r = await call('PUT', '/domain', { body: full(await pick()) })
    return r.status === 200 && /text\/plain/.test(r.headers['content-type']) && /^OK/.test(r.text)
  },
  f29: async () => {
    const a = await call('HEAD', '/user/user1'),
      b = await get('/user/logout')
    return a.status === 405 && !/HEAD/.test(a.headers.allow) && b.status === 200
  },
  f30: async () =>
    (await call('PATCH', '/pet/1')).status === 501 &&
    (await call('PURGE', '/user/logout')).status === 501 &&
    (await call('PUT', '/pet/1')).status === 405,
  f31: async () => {
    const u = await make()
    const r = await call('POST', '/user', { body: user({ email: u.email }) })
    return r.status === 409 && ok2(await call('POST', '/user', { body: { ...u, phone: '2' } }))
  },
  f32: async () => {
    const u = await make()
    const first = await login(u.username, 'pw1')
    await times(3, () => login(u.username, 'bad'))
    return first.status === 200 && (await login(u.username, 'pw1')).status === 403
  },
  f33: async () =>
    (await get('/user/logout', { headers: { 'User-Agent': null } })).status === 403 &&
    (await get('/user/logout')).status === 200,
  f34: async () => {
    const u = await make()
    return (await login(u.username, 'pw1')).status === 403 && (await login(u.username, 'bad')).status === 400
  },
  f35: async () => {
    const u = await make(),
      b = { body: { ...u, phone: '9' } },
      a = await call('PUT', `/user/${u.username}`, b),
      d = await call('DELETE', `/user/${u.username}`),
      t = (await login(u.username, 'pw1')).json
    return (
      a.status === 401 &&
      d.status === 401 &&
      ok2(await call('PUT', `/user/${u.username}`, { ...b, headers: { Authorization: `Bearer ${t}` } }))
    )
  },
  f36: async () => {
    const u = await make()
    const [a, b] = await times(2, () => login(u.username, 'pw1'))
    return a.json !== b.json && a.json.length > 500 && /\.\d+\+00:00$/.test(a.headers['x-expires-after'])
  },
  f37: async () => {
    const r = await login(rnd('nobody'), 'x')
    return r.status === 200 && typeof r.json === 'string'
  },
  f38: async () => {
    const seen = new Set(
      await times(10, async () => {
        await sleep(230)
        return JSON.stringify(
          (await all())
            .filter((p) => p.id > 900 && p.id < 903)
            .map((p) => [p.id, p.status])
            .sort(),
        )
      }),
    )
    return seen.size > 1
  },
  f39: async () =>
    (await get('/Store/INVENTORY/')).status === 200 &&
    (await get('/User/user1/')).status === (await get('/user/user1')).status &&
    (await get('/store/order/999999999999/')).text === (await get('/store/order/999999999999')).text,
  f40: async () => {
    const r = await get('/store/inventory', { headers: { 'Accept-Encoding': 'gzip' } })
    return r.headers['content-encoding'] === 'gzip' && r.json === undefined && typeof (await inv()) === 'object'
  },

  b01: async () => {
    const r = await call('POST', '/domain', { body: { name: `${rnd('d')}.example` } })
    return ok2(r) && r.json?.status !== undefined && !['missing validation', 'validated'].includes(r.json.status)
  },
  b02: async () => {
    const r = await get(`/pet/${(await pick()).id}`, { accept: X })
    return /application\/xml/.test(r.headers['content-type']) && r.text.trimStart()[0] === '{'
  },
  b03: async () => {
    const p = (await all()).at(-1)
    const r = await call('DELETE', `/pet/${p.id}`)
    return ok2(r) && (await get(`/pet/${p.id}`)).status === 200
  },
  b04: async () => (await get(`/store/order/${freeOrder()}`)).status === 500,
  b05: async () => {
    const r = await get(`/pet/findByStatus?status=${rnd()}`)
    return r.status === 200
  },
  b06: async () => Object.values(await inv()).some((v) => typeof v !== 'number'),
  b07: async () => {
    const p = await pick(),
      name = rnd()
    return ok2(await form(p.id, `name=${name}`, { key: false })) && (await get(`/pet/${p.id}`)).json.name === name
  },
  b08: async () => {
    const u = await make()
    const r = await login(u.username, 'pw1')
    return r.status === 200 && !r.headers['x-expires-after']
  },
  b09: async () => {
    const l = [user(), user(), user()]
    const r = await call('POST', '/user/createWithList', { body: l, key: false })
    const s = await times(3, async (i) => (await user_(l[i].username)).status)
    return ok2(r) && s.includes(404)
  },
  b10: async () => {
    const t = rnd()
    const a = await make({ username: `${t}_a` }),
      b = await make({ username: `${t}xa` })
    await call('DELETE', `/user/${a.username}`)
    return (await user_(b.username)).status === 404
  },
  b11: async () => {
    await put({ status: 'sold' })
    const r = (await get('/pet/findByStatus?status=pending,sold')).json
    return !r.some((p) => p.status === 'sold')
  },
  b12: async () => {
    const u = user({ userStatus: 'abc' })
    const r = await call('POST', '/user', { body: u })
    return ok2(r) && (await user_(u.username)).status === 200
  },
  b13: async () => {
    const [id, r] = await xmlPet('<name>n</name><photoUrls>one</photoUrls><tags><id>1</id><name>t</name></tags>')
    const p = (await get(`/pet/${id}`)).json
    return ok2(r) && (!Array.isArray(p.photoUrls) || !Array.isArray(p.tags))
  },
  b14: async () => {
    const p = await put({ status: 'sold' })
    const r = await form(p.id, 'name=new')
    const q = (await get(`/pet/${p.id}`)).json
    return ok2(r) && q.name === 'new' && q.status !== 'sold'
  },
  b15: async () => {
    const p = await pick()
    await form(p.id, 'name=a+b')
    return (await get(`/pet/${p.id}`)).json.name !== 'a b'
  },
  b16: async () => (await upload((await pick()).id, part('file', 'x', 'bildü.png'))).status >= 500,
  b17: async () => {
    const before = sum(await inv()),
      n = (await all()).length,
      p = (await all()).at(-1)
    const r = await call('DELETE', `/pet/${p.id}`)
    await sleep(2200)
    return ok2(r) && (await all()).length === n - 1 && sum(await inv()) === before
  },
  b18: async () => {
    const n = freeOrder()
    const r = await order({ id: n, name: 'x' }, { accept: 'text/html' })
    return r.status === 406 && (await get(`/store/order/${n}`)).status === 200
  },
  b19: async () => {
    const o = (await order({ name: 'x' })).json
    return !/<DomainIn>/.test((await get(`/store/order/${o.id}`, { accept: X })).text)
  },
  b20: async () => {
    const o = (await order({ name: 'x' })).json
    const r = await call('DELETE', `/store/order/${o.id}abc`)
    return ok2(r) && (await get(`/store/order/${o.id}`)).status !== 200
  },
  b21: async () => {
    const u = user()
    const r = await call('PUT', `/user/${u.username}`, { body: u })
    return ok2(r) && (await user_(u.username)).status === 200
  },
  b22: async () => {
    const u = await make()
    await user_(u.username)
    await call('PUT', `/user/${u.username}`, { body: { ...u, firstName: 'Neu' } })
    return (await user_(u.username)).json.firstName !== 'Neu'
  },
  b23: async () => {
    const o = (await order({ name: 'x' })).json
    const r = await call('DELETE', `/store/order/${o.id}`),
      a = await get(`/store/order/${o.id}`)
    await sleep(1400)
    return ok2(r) && a.status !== 200 && (await get(`/store/order/${o.id}`)).status === 200
  },
  b24: async () => {
    const u = await make()
    await call('PUT', `/user/${u.username}`, { body: { ...u, password: 'pw2' } })
    return (await login(u.username, 'pw2')).status === 400 && (await login(u.username, 'pw1')).status === 200
  },
  b25: async () => {
    const u = await make()
    return (await login(u.username, 'wrong')).status === 200
  },
  b26: async () => {
    const u = await make({ userStatus: 0 })
    return (await user_(u.username)).json.userStatus !== 0
  },
  b27: async () => {
    const u = await make({ firstName: 'Ann 🐢' })
    return (await user_(u.username)).json.firstName !== u.firstName
  },
  b28: async () => {
    const p = await put({ tags: [{ id: 16777217, name: 't' }] })
    return (await get(`/pet/${p.id}`)).json.tags[0].id !== 16777217
  },
  b29: async () => (await get(`/pet/${2 ** 32 + crypto.randomInt(2 ** 40)}`)).status >= 500,
  b30: async () =>
    (await call('POST', '/domain', { body: '{"name":"a.example"}', type: 'application/json; charset=utf-8' }))
      .status === 415,
  b31: async () => {
    const a = user()
    const r = await call('POST', '/user/createWithList', { body: [a, user({ firstName: 5 })] })
    return !ok2(r) && (await user_(a.username)).status === 200
  },
  b32: async () => {
    const u = await make({ firstName: 'Žofie', lastName: '小白小白' })
    const r = await user_(u.username)
    return r.json === undefined && r.headers['content-length'] !== undefined
  },
  b33: async () => {
    const l = await all()
    const r = await Promise.all([l[0], l[1], l[2], l[0]].map((p) => get(`/pet/${p.id}`)))
    return r.some((x, i) => x.json?.id !== l[i % 3].id)
  },
  b34: async () => {
    const p = await put({ name: 'old', status: 'available' })
    await Promise.all([form(p.id, 'name=new'), form(p.id, 'status=sold')])
    const q = (await get(`/pet/${p.id}`)).json
    return q.name !== 'new' || q.status !== 'sold'
  },
  b35: async () => {
    const t = rnd('t')
    const p = await put({
      tags: [
        { id: 1, name: rnd('t') },
        { id: 2, name: t },
      ],
    })
    return !(await get(`/pet/findByTags?tags=${t}`)).json.some((q) => q.id === p.id)
  },
  b36: async () =>
    ok2(await call('DELETE', '/store/inventory')) || ok2(await call('POST', '/store/inventory', { body: {} })),
  b37: async () => {
    const r = await get(`/pet/${(await pick()).id}`, { accept: 'application/json;q=0.2, application/xml;q=0.9' })
    return !/xml/.test(r.headers['content-type'])
  },
  b38: async () => {
    const u = await make({ firstName: 'A & B' })
    return (await user_(u.username, { accept: X })).text.includes('A & B')
  },
  b39: async () => (await times(4, () => get('/user/logout'))).some((r) => r.status >= 500),
  b40: async () => (await call('PUT', '/domain', { body: full(await pick(), { photoUrls: 'a' }) })).status >= 500,
}
if (!W[id]) {
  console.error('no such variant')
  process.exit(1)
}
W[id]().then(
  (r) => process.exit(r ? 0 : 1),
  (e) => {
    console.error(id, String(e))
    process.exit(1)
  },
)
