// node witness.mjs URL ID: exit 0 when the server at URL shows the behaviour of variant ID, else 1.
import http from 'node:http'

const [, , URL_, ID] = process.argv
const base = new URL(URL_.replace(/\/$/, ''))
const agent = new http.Agent({ keepAlive: true })
const sleep = (ms) => new Promise((r) => setTimeout(r, ms))
function req(method, path, o = {}) {
  return new Promise((res, rej) => {
    const headers = {
      ...(o.key === false ? {} : { api_key: o.key ?? 'special-key' }),
      ...(o.ua === false ? {} : { 'User-Agent': 'witness' }),
      ...o.headers,
    }
    let body = o.body
    if (o.json !== undefined) {
      body = JSON.stringify(o.json)
      headers['Content-Type'] = 'application/json'
    }
    if (o.form !== undefined) {
      body = o.form
      headers['Content-Type'] = 'application/x-www-form-urlencoded'
    }
    if (o.xml !== undefined) {
      body = o.xml
      headers['Content-Type'] = 'application/xml'
    }
    if (o.accept) headers.Accept = o.accept
    if (body !== undefined) headers['Content-Length'] = Buffer.byteLength(body)
    const chunks = []
    let info = 0
    const r = http.request(
      { host: base.hostname, port: base.port, path: base.pathname + path, method, headers, agent },
      (m) => {
        m.on('data', (d) => chunks.push(d))
        const end = (err) => {
          const raw = Buffer.concat(chunks),
            text = raw.toString('utf8')
          let json
          try {
            json = JSON.parse(text)
          } catch {}
          res({
            status: m.statusCode,
            reason: m.statusMessage,
            h: m.headers,
            rawHeaders: m.rawHeaders,
            raw,
            text,
            json,
            info,
            chunks: chunks.length,
            err,
          })
        }
        m.on('end', () => end())
        m.on('error', (e) => end(e))
      },
    )
    r.on('information', (i) => {
      info = i.statusCode
    })
    r.on('error', rej)
    r.setTimeout(15000, () => r.destroy(new Error('timeout')))
    r.end(body)
  })
}
const ok = (r) => r.status >= 200 && r.status < 300
const rnd = () => Math.random().toString(36).slice(2, 10)
const pets = async () => (await req('GET', '/pet/findByStatus?status=available,pending,sold')).json
const pet = async (i) => {
  const l = (await pets()).filter((p) => p.id < 100 && p.photoUrls)
  return l[i ?? 0]
}
const get = async (id) => await req('GET', `/pet/${id}`)
const full = (id, x) => ({
  id,
  name: `n${rnd()}`,
  photoUrls: ['u1'],
  tags: [{ id: 1, name: `t${rnd()}` }],
  status: 'available',
  ...x,
})
const put = (p) => req('PUT', '/domain', { json: p })
const mkuser = async (x) => {
  const u = {
    id: 5,
    username: `w${rnd()}`,
    firstName: 'Ann',
    lastName: 'Lee',
    email: `${rnd()}@x.org`,
    password: 'pw',
    phone: '1',
    userStatus: 1,
    ...x,
  }
  const r = await req('POST', '/user', { key: false, json: u })
  return { u, r }
}
const user = (n) => req('GET', `/user/${encodeURIComponent(n)}`, { key: false })
const order = (x) => req('POST', '/store/order', { key: false, json: { name: `o${rnd()}.org`, ...x } })
const multipart = (parts) => {
  const b = `BB${rnd()}`
  return {
    headers: { 'Content-Type': `multipart/form-data; boundary=${b}` },
    body: `${parts.map(([n, f, v]) => `--${b}\r\nContent-Disposition: form-data; name="${n}"${f ? `; filename="${f}"\r\nContent-Type: application/octet-stream` : ''}\r\n\r\n${v}\r\n`).join('')}--${b}--\r\n`,
  }
}
const anyOf = async (n, f) => {
  for (let i = 0; i < n; i++) if (await f(i)) return true
  return false
}
const W = {
  f01: async () => {
    const r = await req('POST', '/domain', { json: { name: 'a.org' } })
    return r.status === 201 && !!r.h.location
  },
  f02: async () => (await put(full((await pet()).id))).status === 204,
  f03: async () => (await put(full((await pet()).id))).text === 'OK',
  f04: async () => {
    const { u, r } = await mkuser()
    return r.status === 201 && r.json?.username === u.username
  },
  f05: async () => (await req('POST', '/user', { key: false, json: { id: 'x', username: 'a' } })).status === 422,
  f06: async () =>
    (await req('GET', '/store/inventory', { key: 'wrong' })).status === 403 &&
    (await req('GET', '/store/inventory', { key: false })).status === 401,
  f07: async () => (await req('PATCH', '/store/order', {})).status === 404,
  f08: async () => (await req('PROPFIND', '/store/order', {})).status === 501,
  f09: async () => (await get(99999)).h['content-type']?.startsWith('text/html'),
  f10: async () =>
    (await req('GET', '/store/order/abc')).status === 404 && (await req('DELETE', '/store/order/-1')).status === 404,
  f11: async () => /^[0-9a-f-]{36}$/.test((await order()).json.id),
  f12: async () => {
    const p = await pet(),
      a = await get(p.id),
      b = await get(p.id)
    return !!a.json._revision && a.json._revision !== b.json._revision
  },
  f13: async () => {
    const l = async () => (await req('GET', '/user/login?username=qqq&password=x')).json
    return (await l()) !== (await l())
  },
  f14: async () => {
    const { u } = await mkuser()
    const r = await user(u.username)
    return ok(r) && !('password' in r.json)
  },
  f15: async () => {
    const { u } = await mkuser()
    const r = await user(u.username)
    return ok(r) && r.json.id !== 5
  },
  f16: async () => {
    const r = await order({ status: 'missing validation', active: false })
    return r.json.status === 'validated' && r.json.active === true
  },
  f17: async () => {
    const { u } = await mkuser({ email: `ABC${rnd()}@X.org` })
    return (await user(u.username)).json.email === u.email.toLowerCase()
  },
  f18: async () => {
    const { u } = await mkuser({ firstName: '  Ann ' })
    return (await user(u.username)).json.firstName === 'Ann'
  },
  f19: async () => {
    const p = await pet(),
      n = full(p.id)
    const r = await put(n)
    const a = (await get(p.id)).json
    await sleep(900)
    const b = (await get(p.id)).json
    return r.status === 202 && a.name !== n.name && b.name === n.name
  },
  f20: async () => {
    const i = async () => JSON.stringify((await req('GET', '/store/inventory')).json)
    await sleep(1000)
    const a = await i()
    const p = (await pets())[0]
    await put(full(p.id, { status: p.status === 'sold' ? 'pending' : 'sold' }))
    const b = await i()
    await sleep(1200)
    const c = await i()
    return a === b && b !== c
  },
  f21: async () => {
    const { u } = await mkuser()
    await req('PUT', `/user/${u.username}`, { json: { username: u.username, firstName: 'Z' } })
    const r = (await user(u.username)).json
    return r.firstName === 'Z' && r.lastName === 'Lee'
  },
  f22: async () => {
    const r = await get((await pet()).id)
    return r.text.includes('\n\t') && Object.keys(r.json).at(-1) === 'id'
  },
  f23: async () => {
    const { u } = await mkuser({ firstName: 'é😀/' })
    const r = await user(u.username)
    return r.text.includes('\\u00e9\\ud83d\\ude00\\/') && r.json.firstName === 'é😀/'
  },
  f24: async () => /^APPLICATION\/Json ; Charset="UTF-8"$/.test((await get((await pet()).id)).h['content-type']),
  f25: async () => {
    const r = await get((await pet()).id)
    return r.chunks > 5 && r.h['transfer-encoding'] === 'chunked' && !!r.json
  },
  f26: async () =>
    (await req('GET', '/store/inventory', { headers: { 'Accept-Encoding': 'gzip' } })).h['content-encoding'] === 'gzip',
  f27: async () => {
    const r = await req('GET', '/store/inventory')
    return (
      r.h.connection === 'close' && r.reason === 'Fine By Us' && r.rawHeaders.includes('access-control-allow-origin')
    )
  },
  f28: async () => (await req('GET', '/store/inventory')).info === 103,
  f29: async () =>
    anyOf(40, async () => {
      const r = await req('GET', '/store/inventory')
      return r.status === 429 && r.h['retry-after'] === '1'
    }),
  f30: async () =>
    anyOf(45, async () => {
      const r = await req('GET', '/store/inventory')
      return r.status === 503 && r.h['retry-after'] === '1'
    }),
  f31: async () => {
    const p = await pet()
    await put(full(p.id, { name: 'a & b < c' }))
    const r = await req('GET', `/pet/${p.id}`, { accept: 'application/xml' })
    return r.text.includes('<![CDATA[a & b < c]]>') && r.text.includes('<!-- ')
  },
  f32: async () =>
    (await req('GET', '/pet/findByStatus?status=sold', { accept: 'application/xml' })).text.includes('<ArrayOfPet>'),
  f33: async () => {
    const { u } = await mkuser()
    return (await mkuser({ email: u.email })).r.status === 409
  },
  f34: async () => {
    const { u } = await mkuser()
    return (await mkuser({ username: u.username })).r.status === 409
  },
  f35: async () =>
    (await req('GET', '/store/inventory', { ua: false })).status === 403 && ok(await req('GET', '/store/inventory')),
  f36: async () => {
    const { u } = await mkuser()
    return (await req('DELETE', `/user/${u.username}`, { key: false })).status === 401
  },
  f37: async () => {
    const r = await req('HEAD', '/store/inventory')
    return r.status === 405 && !r.h.allow.includes('HEAD')
  },
  f38: async () => {
    const s = new Set()
    for (let i = 0; i < 12; i++) {
      s.add(JSON.stringify((await req('GET', '/store/inventory')).json))
      await sleep(70)
    }
    return s.size > 1
  },
  f39: async () => (await req('GET', '/pet/findByStatus?status=available')).text.includes('9007199254740993'),
  f40: async () =>
    (await user('user1')).status === 404 && (await req('GET', '/pet/findByTags?tags=tag1,tag2,tag3')).json.length === 0,

  b01: async () => ok(await req('GET', '/store/inventory', { key: 'special-key-x' })),
  b02: async () => ok(await req('DELETE', `/pet/${(await pet(-1 + (await pets()).length)).id}`, { key: false })),
  b03: async () => {
    const o = (await order()).json
    const r = await req('GET', `/store/order/${o.id}`, { accept: 'application/xml' })
    return r.text.startsWith('<') && r.h['content-type'].includes('json')
  },
  b04: async () => {
    const p = await pet(),
      n = `x${rnd()}`
    const r = await req('POST', `/pet/${p.id}`, { key: false, form: `name=${n}` })
    return r.status === 401 && (await get(p.id)).json.name === n
  },
  b05: async () =>
    (await req('POST', '/domain', { headers: { 'Content-Type': 'application/json' }, body: '{"name": ' })).status >=
    500,
  b06: async () => typeof (await req('POST', '/domain', { json: { name: 'a.org' } })).json.id === 'number',
  b07: async () => ok(await req('PATCH', '/store/inventory')),
  b08: async () => {
    const p = full((await pet()).id)
    delete p.name
    return ok(await put(p))
  },
  b09: async () => {
    const p = full((await pet()).id, { name: 'L'.repeat(90) })
    await put(p)
    return (await get(p.id)).json.name !== p.name
  },
  b10: async () => {
    const p = await pet()
    const r = await req('PUT', '/domain', {
      xml: `<Pet><id>${p.id}</id><name>n</name><photoUrls>a</photoUrls><photoUrls>b</photoUrls><status>sold</status></Pet>`,
    })
    return ok(r) && (await get(p.id)).json.photoUrls.length !== 2
  },
  b11: async () => {
    const p = await pet()
    const r = await req('PUT', '/domain', {
      xml: `<Pet><id>${p.id}</id><name>n</name><photoUrls>a</photoUrls><tags><id>3</id><name>one</name></tags><status>sold</status></Pet>`,
    })
    return ok(r) && (await get(p.id)).json.tags?.[0]?.name !== 'one'
  },
  b12: async () => ok(await req('GET', '/pet/findByStatus?status=lost')),
  b13: async () => {
    const n = async (s) => (await req('GET', `/pet/findByStatus?status=${s}`)).json.length
    return (await n('available,sold')) !== (await n('available')) + (await n('sold'))
  },
  b14: async () => {
    const p = await pet()
    const s = p.status === 'sold' ? 'pending' : 'sold'
    await req('POST', `/pet/${p.id}`, { form: `status=${s}` })
    return (
      (await get(p.id)).json.status === s &&
      !(await req('GET', `/pet/findByStatus?status=${s}`)).json.some((x) => x.id === p.id)
    )
  },
  b15: async () => {
    const p = await pet(),
      t = rnd()
    await put(full(p.id, { tags: [{ id: 1, name: t }] }))
    await put(full(p.id))
    await sleep(2200)
    return (await req('GET', `/pet/findByTags?tags=${t}`)).json.length > 0
  },
  b16: async () =>
    (
      await req('GET', `/pet/${(await pet()).id}`, { accept: 'application/xml;q=0.2, application/json;q=0.9' })
    ).text.startsWith('<'),
  b17: async () => ok(await get(`${(await pet()).id}abc`)),
  b18: async () => ok(await get(987654)),
  b19: async () => {
    const p = await pet()
    await get(p.id)
    const n = full(p.id)
    await put(n)
    return (await get(p.id)).json.name !== n.name
  },
  b20: async () => {
    const p = await pet()
    await put(full(p.id))
    await req('POST', `/pet/${p.id}`, { form: 'name=only' })
    return (await get(p.id)).json.status !== 'available'
  },
  b21: async () => {
    const p = await pet()
    await req('POST', `/pet/${p.id}`, { form: 'name=a+b&status=sold' })
    return (await get(p.id)).json.name === 'a+b'
  },
  b22: async () => {
    const { u, r } = await mkuser({ username: `zoé ${rnd()}` })
    return ok(r) && (await user(u.username)).status === 404
  },
  b23: async () => ok(await req('DELETE', '/pet/987655')),
  b24: async () => {
    const { u } = await mkuser()
    const r = await req('DELETE', `/user/${u.username}`)
    return ok(r) && ok(await user(u.username))
  },
  b25: async () =>
    (
      await req(
        'POST',
        `/pet/${(await pet()).id}/uploadImage`,
        multipart([
          ['additionalMetadata', '', 'm'],
          ['file', 'a.bin', 'x'.repeat(100000)],
        ]),
      )
    ).status >= 500,
  b26: async () => {
    const { u } = await mkuser()
    await req('PUT', `/user/${u.username}`, { json: { ...u, phone: '999' } })
    return (await user(u.username)).json.phone !== '999'
  },
  b27: async () =>
    typeof (
      await req(
        'POST',
        `/pet/${(await pet()).id}/uploadImage`,
        multipart([
          ['additionalMetadata', '', 'm'],
          ['file', 'a.bin', 'xx'],
        ]),
      )
    ).json.code === 'string',
  b28: async () => {
    const i = async () => JSON.stringify((await req('GET', '/store/inventory')).json)
    const a = await i()
    const p = (await pets())[0]
    await put(full(p.id, { status: p.status === 'sold' ? 'pending' : 'sold' }))
    await sleep(2300)
    return a === (await i())
  },
  b29: async () => {
    const l = await Promise.all(Array.from({ length: 12 }, () => order()))
    return new Set(l.map((r) => r.json.id)).size < 12
  },
  b30: async () => ok(await order({ active: 'yes' })),
  b31: async () => {
    const o = (await order({ name: 'a & <b>' })).json
    return (await req('GET', `/store/order/${o.id}`, { accept: 'application/xml' })).text.includes('a & <b>')
  },
  b32: async () => {
    const o = (await order()).json
    const r = await req('DELETE', `/store/order/${o.id}`)
    return ok(r) && ok(await req('GET', `/store/order/${o.id}`))
  },
  b33: async () => {
    const { u } = await mkuser({ firstName: 'Ann 😀' })
    return (await user(u.username)).json.firstName === 'Ann ?'
  },
  b34: async () => {
    const n = `l${rnd()}`
    const r = await req('POST', '/user/createWithList', { json: [{ username: n }, { username: `${n}2`, id: 'no' }] })
    return !ok(r) && ok(await user(n))
  },
  b35: async () => {
    const us = []
    for (let i = 0; i < 6; i++) us.push((await mkuser()).u.username)
    for (let k = 0; k < 5; k++) {
      const l = await Promise.all(us.map(user))
      if (l.some((r, i) => r.json.username !== us[i])) return true
    }
    return false
  },
  b36: async () => ok(await req('GET', `/user/login?username=q${rnd()}`)),
  b37: async () =>
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(
      (await req('GET', '/user/login?username=q&password=x')).h['x-expires-after'],
    ),
  b38: async () => (await req('GET', '/user/logout', { key: false })).status === 302,
  b39: async () => {
    const { u } = await mkuser({ firstName: 'Zoé Müller' })
    const r = await user(u.username)
    return ok(r) && r.json === undefined
  },
  b40: async () => {
    const r = await req('GET', '/user/login?username=q&password=x')
    return ok(r) && r.h['content-type'].includes('json') && r.json === undefined
  },
}
try {
  process.exit((await W[ID]()) === true ? 0 : 1)
} catch (e) {
  console.error(ID, e.message)
  process.exit(1)
}
