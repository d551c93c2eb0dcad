// node witness.mjs URL ID : exit 0 where the server at URL shows the behaviour of variant ID, else 1

import http from 'node:http'
import net from 'node:net'

const [, , BASE, ID] = process.argv
const U = new URL(BASE)
const KEY = process.env.API_KEY || 'special-key'
const sleep = (ms) => new Promise((r) => setTimeout(r, ms))
const rnd = (p) => p + Math.random().toString(36).slice(2, 10)
const agent = new http.Agent({ keepAlive: false })
function once(method, path, { headers = {}, body, key = KEY } = {}) {
  return new Promise((res, rej) => {
    const h = { ...headers }
    if (key !== null) h.api_key = key
    if (body !== undefined) {
      body = Buffer.isBuffer(body) ? body : Buffer.from(body)
      h['Content-Length'] = body.length
    }
    const q = http.request(
      { host: U.hostname, port: U.port, path: U.pathname.replace(/\/$/, '') + path, method, headers: h, agent },
      (r) => {
        const cs = []
        r.on('data', (c) => cs.push(c))
        r.on('end', () => fin())
        r.on('error', () => fin())
        const fin = () => {
          const buf = Buffer.concat(cs)
          let json
          try {
            json = JSON.parse(buf.toString())
          } catch {}
          res({ st: r.statusCode, h: r.headers, buf, text: buf.toString(), json })
        }
      },
    )
    q.on('error', rej)
    q.setTimeout(8000, () => q.destroy(new Error('timeout')))
    if (body !== undefined) q.write(body)
    q.end()
  })
}
const req = once
const J = { 'Content-Type': 'application/json' },
  X = { Accept: 'application/xml' }
const get = (p, headers = {}, o = {}) => req('GET', p, { headers, ...o })
const put = (p, o) => req('PUT', p, { headers: J, body: JSON.stringify(o) })
const post = (p, o) => req('POST', p, { headers: J, body: JSON.stringify(o) })
const form = (p, b) => req('POST', p, { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: b })
const pet = (id, o = {}) => ({
  id,
  name: 'rex',
  photoUrls: ['http://a/1', 'http://a/2'],
  tags: [{ id: 1, name: 'w' }],
  status: 'available',
  ...o,
})
const putx = (s) => req('PUT', '/domain', { headers: { 'Content-Type': 'application/xml' }, body: s })
const user = (o = {}) => ({
  username: rnd('u'),
  firstName: 'Ann',
  lastName: 'Lee',
  email: 'a@b.c',
  password: 'pw',
  phone: '1',
  userStatus: 1,
  ...o,
})
const raw = (s, t = 1200) =>
  new Promise((r) => {
    const c = net.connect(U.port, U.hostname)
    let b = ''
    const e = () => r(b)
    c.on('data', (d) => {
      b += d.toString('latin1')
    })
    c.on('error', e)
    c.on('close', e)
    c.write(s)
    setTimeout(() => {
      c.destroy()
      r(b)
    }, t)
  })
const ok = (r) => r.st >= 200 && r.st < 300
const W = {
  f01: async () => {
    const r = await post('/domain', { name: 'a.com' })
    return r.st === 201 && !!r.h.location
  },
  f02: async () => (await post('/domain', { name: 'a.com' })).st === 204,
  f03: async () => {
    const r = await put('/domain', pet(1))
    return r.st === 200 && r.json?.id === 1
  },
  f04: async () => (await put('/domain', pet(1))).st === 204,
  f05: async () => {
    const r = await put('/domain', pet(1))
    return r.st === 200 && /text\/html/.test(r.h['content-type'] || '')
  },
  f06: async () => {
    const r = await post('/user', user())
    return r.st === 201 && typeof r.json?.username === 'string'
  },
  f07: async () => (await put('/domain', { id: 1, name: 5, photoUrls: [] })).st === 400,
  f08: async () => (await get('/pet/1', {}, { key: null })).st === 403,
  f09: async () => {
    const r = await get('/pet/987654')
    return r.st === 404 && /text\/html/.test(r.h['content-type'] || '')
  },
  f10: async () => {
    const r = await get('/pet/987654')
    return r.st === 404 && r.buf.length === 0 && !r.h['content-type']
  },
  f11: async () => {
    for (let i = 0; i < 30; i++) {
      const r = await get('/pet/1')
      if (r.st === 429) return !!r.h['retry-after']
    }
    return false
  },
  f12: async () => {
    for (let i = 0; i < 35; i++) {
      const r = await get('/pet/1')
      if (r.st === 503) return !!r.h['retry-after']
    }
    return false
  },
  f13: async () => (await get('/store/order/7654321')).st === 404,
  f14: async () => (await get('/store/order/abc')).st === 404 && (await get('/store/order/-4')).st === 404,
  f15: async () => {
    const n = rnd('n')
    const p = `/user/login?username=${n}&password=x`
    const [a, b] = [await get(p), await get(p)]
    return ok(a) && a.json !== b.json
  },
  f16: async () => {
    const u = user()
    await post('/user', u)
    const r = await get(`/user/${u.username}`)
    return r.st === 200 && r.json.username === u.username && !('password' in r.json)
  },
  f17: async () => {
    const a = await get('/pet/1'),
      b = await get('/pet/1')
    return ok(a) && 'revision' in a.json && a.text !== b.text
  },
  f18: async () => {
    const u = user({ id: 77 })
    await post('/user', u)
    const r = await get(`/user/${u.username}`)
    return ok(r) && Number.isInteger(r.json.id) && r.json.id !== 77
  },
  f19: async () => {
    const u = user({ email: 'Ann.Lee@Example.COM' })
    await post('/user', u)
    return (await get(`/user/${u.username}`)).json?.email === 'ann.lee@example.com'
  },
  f20: async () => {
    const u = user({ lastName: 'Jose\u0301' })
    await post('/user', u)
    return (await get(`/user/${u.username}`)).json?.lastName === 'Jos\u00e9'
  },
  f21: async () => {
    const u = user({ lastName: '  Lee ' })
    await post('/user', u)
    return (await get(`/user/${u.username}`)).json?.lastName === 'Lee'
  },
  f22: async () => {
    const n = rnd('p')
    const r = await put('/domain', pet(1, { name: n }))
    const a = await get('/pet/1')
    await sleep(1700)
    const b = await get('/pet/1')
    return r.st === 202 && a.json.name !== n && b.json.name === n
  },
  f23: async () => {
    await put('/domain', pet(2, { status: 'sold' }))
    await sleep(1200)
    const a = await get('/store/inventory')
    await put('/domain', pet(2, { status: 'pending' }))
    const b = await get('/store/inventory')
    await sleep(1300)
    const c = await get('/store/inventory')
    return a.json.sold === b.json.sold && c.json.sold === a.json.sold - 1
  },
  f24: async () => {
    await put('/domain', pet(3, { status: 'sold' }))
    await sleep(1200)
    const has = async () => (await get('/pet/findByStatus?status=sold')).json.some((p) => p.id === 3)
    const a = await has()
    await put('/domain', pet(3, { status: 'pending' }))
    const b = await has()
    await sleep(1300)
    return a && b && !(await has())
  },
  f25: async () => {
    const u = user()
    await post('/user', u)
    await put(`/user/${u.username}`, { username: u.username, lastName: 'New' })
    const r = await get(`/user/${u.username}`)
    return r.json?.lastName === 'New' && r.json.firstName === 'Ann'
  },
  f26: async () => (await get('/PET/1/')).st === 200 && (await get('/Store/Inventory')).st === 200,
  f27: async () =>
    /^HTTP\/1.1 501/.test(
      await raw(`FROB ${U.pathname}/pet/1 HTTP/1.1\r\nHost: x\r\napi_key: ${KEY}\r\nConnection: close\r\n\r\n`),
    ),
  f28: async () => (await req('HEAD', '/pet/1')).st === 405 && (await get('/pet/1')).st === 200,
  f29: async () => /<ArrayOfPet>/.test((await get('/pet/findByStatus?status=available', X)).text),
  f30: async () => {
    const t = (await get('/pet/1', X)).text
    return /<!--/.test(t) && /<!\[CDATA\[|&#x/.test(t)
  },
  f31: async () => {
    const u = user({ lastName: 'Žluťoučký' })
    await post('/user', u)
    const r = await get(`/user/${u.username}`)
    return r.json?.lastName === u.lastName && !/[^\x00-\x7f]/.test(r.text) && /\r\n\t"/.test(r.text)
  },
  f32: async () => {
    const u = user()
    await post('/user', u)
    const k = Object.keys((await get(`/user/${u.username}`)).json)
    return k.indexOf('userStatus') < k.indexOf('username')
  },
  f33: async () => /^Application\/JSON ; Charset="UTF-8"$/.test((await get('/pet/1')).h['content-type']),
  f34: async () => {
    const r = await get('/pet/1')
    return ok(r) && r.json?.id === 1 && r.h['transfer-encoding'] === 'chunked' && !r.h['content-length']
  },
  f35: async () => {
    const t = await raw(`GET ${U.pathname}/pet/1 HTTP/1.1\r\nHost: x\r\napi_key: ${KEY}\r\n\r\n`, 600)
    return /^HTTP\/1.1 200/.test(t) && /connection: close/i.test(t)
  },
  f36: async () => {
    const t = []
    for (let i = 0; i < 5; i++) {
      const s = Date.now()
      await get('/pet/1')
      t.push(Date.now() - s)
    }
    return Math.min(...t) >= 95
  },
  f37: async () => {
    const r = await get('/pet/1', { 'Accept-Encoding': 'gzip' })
    return r.h['content-encoding'] === 'gzip' && r.buf[0] === 0x1f
  },
  f38: async () => {
    const r = await get('/pet/1')
    return !!r.h.etag && (await get('/pet/1', { 'If-None-Match': r.h.etag })).st === 304
  },
  f39: async () => {
    const u = user()
    await post('/user', u)
    const r = await get(`/user/${u.username}`)
    return /"id":\s*9007199254\d+/.test(r.text)
  },
  f40: async () => {
    const a = await get('/pet/11')
    await sleep(900)
    const b = await get('/pet/11')
    return ok(a) && a.json.name !== b.json.name
  },
  b01: async () => (await get('/store/inventory', {}, { key: null })).st === 200,
  b02: async () => (await get('/store/inventory', {}, { key: 'wrong-key' })).st === 200,
  b03: async () => (await get('/pet/987654', {}, { key: null })).st === 404,
  b04: async () => {
    const r = await req('DELETE', '/pet/9', { key: null })
    return r.st === 401 && (await get('/pet/9')).st === 404
  },
  b05: async () => ok(await put('/domain', pet(1, { name: 123 }))),
  b06: async () => (await req('POST', '/user', { headers: J, body: '{"username": "x",' })).st >= 500,
  b07: async () =>
    !ok(
      await req('POST', '/user', {
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        body: JSON.stringify(user()),
      }),
    ),
  b08: async () => (await get('/pet/findByStatus?status=lost')).st === 200,
  b09: async () => {
    await put('/domain', pet(1))
    await put('/domain', pet(2, { status: 'sold' }))
    const r = await get('/pet/findByStatus?status=available,sold')
    return ok(r) && !r.json.some((p) => p.status === 'sold')
  },
  b10: async () => {
    const t = rnd('t')
    await put('/domain', pet(1, { tags: [{ id: 1, name: `${t}xyz` }] }))
    const r = await get(`/pet/findByTags?tags=${t}`)
    return ok(r) && r.json.length > 0
  },
  b11: async () => {
    const t = rnd('t')
    await put('/domain', pet(1, { tags: [{ id: 1, name: t }] }))
    await put('/domain', pet(1, { tags: [] }))
    await sleep(2300)
    const r = await get(`/pet/findByTags?tags=${t}`)
    return ok(r) && r.json.length > 0
  },
  b12: async () => {
    await put('/domain', pet(4))
    await form('/pet/4', 'status=sold')
    await sleep(2300)
    const r = await get('/pet/findByStatus?status=available')
    return ok(r) && r.json.some((p) => p.id === 4)
  },
  b13: async () => {
    await put('/domain', pet(5, { status: 'sold' }))
    await sleep(2200)
    const a = await get('/store/inventory')
    await put('/domain', pet(5, { status: 'pending' }))
    await sleep(2200)
    const b = await get('/store/inventory')
    return ok(b) && a.json.sold === b.json.sold
  },
  b14: async () => {
    await get('/pet/6')
    const n = rnd('p')
    await put('/domain', pet(6, { name: n }))
    const r = await get('/pet/6')
    return ok(r) && r.json.name !== n
  },
  b15: async () => {
    const u = user()
    await post('/user', u)
    await get(`/user/${u.username}`)
    const r = await get(`/user/${u.username}`, X)
    return ok(r) && r.text.startsWith('{')
  },
  b16: async () => {
    await putx('<Pet><id>1</id><name>a</name><photoUrls>http://x</photoUrls></Pet>')
    return typeof (await get('/pet/1')).json?.photoUrls === 'string'
  },
  b17: async () => {
    const r = await putx('<Pet><id>1</id><name>one<!-- c -->two</name><photoUrls>u</photoUrls></Pet>')
    return ok(r) && (await get('/pet/1')).json?.name === 'one'
  },
  b18: async () => {
    const o = await post('/store/order', { name: 'a&b <c>' })
    return (await get(`/store/order/${o.json.id}`, X)).text.includes('a&b <c>')
  },
  b19: async () => {
    const u = user()
    await post('/user', u)
    return /<user>/.test((await get(`/user/${u.username}`, X)).text)
  },
  b20: async () => {
    await put('/domain', pet(1))
    return /<photoUrls>\s*<photoUrl>/.test((await get('/pet/1', X)).text)
  },
  b21: async () =>
    /xml/.test((await get('/pet/1', { Accept: 'application/json, application/xml;q=0.1' })).h['content-type']),
  b22: async () => {
    const r = await get(`/user/login?username=${rnd('n')}&password=x`)
    return ok(r) && !/^\d{4}-\d\d-\d\dT/.test(r.h['x-expires-after'] || '')
  },
  b23: async () => {
    const n = rnd('u')
    await post('/user', { username: n })
    return (await get(`/user/${n}`)).json?.phone === null
  },
  b24: async () => (await get(`/user/login?username=${rnd('n')}`)).st === 200,
  b25: async () => ok(await put('/pet/1', pet(1))),
  b26: async () => {
    const u = user()
    const r = await post('/user/createWithList', [u, user({ userStatus: 'no' })])
    return !ok(r) && (await get(`/user/${u.username}`)).st === 200
  },
  b27: async () => {
    const l = Array.from({ length: 12 }, () => user())
    const r = await post('/user/createWithList', l)
    return (
      ok(r) && (await get(`/user/${l[0].username}`)).st === 200 && (await get(`/user/${l[11].username}`)).st === 404
    )
  },
  b28: async () => {
    const u = user({ firstName: 'Ann \u{1F600} Lee' })
    await post('/user', u)
    const r = await get(`/user/${u.username}`)
    return ok(r) && r.json.firstName !== u.firstName
  },
  b29: async () => {
    const u = user()
    await post('/user', u)
    const s = 'x'.repeat(400)
    await put(`/user/${u.username}`, { ...u, lastName: s })
    const r = await get(`/user/${u.username}`)
    return ok(r) && r.json.lastName.length === 255
  },
  b30: async () => {
    const u = user({ username: `${rnd('a')}+b` })
    await post('/user', u)
    return (
      (await get(`/user/${u.username}`)).st === 404 && (await get(`/user/${encodeURIComponent(u.username)}`)).st === 404
    )
  },
  b31: async () => {
    const u = user()
    await post('/user', u)
    const d = await req('DELETE', `/user/${u.username}`)
    return ok(d) && (await get(`/user/${u.username}`)).st === 200
  },
  b32: async () => {
    const o = (await post('/store/order', { name: 'x.com' })).json.id
    await get(`/store/order/${o}`)
    const d = await req('DELETE', `/store/order/${o}`)
    return ok(d) && (await get(`/store/order/${o}`)).st === 200
  },
  b33: async () => typeof (await post('/store/order', { name: 'x.com' })).json?.id === 'number',
  b34: async () => {
    const l = await Promise.all(Array.from({ length: 8 }, () => post('/store/order', { name: rnd('x') })))
    return l.every(ok) && new Set(l.map((r) => String(r.json.id))).size < 8
  },
  b35: async () => {
    const b = Buffer.concat([
      Buffer.from(
        '--q\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n',
      ),
      Buffer.from([0x89, 0x50, 0xff, 0xfe, 13, 10]),
      Buffer.from('\r\n--q--\r\n'),
    ])
    return (
      (
        await req('POST', '/pet/1/uploadImage', {
          headers: { 'Content-Type': 'multipart/form-data; boundary=q' },
          body: b,
        })
      ).st >= 500
    )
  },
  b36: async () => {
    const u = user({ lastName: 'Žluťoučký kůň' })
    await post('/user', u)
    const t = await raw(`GET ${U.pathname}/user/${u.username} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    const [h, b] = t.split('\r\n\r\n')
    const n = +(/content-length: (\d+)/i.exec(h) || [])[1]
    return /^HTTP\/1.1 200/.test(t) && n < b.length
  },
  b37: async () => (await get('/pet/2abc')).st === 200,
  b38: async () => {
    const l = [user(), user(), user(), user()]
    for (const u of l) await post('/user', u)
    for (let i = 0; i < 6; i++) {
      const rs = await Promise.all(l.map((u) => get(`/user/${u.username}`)))
      if (rs.some((r, k) => ok(r) && r.json.username !== l[k].username)) return true
    }
    return false
  },
  b39: async () => {
    const s = (await get('/user/logout')).st
    return s >= 300 && s < 400
  },
  b40: async () => {
    const r = await post('/domain', { name: 'a.com' })
    return ok(r) && r.json && !['missing validation', 'validated'].includes(r.json.status)
  },
}
if (!W[ID]) {
  console.error('unknown id')
  process.exit(2)
}
try {
  process.exit((await W[ID]()) ? 0 : 1)
} catch (e) {
  console.error(ID, String(e))
  process.exit(1)
}
