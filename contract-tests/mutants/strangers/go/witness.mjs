// node witness.mjs URL ID: exits 0 if the server at URL shows the special behaviour of the variant ID, else 1.
// It asks over HTTP only. Node 20, no packages.
import http from 'node:http'
import { gunzipSync } from 'node:zlib'

const [base, id] = process.argv.slice(2)
if (!base || !id) {
  console.error('usage: node witness.mjs URL ID')
  process.exit(2)
}
const root = new URL(base)
const KEY = { api_key: 'special-key' }
const XML = { accept: 'application/xml' }
const JSN = { 'content-type': 'application/json' }
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
let counter = 0
const unique = (p = 'w') => `${p}${Date.now().toString(36)}${process.pid.toString(36)}${(counter++).toString(36)}`

// One request. A body that ends too early is no error here: `cut` tells it.
function ask(method, path, { headers = {}, body, key = true, chunked = false, agent } = {}) {
  return new Promise((done, fail) => {
    const h = { ...(key ? KEY : {}), ...headers }
    const bytes = body === undefined ? undefined : Buffer.from(body)
    if (bytes && !chunked) h['content-length'] = bytes.length
    const infos = []
    const req = http.request(
      {
        host: root.hostname,
        port: root.port,
        method,
        path: path.startsWith('!') ? path.slice(1) : root.pathname + path,
        headers: h,
        agent: agent ?? false,
        timeout: 25000,
      },
      (res) => {
        const parts = []
        let over = false
        const end = (cut) => {
          if (over) return
          over = true
          const buf = Buffer.concat(parts)
          const text = buf.toString('utf8')
          let json
          try {
            json = JSON.parse(text)
          } catch {
            json = undefined
          }
          done({
            status: res.statusCode,
            phrase: res.statusMessage,
            headers: res.headers,
            raw: res.rawHeaders,
            buf,
            text,
            json,
            cut,
            infos,
          })
        }
        res.on('data', (d) => parts.push(d))
        res.on('end', () => end(false))
        res.on('error', () => end(true))
        res.on('aborted', () => end(true))
      },
    )
    req.on('information', (i) => infos.push(i.statusCode))
    req.on('timeout', () => req.destroy(new Error('timeout')))
    req.on('error', fail)
    if (bytes) req.write(bytes)
    req.end()
  })
}
const get = (path, headers, more) => ask('GET', path, { headers, ...more })
const send = (method, path, value, headers) =>
  ask(method, path, { headers: { ...JSN, ...headers }, body: JSON.stringify(value) })
const form = (path, text) =>
  ask('POST', path, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: text })
const put = (pet, headers) => send('PUT', '/domain', pet, headers)
const good = (r) => r.status >= 200 && r.status < 300
const pets = async () => (await get('/pet/findByStatus?status=available,pending,sold')).json
const pet = async (n = 0) => (await pets())[n]
const newUser = async (more = {}) => {
  const u = {
    username: unique('u'),
    firstName: 'A',
    lastName: 'B',
    email: `${unique('m')}@example.com`,
    password: `pass-${unique()}`,
    phone: '1',
    userStatus: 1,
    ...more,
  }
  const r = await send('POST', '/user', u)
  return { ...u, r }
}
const user = (name, headers) => get(`/user/${encodeURIComponent(name)}`, headers)
const login = (name, password, headers) =>
  get(`/user/login?username=${encodeURIComponent(name)}&password=${encodeURIComponent(password)}`, headers)
const domain = (name) => send('POST', '/domain', { name })
const order = (value, headers) => send('POST', '/store/order', value, headers)
// Asks until a test holds or the time is over.
async function until(test, ms, pause = 100) {
  for (const end = Date.now() + ms; ; await sleep(pause)) {
    if (await test()) return true
    if (Date.now() > end) return false
  }
}
function upload(petId, { meta, file }) {
  const b = `xx${unique()}`
  const parts = []
  if (meta !== undefined)
    parts.push(Buffer.from(`--${b}\r\nContent-Disposition: form-data; name="additionalMetadata"\r\n\r\n${meta}\r\n`))
  if (file !== undefined)
    parts.push(
      Buffer.from(
        `--${b}\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: application/octet-stream\r\n\r\n`,
      ),
      file,
      Buffer.from('\r\n'),
    )
  parts.push(Buffer.from(`--${b}--\r\n`))
  return ask('POST', `/pet/${petId}/uploadImage`, {
    headers: { 'content-type': `multipart/form-data; boundary=${b}` },
    body: Buffer.concat(parts),
  })
}

const witnesses = {
  // ---- freedoms
  f01: async () => (await domain('w.example')).json.id.startsWith('urn:inboxes:domain:'),
  f02: async () => {
    const r = await domain('w.example')
    return r.status === 201 && !!r.headers.location
  },
  f03: async () => {
    const d = (await domain('w.example')).json
    return d.status === 'validated' && d.active === true
  },
  f04: async () => (await put(await pet())).status === 204,
  f05: async () => {
    const r = await put(await pet())
    return r.status === 200 && !!r.headers['content-type']?.startsWith('text/html')
  },
  f06: async () => {
    const [a, b] = [(await get('/store/order/1')).json, (await get('/store/order/1')).json]
    return a._readCount !== undefined && a._readCount !== b._readCount
  },
  f07: async () => (await get('/pet/abc')).status === 422 && (await domain(5)).status === 422,
  f08: async () => (await get('/store/inventory', { api_key: 'wrong' })).status === 403,
  f09: async () => {
    const orders = new Set()
    for (let i = 0; i < 8; i++) orders.add((await pets()).map((p) => p.id).join())
    return orders.size > 1
  },
  f10: async () => {
    const r = await get('/store/inventory')
    return r.headers['transfer-encoding'] === 'chunked' && r.headers.trailer !== undefined
  },
  f11: async () => (await get('/store/inventory')).infos.includes(103),
  f12: async () => {
    const r = await get('/store/inventory', { 'accept-encoding': 'gzip' })
    return r.headers['content-encoding'] === 'gzip' && typeof JSON.parse(gunzipSync(r.buf)) === 'object'
  },
  f13: async () =>
    (await user('user1')).status === 404 && (await get('/pet/findByTags?tags=tag1,tag2,tag3')).json.length === 0,
  f14: async () => (await ask('PATCH', '/store/order/1')).status === 501,
  f15: async () => (await ask('HEAD', '/store/order/1')).status === 405,
  f16: async () => {
    const u = await newUser({ username: unique('Upper'), email: `${unique('MiXed')}@Example.com` })
    const r = (await user(u.username)).json
    return r?.username === u.username.toLowerCase() && r.email === u.email.toLowerCase()
  },
  f17: async () => {
    const p = await pet()
    await put({ ...p, name: '  around  ' })
    const u = await newUser({ firstName: ' Ann ' })
    return (await get(`/pet/${p.id}`)).json.name === 'around' && (await user(u.username)).json.firstName === 'Ann'
  },
  f18: async () => {
    const u = await newUser()
    const r = await user(u.username)
    return r.status === 200 && !('password' in r.json)
  },
  f19: async () => {
    const u = await newUser({ id: 77 })
    const m = (await user(u.username)).text.match(/"id":(\d+)/)
    return BigInt(m[1]) > 2n ** 53n
  },
  f20: async () => {
    const r = (await order({ name: 'n', status: 'validated', active: true, validate: 'mine' })).json
    return r.status === 'missing validation' && r.active === false && r.validate !== 'mine'
  },
  f21: async () => {
    const u = await newUser({ phone: '12345' })
    await send('PUT', `/user/${u.username}`, { firstName: 'New' })
    const r = (await user(u.username)).json
    return r.firstName === 'New' && r.phone === '12345'
  },
  f22: async () => {
    const u = await newUser()
    return (await login(u.username, u.password)).json !== (await login(u.username, u.password)).json
  },
  f23: async () => {
    const p = await pet()
    const name = unique('later')
    const r = await form(`/pet/${p.id}`, `name=${name}`)
    return r.status === 202 && until(async () => (await get(`/pet/${p.id}`)).json.name === name, 5000)
  },
  f24: async () => {
    for (let i = 0; i < 6; i++) {
      const p = await pet(),
        to = p.status === 'sold' ? 'pending' : 'sold'
      const before = (await get('/store/inventory')).json
      await form(`/pet/${p.id}`, `status=${to}`)
      const after = (await get('/store/inventory')).json
      if (
        after[to] === before[to] &&
        (await until(async () => (await get('/store/inventory')).json[to] === before[to] + 1, 2500))
      )
        return true
    }
    return false
  },
  f25: async () => {
    for (let i = 0; i < 6; i++) {
      const p = await pet(),
        name = unique('lag')
      const shown = async () => (await pets()).some((q) => q.name === name)
      await form(`/pet/${p.id}`, `name=${name}`)
      if (!(await shown()) && (await until(shown, 2500))) return true
    }
    return false
  },
  f26: async () => {
    for (let i = 0; i < 45; i++) {
      const r = await get('/store/order/1')
      if (r.status === 429 && r.headers['retry-after'] === '1') return true
    }
    return false
  },
  f27: async () => {
    for (let i = 0; i < 45; i++) {
      const r = await get('/store/order/1')
      if (r.status === 503 && Date.parse(r.headers['retry-after']) > 0) return true
    }
    return false
  },
  f28: async () => {
    const r = await get('/pet/findByStatus?status=available,pending,sold', XML)
    return r.text.includes('<![CDATA[') && r.text.includes('<ArrayOfPet>')
  },
  f29: async () => {
    const first = JSON.stringify(await pets())
    return until(async () => JSON.stringify(await pets()) !== first, 8000, 200)
  },
  f30: async () => {
    const p = await pet()
    await put({ ...p, name: 'Zoë' })
    const r = await get(`/pet/${p.id}`, XML)
    return r.text.includes("encoding='US-ASCII'") && r.text.includes('Zo&#xEB;')
  },
  f31: async () => {
    const r = await get('/user/user1')
    return r.text.includes('\r\n\t') && r.json.username === 'user1'
  },
  f32: async () => /^Application\/JSON; Charset/.test((await get('/store/inventory')).headers['content-type']),
  f33: async () => {
    const r = await get('/store/inventory')
    return r.phrase === 'Fine' && r.raw.includes('content-type')
  },
  f34: async () => /\.\d+\+00:00$/.test((await login(unique(), 'x')).headers['x-expires-after']),
  f35: async () => (await login(unique('nobody'), 'x')).status === 400,
  f36: async () => {
    const email = `${unique('same')}@example.com`
    await newUser({ email })
    return (await newUser({ email })).r.status === 409
  },
  f37: async () => {
    const u = await newUser()
    for (let i = 0; i < 3; i++) await login(u.username, 'wrong')
    return (await login(u.username, u.password)).status === 400
  },
  f38: async () =>
    (await ask('PUT', '/user/user2', { key: false, headers: JSN, body: '{"firstName":"x"}' })).status === 401,
  f39: async () => (await order({ name: 'n' })).json.id.startsWith('ord_'),
  f40: async () =>
    (await get('/pet/findByStatus?status=sold&status=pending')).status === 400 &&
    (await get('/pet/findByStatus?status=sold,pending')).status === 200,

  // ---- faults
  b01: async () => (await domain('mail.shop.example')).json?.status === 'pending validation',
  b02: async () => good(await send('POST', '/domain', { name: 12345 })),
  b03: async () => {
    // The list itself may be cut off, so a user is taken, whose creation answers without a body.
    const u = await newUser({ firstName: 'ééé' })
    const r = await user(u.username)
    return r.status === 200 && r.json === undefined && r.text.startsWith('{')
  },
  b04: async () => {
    const p = await pet()
    await ask('PUT', '/domain', {
      headers: { 'content-type': 'application/xml' },
      body: `<Pet><id>${p.id}</id><name>007</name><photoUrls>1.50</photoUrls><status>sold</status></Pet>`,
    })
    return (await get(`/pet/${p.id}`)).json.name === '7'
  },
  b05: async () => {
    const p = await pet()
    await put({ ...p, status: 'sold' })
    await put({ ...p, status: 'available' })
    return (await get('/pet/findByStatus?status=sold')).json.some((q) => q.id === p.id && q.status === 'available')
  },
  b06: async () => good(await put({ ...(await pet()), name: null })),
  b07: async () => {
    const p = await pet()
    for (let i = 0; i < 60; i++) {
      const make = (n) => ({ id: p.id, name: n, photoUrls: [n], category: { name: n }, status: 'sold' })
      await Promise.all(['a', 'b', 'c'].map((n) => put(make(n + i))))
      const r = (await get(`/pet/${p.id}`)).json
      if (r.name !== r.photoUrls[0] || r.name !== r.category?.name) return true
    }
    return false
  },
  b08: async () => {
    const name = unique('chunk')
    const r = await ask('POST', '/user', { headers: JSN, body: JSON.stringify({ username: name }), chunked: true })
    return !good(r) || (await user(name)).status === 404
  },
  b09: async () => good(await get('/pet/findByStatus?status=sold,nonsense')),
  b10: async () => {
    let n = 0
    for (const s of ['available', 'pending', 'sold']) n += (await get(`/pet/findByStatus?status=${s}`)).json.length
    return (await pets()).length === n - 1
  },
  b11: async () => {
    const p = await pet()
    await put({ ...p, name: 'Tom & Jerry', status: 'sold' })
    return (await get('/pet/findByStatus?status=sold', XML)).text.includes('Tom & Jerry')
  },
  b12: async () => {
    const p = await pet(),
      tag = unique('t')
    await put({ ...p, tags: [{ id: 1, name: `${tag}0` }] })
    return (await get(`/pet/findByTags?tags=${tag}`)).json.some((q) => q.id === p.id)
  },
  b13: async () => {
    const u = await newUser()
    return (await user(`${u.username.slice(0, -1)}_`)).status === 200
  },
  b14: async () => good(await get('/pet/findByTags?tags=tag1', {}, { key: false })),
  b15: async () => {
    const p = await pet(),
      name = unique('fresh')
    await get(`/pet/${p.id}`, XML)
    await form(`/pet/${p.id}`, `name=${name}`)
    await sleep(100)
    return (await get(`/pet/${p.id}`)).text.includes(name) && !(await get(`/pet/${p.id}`, XML)).text.includes(name)
  },
  b16: async () => good(await get(`/pet/${(await pet()).id + 2 ** 32}`)),
  b17: async () =>
    (await get(`/pet/${(await pet()).id}`, { accept: 'application/xml;q=0, application/json' })).headers[
      'content-type'
    ].includes('xml'),
  b18: async () =>
    (await ask('HEAD', '/store/order/1')).headers['content-length'] === '0' &&
    (await get('/store/order/1')).buf.length > 0,
  b19: async () => {
    const p = await pet()
    await form(`/pet/${p.id}`, `name=${unique('n')}`)
    return (await get(`/pet/${p.id}`)).json.status !== p.status
  },
  b20: async () => {
    const u = await newUser()
    await ask('DELETE', `/user/${u.username}`)
    return (await user(u.username)).status === 404 && until(async () => (await user(u.username)).status === 200, 3000)
  },
  b21: async () => {
    const [a, b] = await pets(),
      tags = [{ id: 4711, name: unique('t') }]
    await put({ ...a, tags })
    await put({ ...b, tags })
    await ask('DELETE', `/pet/${a.id}`)
    return ((await get(`/pet/${b.id}`)).json.tags ?? []).length === 0
  },
  b22: async () =>
    ![401, 403].includes((await ask('DELETE', '/pet/987654', { key: false, headers: { api_key: 'wrong' } })).status),
  b23: async () => {
    const p = await pet(),
      name = unique('t')
    await put({ ...p, tags: [{ id: 1, name }] })
    await ask('DELETE', `/pet/${p.id}`)
    await sleep(2200)
    return (await get(`/pet/${p.id}`)).status === 404 && (await get(`/pet/findByTags?tags=${name}`)).json.length === 1
  },
  b24: async () => !Number.isInteger((await upload((await pet()).id, { file: Buffer.alloc(100, 1) })).json.code),
  b25: async () => (await upload((await pet()).id, { meta: 'm', file: Buffer.alloc(70000, 1) })).status === 500,
  b26: async () => {
    const p = await pet()
    for (let i = 0; i < 3; i++) await form(`/pet/${p.id}`, `status=${p.status}`)
    await sleep(2200)
    const counts = (await get('/store/inventory')).json
    const real = (await pets()).filter((q) => q.status === p.status).length
    return counts[p.status] > real
  },
  b27: async () => {
    const u = await newUser(),
      email = 'a+b@example.com'
    await send('PUT', `/user/${u.username}`, { email, password: u.password })
    return (await user(u.username)).json.email === 'a b@example.com'
  },
  b28: async () => {
    const n = 16777217 + 2 * Math.floor(Math.random() * 1e6),
      r = await order({ id: String(n), name: 'big' })
    return good(r) && r.json.id === String(n) && (await get(`/store/order/${n}`)).status !== 200
  },
  b29: async () => {
    for (let i = 0; i < 20; i++) {
      const ids = (await Promise.all(['a', 'b', 'c', 'd'].map((n) => order({ name: n })))).map((r) => r.json.id)
      if (new Set(ids).size < ids.length) return true
    }
    return false
  },
  b30: async () => (await order({ name: 'n', active: true }, XML)).text.includes('<active>True</active>'),
  b31: async () => {
    const ids = []
    for (const n of ['one', 'two', 'three']) ids.push((await order({ name: n })).json.id)
    await ask('DELETE', `/store/order/${ids[0]}`)
    const r = await get(`/store/order/${ids[1]}`)
    return r.json?.name !== 'two'
  },
  b32: async () => {
    const n = (await order({ name: 'n' })).json.id
    return good(await ask('DELETE', `/store/order/${n}.9`))
  },
  b33: async () => {
    const u = await newUser({ firstName: 'Ann 😀' })
    return (await user(u.username)).json.firstName === 'Ann ?'
  },
  b34: async () => {
    const name = unique('half')
    const r = await send('POST', '/user/createWithList', [{ username: name }, { username: unique(), userStatus: 'x' }])
    return !good(r) && (await user(name)).status === 200
  },
  b35: async () => {
    const names = Array.from({ length: 25 }, () => unique('many'))
    const r = await send(
      'POST',
      '/user/createWithList',
      names.map((username) => ({ username })),
    )
    return good(r) && (await user(names[19])).status === 404 && (await user(names[18])).status === 200
  },
  b36: async () => {
    const u = await newUser({ password: 'abcdefgh-right' })
    return good(await login(u.username, 'abcdefgh-wrong'))
  },
  b37: async () => {
    const u = await newUser()
    const [x, j] = [await login(u.username, u.password, XML), await login(u.username, u.password)]
    return x.status === 200 && !x.headers['x-expires-after'] && !!j.headers['x-expires-after']
  },
  b38: async () => {
    for (let i = 0; i < 30; i++) if ((await get('/user/logout')).status === 500) return true
    return false
  },
  b39: async () => {
    const all = []
    for (let i = 0; i < 6; i++) all.push((await newUser()).username)
    for (let i = 0; i < 20; i++) {
      const seen = await Promise.all(all.map(async (n) => (await user(n)).json?.username))
      if (seen.some((s, j) => s !== all[j])) return true
    }
    return false
  },
  b40: async () => {
    const username = unique('neg')
    await user(username)
    await send('POST', '/user', { username })
    return (await user(username)).status === 404
  },
}

const witness = witnesses[id]
if (!witness) {
  console.error(`unknown id ${id}`)
  process.exit(2)
}
try {
  process.exit((await witness()) ? 0 : 1)
} catch (e) {
  console.error(String(e))
  process.exit(1)
}
