// node witness.mjs URL ID: 0 if the server at URL shows the behaviour of the variant, else 1
import net from 'node:net'

const [base, id] = process.argv.slice(2)
const u = new URL(base)
const sleep = (ms) => new Promise((r) => setTimeout(r, ms))
const uniq = () => `w${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`
async function call(method, path, { key = 'special-key', json, body, headers = {} } = {}) {
  const h = { ...headers }
  if (key !== null) h.api_key = key
  if (json !== undefined) {
    body = JSON.stringify(json)
    h['content-type'] = 'application/json'
  }
  const r = await fetch(base + path, { method, headers: h, body, redirect: 'manual' })
  const text = await r.text()
  let j
  try {
    j = JSON.parse(text)
  } catch {}
  return { status: r.status, h: r.headers, text, j, ok: r.status >= 200 && r.status < 300 }
}
const get = (p, o) => call('GET', p, o)
const xml = { accept: 'application/xml' }
const raw = (text) =>
  new Promise((done) => {
    const s = net.connect(u.port, u.hostname)
    let d = ''
    s.on('data', (x) => (d += x.toString('latin1')))
    s.on('close', () => done(d))
    s.on('error', () => done(d))
    s.setTimeout(3000, () => s.destroy())
    s.write(text)
  })
const rawGet = (p, more = '') =>
  raw(`GET ${u.pathname}${p} HTTP/1.1\r\nHost: x\r\napi_key: special-key\r\n${more}Connection: close\r\n\r\n`)
const mkUser = async (more = {}) => {
  const username = uniq()
  const r = await call('POST', '/user', { json: { username, ...more } })
  if (!r.ok) throw new Error(`create ${r.status}`)
  return username
}
const user = async (n) => (await get(`/user/${encodeURIComponent(n)}`)).j
const pets = async () => (await get('/pet/findByStatus?status=available,pending,sold')).j
const pet = async (i = 0) => (await pets()).filter((p) => p.id < 2 ** 50)[i]
const put = (p) => call('PUT', '/domain', { json: p })
const putXml = (t) => call('PUT', '/domain', { body: t, headers: { 'content-type': 'application/xml' } })
const form = (pid, o, more = {}) =>
  call('POST', `/pet/${pid}`, {
    body: new URLSearchParams(o).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    ...more,
  })
const login = (n, p, o) => get(`/user/login?${new URLSearchParams({ username: n, password: p })}`, o)
const order = (o, more) => call('POST', '/store/order', { json: o, ...more })
const byId = async (pid) => (await get(`/pet/${pid}`)).j
const unknownPet = 888888

const W = {
  async f01() {
    const r = await call('POST', '/domain', { json: { name: `${uniq()}.com` } })
    return r.status === 201 && r.h.has('location')
  },
  async f02() {
    return (await call('POST', '/domain', { json: { name: `${uniq()}.com` } })).status === 204
  },
  async f03() {
    const p = await pet()
    const r = await put(p)
    return r.ok && r.j?.id === p.id
  },
  async f04() {
    const n = await mkUser()
    return (await call('DELETE', `/user/${n}`)).status === 204
  },
  async f05() {
    const p = await pet(),
      name = uniq()
    const r = await form(p.id, { name })
    const a = await byId(p.id)
    await sleep(1300)
    const b = await byId(p.id)
    return r.status === 202 && a.name !== name && b.name === name
  },
  async f06() {
    const r = await call('POST', '/user', { json: { username: uniq(), password: 'x' } })
    return r.status === 201 && !('password' in r.j)
  },
  async f07() {
    return (
      (await call('POST', '/user', { json: { username: 5 } })).status === 422 && (await get('/pet/abc')).status === 422
    )
  },
  async f08() {
    return (
      (await get('/store/inventory', { key: null })).status === 403 &&
      (await get('/store/inventory', { key: 'no' })).status === 403
    )
  },
  async f09() {
    const r = await get(`/user/${uniq()}`)
    return r.status === 404 && /html/.test(r.h.get('content-type'))
  },
  async f10() {
    return Object.keys((await get('/store/inventory')).j).some((k) => !['available', 'pending', 'sold'].includes(k))
  },
  async f11() {
    for (let i = 0; i < 60; i++) {
      const r = await get('/user/logout')
      if (r.status === 429) return r.h.has('retry-after')
    }
    return false
  },
  async f12() {
    for (let i = 0; i < 90; i++) {
      const r = await get('/user/logout')
      if (r.status === 503) return /GMT$/.test(r.h.get('retry-after'))
    }
    return false
  },
  async f13() {
    return (
      (await get('/store/order/abc')).status === 404 && (await call('DELETE', '/store/order/777777')).status === 400
    )
  },
  async f14() {
    return /"id":\d{16,}/.test((await get('/pet/findByStatus?status=available,pending,sold')).text)
  },
  async f15() {
    const r = await order({ name: 'x.com' })
    return r.ok && typeof r.j.id === 'string' && !/^\d+$/.test(r.j.id)
  },
  async f16() {
    const r = await order({ name: 'x.com', status: 'validated', active: true, validate: 'mine' })
    return r.j.status === 'missing validation' && r.j.active === false && r.j.validate !== 'mine'
  },
  async f17() {
    const n = await mkUser({ id: 123456789 })
    return (await user(n)).id !== 123456789
  },
  async f18() {
    const n = await mkUser({ password: 'pw' })
    return !('password' in (await user(n)))
  },
  async f19() {
    const n = await mkUser({ email: `ABC@Example.COM${uniq().toUpperCase()}` })
    return /^abc@example/.test((await user(n)).email)
  },
  async f20() {
    const n = await mkUser({ firstName: '  Ann ' })
    return (await user(n)).firstName === 'Ann'
  },
  async f21() {
    const p = (await pets()).at(-1)
    const seen = new Set()
    for (let i = 0; i < 9; i++) {
      seen.add((await byId(p.id)).name)
      await sleep(250)
    }
    return seen.size > 1
  },
  async f22() {
    const n = await mkUser()
    const a = await user(n)
    await sleep(5)
    const b = await user(n)
    return 'lastSeen' in a && a.lastSeen !== b.lastSeen
  },
  async f23() {
    const p = await pet()
    await sleep(1200)
    await pets()
    const name = uniq()
    await form(p.id, { name })
    const a = (await pets()).some((x) => x.name === name)
    await sleep(1200)
    return !a && (await pets()).some((x) => x.name === name)
  },
  async f24() {
    const n = await mkUser({ id: 77 })
    await call('PUT', `/user/${n}`, { json: { username: n, firstName: 'A' } })
    return (await user(n)).id === 77
  },
  async f25() {
    const n = await mkUser({ password: 'p' })
    const a = await login(n, 'p')
    await sleep(3)
    return a.ok && a.j !== (await login(n, 'p')).j
  },
  async f26() {
    return (
      (await call('FOO', '/store/inventory')).status === 501 && (await call('PATCH', '/store/inventory')).status === 405
    )
  },
  async f27() {
    return (await get('/Store/INVENTORY/')).ok
  },
  async f28() {
    return /transfer-encoding: chunked/i.test(await rawGet('/store/inventory'))
  },
  async f29() {
    return /\n\t/.test((await get('/store/inventory')).text)
  },
  async f30() {
    const n = await mkUser({ firstName: 'Zoé' })
    return (await get(`/user/${n}`)).text.includes('Zo\\u00E9')
  },
  async f31() {
    const n = await mkUser({ firstName: 'A' })
    return (await get(`/user/${n}`, { headers: xml })).text.includes('<![CDATA[A]]>')
  },
  async f32() {
    return /<ns2:ArrayOfPet /.test((await get('/pet/findByStatus?status=sold', { headers: xml })).text)
  },
  async f33() {
    return /Application\/JSON ; Charset="UTF-8"/.test((await get('/store/inventory')).h.get('content-type'))
  },
  async f34() {
    return (
      /content-encoding: gzip/i.test(await rawGet('/store/inventory', 'Accept-Encoding: gzip\r\n')) &&
      (await get('/store/inventory')).j.sold >= 0
    )
  },
  async f35() {
    const d = await raw(
      `GET ${u.pathname}/user/logout HTTP/1.1\r\nHost: x\r\n\r\nGET ${u.pathname}/user/logout HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    )
    return (d.match(/HTTP\/1.1 200/g) || []).length === 1 && /connection: close/i.test(d)
  },
  async f36() {
    let best = 1e9
    for (let i = 0; i < 4; i++) {
      const t = performance.now()
      await get('/store/inventory')
      best = Math.min(best, performance.now() - t)
    }
    return best > 100
  },
  async f37() {
    const email = `${uniq()}@x.com`
    await mkUser({ email })
    return (await call('POST', '/user', { json: { username: uniq(), email } })).status === 409
  },
  async f38() {
    const n = await mkUser({ password: 'p' })
    for (let i = 0; i < 3; i++) await login(n, 'no')
    const a = await login(n, 'p')
    await sleep(3300)
    return a.status === 400 && (await login(n, 'p')).ok
  },
  async f39() {
    const n = await mkUser()
    const a = await call('DELETE', `/user/${n}`)
    const t = await login(n, 'x')
    return a.status === 401 && t.status < 500
  },
  async f40() {
    return /^HTTP\/1.1 103 /.test(await rawGet('/store/inventory'))
  },

  async b01() {
    return (await call('DELETE', `/pet/${unknownPet}`, { key: null })).status === 404
  },
  async b02() {
    return (await call('PATCH', '/store/inventory')).ok
  },
  async b03() {
    return (await get(`/pet/${unknownPet}`, { key: null })).status === 404
  },
  async b04() {
    return (await get('/pet/findByTags?tags=a', { key: 'wrong' })).ok
  },
  async b05() {
    const b = JSON.stringify({ username: uniq() })
    const d = await raw(
      `POST ${u.pathname}/user HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${b.length.toString(16)}\r\n${b}\r\n0\r\n\r\n`,
    )
    return !/^HTTP\/1.1 2/.test(d)
  },
  async b06() {
    const p = await pet()
    const t = [{ id: 1, name: uniq() }]
    await put({ ...p, tags: t })
    await put({ ...p, tags: t })
    return (await byId(p.id)).tags.length > 1
  },
  async b07() {
    const p = await pet(),
      name = uniq()
    const r = await put({ ...p, name, photoUrls: 'none' })
    return r.status === 405 && (await byId(p.id)).name === name
  },
  async b08() {
    const p = await pet()
    await put({ ...p, photoUrls: ['a'], tags: [{ id: 1, name: 't' }] })
    await form(p.id, { name: 'x' })
    return !(await byId(p.id)).photoUrls.length
  },
  async b09() {
    const p = await pet()
    await form(p.id, { name: 'two words' })
    return (await byId(p.id)).name === 'two+words'
  },
  async b10() {
    const p = await pet()
    await call('DELETE', `/pet/${p.id}`)
    await sleep(2100)
    return (await get(`/pet/${p.id}`)).status === 404 && (await pets()).some((x) => x.id === p.id)
  },
  async b11() {
    const p = await pet()
    const inv = async () => (await get('/store/inventory')).j
    await put({ ...p, status: 'sold' })
    const a = await inv()
    await put({ ...p, status: 'pending' })
    await sleep(2100)
    const b = await inv()
    return a.sold === b.sold
  },
  async b12() {
    const ps = (
      await Promise.all(['available', 'pending', 'sold'].map((s) => get(`/pet/findByStatus?status=${s}`)))
    ).map((r) => r.j.length)
    return (await pets()).length < ps[0] + ps[1] + ps[2]
  },
  async b13() {
    return (await get('/pet/findByStatus?status=nonsense')).ok
  },
  async b14() {
    const p = await pet(),
      a = uniq(),
      b = uniq()
    await put({ ...p, tags: [{ name: a }] })
    return (
      (await get(`/pet/findByTags?tags=${a}`)).j.length === 1 &&
      (await get(`/pet/findByTags?tags=${a},${b}`)).j.length === 0
    )
  },
  async b15() {
    const p = await pet(),
      a = uniq(),
      b = uniq()
    await put({ ...p, tags: [{ name: a }, { name: b }] })
    return (
      (await get(`/pet/findByTags?tags=${a}`)).j.length === 1 && (await get(`/pet/findByTags?tags=${b}`)).j.length === 0
    )
  },
  async b16() {
    return (await get('/pet/abc')).status === 500
  },
  async b17() {
    const p = await pet(1),
      name = uniq()
    await byId(p.id)
    await put({ ...p, name })
    return (await byId(p.id)).name !== name
  },
  async b18() {
    const p = await pet()
    await put({ ...p, tags: [{ id: 1, name: 't' }] })
    return /<tags><tag>/.test((await get(`/pet/${p.id}`, { headers: xml })).text)
  },
  async b19() {
    const n = await mkUser({ firstName: 'A & <B' })
    return (await get(`/user/${n}`, { headers: xml })).text.includes('A & <B')
  },
  async b20() {
    const n = await mkUser()
    return /<user>/.test((await get(`/user/${n}`, { headers: xml })).text)
  },
  async b21() {
    const p = await pet()
    await putXml(`<Pet><id>${p.id}</id><name>x</name><photoUrls>a</photoUrls><photoUrls>b</photoUrls></Pet>`)
    return (await byId(p.id)).photoUrls.length === 1
  },
  async b22() {
    const p = await pet()
    await putXml(`<Pet><id>${p.id}</id><name>Q &amp; A</name><photoUrls>a</photoUrls></Pet>`)
    return (await byId(p.id)).name === 'Q &amp; A'
  },
  async b23() {
    const n = await mkUser()
    return /xml/.test(
      (await get(`/user/${n}`, { headers: { accept: 'application/xml;q=0.1, application/json' } })).h.get(
        'content-type',
      ),
    )
  },
  async b24() {
    const n = await mkUser({ firstName: 'Zoé é é' })
    const r = await get(`/user/${n}`)
    return r.status === 200 && r.j === undefined
  },
  async b25() {
    const p = await pet()
    const f = (k) => {
      const d = new FormData()
      d.append('file', new Blob([new Uint8Array(k)]), 'a.png')
      return call('POST', `/pet/${p.id}/uploadImage`, { body: d })
    }
    return (await f(1000)).ok && (await f(100000)).status === 500
  },
  async b26() {
    return (await get('/user/logout')).status === 500
  },
  async b27() {
    return (await call('DELETE', `/pet/${unknownPet}`)).ok
  },
  async b28() {
    return typeof (await order({ name: 'x.com' })).j.id === 'number'
  },
  async b29() {
    return (await call('POST', '/domain', { json: { name: 123 } })).ok
  },
  async b30() {
    const ids = (await Promise.all(Array.from({ length: 12 }, (_, i) => order({ name: `n${i}.com` })))).map(
      (r) => r.j.id,
    )
    return new Set(ids).size < ids.length
  },
  async b31() {
    const r = await order({ name: 'x.com' })
    const d = await call('DELETE', `/store/order/${r.j.id}`)
    return d.ok && (await get(`/store/order/${r.j.id}`)).ok
  },
  async b32() {
    const n = await mkUser({ userStatus: 0, firstName: 'A' })
    return !('userStatus' in (await user(n)))
  },
  async b33() {
    const n = uniq()
    const r = await call('POST', '/user/createWithList', { json: [{ username: n }, { username: 5 }] })
    return !r.ok && (await get(`/user/${n}`)).ok
  },
  async b34() {
    const n = await mkUser()
    await call('POST', '/user', { json: { username: `${n}x` } })
    await call('DELETE', `/user/${n}`)
    return (await get(`/user/${n}x`)).status === 404
  },
  async b35() {
    const n = await mkUser({ password: 'right' })
    return (await login(n, 'wrong')).ok
  },
  async b36() {
    const n = await mkUser({ password: 'p' })
    return !/^\d{4}-\d\d-\d\dT/.test((await login(n, 'p')).h.get('x-expires-after'))
  },
  async b37() {
    const n = await mkUser({ password: 'old' })
    await call('PUT', `/user/${n}`, { json: { username: n, password: 'new' } })
    return (await login(n, 'old')).ok && !(await login(n, 'new')).ok
  },
  async b38() {
    const n = await mkUser({ firstName: 'a😀b' })
    return (await user(n)).firstName === 'a?b'
  },
  async b39() {
    const n = await mkUser({ lastName: 'x'.repeat(150) })
    return (await user(n)).lastName.length === 100
  },
  async b40() {
    const ns = []
    for (let i = 0; i < 6; i++) ns.push(await mkUser())
    const got = await Promise.all(ns.map(user))
    return got.some((g, i) => g.username !== ns[i])
  },
}
let shown = false
try {
  shown = await W[id]()
} catch (e) {
  console.error(String(e?.cause || e))
}
process.exit(shown ? 0 : 1)
