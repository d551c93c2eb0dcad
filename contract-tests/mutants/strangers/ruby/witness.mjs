// node witness.mjs BASE_URL ID - exits 0 if the variant ID is seen at BASE_URL, 1 if it is not.
import http from 'node:http'
import net from 'node:net'
import { KEY, main, rnd, sleep, wellFormed } from '../witness-run.mjs'

const X = 'application/xml'
const refused = (r) => [400, 404, 405, 415, 422].includes(r.status)
const one = () => new http.Agent({ keepAlive: true, maxSockets: 1 })
const closes = (r) => /close/i.test(r.headers.connection ?? '')
const raw = (url, text, ms = 1500) =>
  new Promise((resolve) => {
    const s = net.connect(url.port, url.hostname, () => s.write(text))
    let all = ''
    s.on('data', (d) => {
      all += d.toString('latin1')
    })
    s.on('close', () => resolve(all))
    s.on('error', () => resolve(all))
    setTimeout(() => s.destroy(), ms)
  })
const xmlPet = (id, name) =>
  `<?xml version="1.0" encoding="UTF-8"?><Pet><id>${id}</id><name>${name}</name><photoUrls>u1</photoUrls></Pet>`
await main({
  // ---- freedoms
  async f01(c) {
    const name = `w${rnd()}`
    const r = await c.call('POST', '/user', { json: { username: name } })
    return r.status === 201 && r.json?.username === name
  },
  async f02(c) {
    const u = await c.user()
    const first = (await c.who(u.username)).status
    await sleep(1500)
    return u.created.status === 202 && first === 404 && (await c.who(u.username)).ok
  },
  async f03(c) {
    return (await c.call('GET', '/user/logout')).status === 204
  },
  async f04(c) {
    const agent = one()
    const r = await c.call('GET', '/user/logout', { agent })
    agent.destroy()
    return closes(r)
  },
  async f05(c) {
    const agent = one()
    let n = 0
    for (let i = 0; i < 5; i++) {
      if (closes(await c.call('GET', '/user/logout', { agent }))) break
      n++
    }
    agent.destroy()
    return n === 4
  },
  async f06(c) {
    const r = await c.call('GET', '/store/inventory')
    return r.headers['transfer-encoding'] === 'chunked' && r.trailers['x-served-by'] === 'node-3'
  },
  async f07(c) {
    return (await c.call('GET', '/user/logout')).information.includes(103)
  },
  async f08(c) {
    const t = Date.now()
    await c.call('GET', '/user/logout')
    const a = Date.now() - t
    const t2 = Date.now()
    await c.call('GET', '/user/logout')
    return Math.min(a, Date.now() - t2) >= 590
  },
  async f09(c) {
    return (await c.call('GET', '/store/inventory')).text.startsWith('{\r\n')
  },
  async f10(c) {
    const r = await c.call('POST', '/domain', { json: { name: `é${rnd()}` } })
    return /"\\u00e9/i.test(r.text)
  },
  async f11(c) {
    const p = await c.pet()
    const seen = new Set()
    for (let i = 0; i < 5; i++) seen.add(Object.keys((await c.get(p.id)).json).join())
    return seen.size > 1
  },
  async f12(c) {
    const name = `w${rnd()}`
    await c.call('POST', '/user', { json: { username: name } })
    return (await c.who(name)).json.firstName === ''
  },
  async f13(c) {
    const p = await c.pet()
    return /<name><!\[CDATA\[/.test((await c.get(p.id, { accept: X })).text)
  },
  async f14(c) {
    const p = await c.pet()
    await c.put({ ...p, name: '猫' })
    return /encoding="US-ASCII"[\s\S]*&#x732B;/.test((await c.get(p.id, { accept: X })).text)
  },
  async f15(c) {
    const p = await c.pet()
    return /<Pet><revision>3<\/revision>.*<id>/s.test((await c.get(p.id, { accept: X })).text)
  },
  async f16(c) {
    const p = await c.pet()
    return (await c.get(p.id, { accept: X })).raw.subarray(0, 3).toString('hex') === 'efbbbf'
  },
  async f17(c) {
    return (await c.get('abc')).type.startsWith('text/html')
  },
  async f18(c) {
    const r = await c.get('abc')
    return r.status === 400 && r.raw.length === 0
  },
  async f19(c) {
    const u = await c.user()
    return /\.\d{6}\+00:00$/.test((await c.login(u.username, u.password)).headers['x-expires-after'])
  },
  async f20(c) {
    const u = await c.user()
    const a = (await c.login(u.username, u.password)).headers['x-rate-limit']
    return a !== (await c.login(u.username, u.password)).headers['x-rate-limit']
  },
  async f21(c) {
    const r = await c.call('GET', '/store/inventory', { key: false })
    return r.type === 'application/problem+json' && r.rawHeaders.filter((h) => h === 'WWW-Authenticate').length === 2
  },
  async f22(c) {
    const name = `${rnd()}.example`
    await c.call('POST', '/domain', { json: { name } })
    return (await c.call('POST', '/domain', { json: { name } })).status === 409
  },
  async f23(c) {
    return /^1\d{3}$/.test((await c.call('POST', '/domain', { json: { name: `${rnd()}.example` } })).json.id)
  },
  async f24(c) {
    const name = `A${rnd()}.Example`
    return (await c.call('POST', '/domain', { json: { name } })).json.name === name.toLowerCase()
  },
  async f25(c) {
    const r = await c.order({ id: '987654', name: 'o' })
    return r.ok && r.json.id !== '987654'
  },
  async f26(c) {
    return (await c.call('GET', '/store/order/abc')).status === 404
  },
  async f27(c) {
    const r = await c.call('GET', '/store/inventory', { accept: 'image/png' })
    return r.ok && r.type.startsWith('application/json')
  },
  async f28(c) {
    return (await c.call('PROPFIND', '/domain')).status === 501
  },
  async f29(c) {
    return (await c.call('PATCH', '/domain')).status === 404
  },
  async f30(c) {
    const seen = new Set()
    for (let i = 0; i < 5; i++) seen.add((await c.pets()).map((p) => p.id).join())
    return seen.size > 1
  },
  async f31(c) {
    const u = await c.user()
    return (await c.login(u.username, u.password)).status === 403
  },
  async f32(c) {
    return (await c.call('GET', '/store/inventory?trace=1')).status === 400
  },
  async f33(c) {
    const p = await c.pet()
    const r = await c.multipart(p.id, [{ name: 'file', filename: 'a.png', type: 'image/png', data: 'x' }])
    return r.json?.code === 0 && r.json.type === 'image/png'
  },
  async f34(c) {
    const p = await c.pet()
    return (await c.multipart(p.id, [{ name: 'file', filename: 'a.png', data: Buffer.alloc(1200000) }])).status === 413
  },
  async f35(c) {
    return (await c.get(-5)).status === 404
  },
  async f36(c) {
    const r = await c.call('GET', '/user/logout')
    return !!r.headers.via && r.headers['set-cookie']?.length === 2
  },
  async f37(c) {
    for (let i = 0; i < 16; i++) {
      const r = await c.call('GET', '/user/logout', { retry: false })
      if (r.status === 503) return !Number.isNaN(Date.parse(r.headers['retry-after']))
    }
    return false
  },
  async f38(c) {
    const u = await c.user()
    return (await c.login(u.username, u.password)).json.length > 1500
  },
  async f39(c) {
    const p = await c.pet()
    const r = await c.call('DELETE', `/pet/${p.id}`)
    const first = await c.get(p.id)
    await sleep(1500)
    return r.status === 202 && first.ok && (await c.get(p.id)).status === 404
  },
  async f40(c) {
    const r = await c.call('GET', '/user/logout')
    return r.message === '' && r.rawHeaders.includes('content-length')
  },

  // ---- faults
  async b01(c) {
    return (await c.call('POST', '/domain', { json: { name: 12345 } })).ok
  },
  async b02(c) {
    return (await c.call('POST', '/domain', { json: [] })).status === 500
  },
  async b03(c) {
    return (await c.call('GET', '/user/logout')).status === 500
  },
  async b04(c) {
    const r = await c.call('POST', '/domain', { json: { name: `${rnd()}.example` } })
    return r.ok && r.json.validate === null
  },
  async b05(c) {
    const all = await raw(
      c.url,
      `HEAD ${c.url.pathname}/store/inventory HTTP/1.1\r\nHost: x\r\napi_key: ${KEY}\r\n\r\nGET ${c.url.pathname}/user/logout HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    )
    return !all.split('\r\n\r\n')[1].startsWith('HTTP/1.1')
  },
  async b06(c) {
    const u = await c.user({ username: `low${rnd()}` })
    const r = await c.call('DELETE', `/user/${u.username.toUpperCase()}`)
    return r.ok && (await c.who(u.username)).status === 404
  },
  async b07(c) {
    const p = await c.pet()
    return (await c.put({ ...p, tags: [{ id: '12', name: 'x' }] })).ok
  },
  async b08(c) {
    const p = await c.pet()
    const of = (n) => ({
      id: p.id,
      name: n,
      photoUrls: [n],
      tags: [{ id: 1, name: n }],
      status: 'pending',
      category: { name: n },
    })
    for (let i = 0; i < 8; i++) {
      await Promise.all([c.put(of('one')), c.put(of('two'))])
      const q = (await c.get(p.id)).json
      if (new Set([q.name, q.photoUrls[0], q.tags[0].name, q.category.name]).size > 1) return true
    }
    return false
  },
  async b09(c) {
    const p = await c.pet()
    await c.put({ ...p, photoUrls: ['a', 'b', 'a'] })
    return (await c.get(p.id)).json.photoUrls.length === 2
  },
  async b10(c) {
    const p = await c.pet()
    await c.call('PUT', '/domain', { xml: xmlPet(p.id, 'x &amp;lt; y') })
    return (await c.get(p.id)).json.name === 'x < y'
  },
  async b11(c) {
    const p = await c.pet()
    await c.call('PUT', '/domain', { xml: xmlPet(p.id, 'a<![CDATA[ & b]]>') })
    return (await c.get(p.id)).json.name === 'a'
  },
  async b12(c) {
    const p = await c.pet()
    await c.call('PUT', '/domain', { xml: xmlPet(p.id, 'first<!-- note -->second') })
    return (await c.get(p.id)).json.name === 'first'
  },
  async b13(c) {
    return (await c.call('GET', '/pet/findByStatus?status=sold,lost')).ok
  },
  async b14(c) {
    const name = `ghost${rnd()}`
    return (await c.call('PUT', `/user/${name}`, { json: { username: name } })).ok
  },
  async b15(c) {
    const inv = (await c.call('GET', '/store/inventory')).json
    return (await c.pets()).length < inv.available + inv.pending + inv.sold
  },
  async b16(c) {
    const p = await c.pet()
    const t = `t${rnd()}`
    await c.put({ ...p, tags: [{ id: 1, name: t }] })
    await c.put({ ...p, tags: [{ id: 1, name: 'other' }] })
    await sleep(2100)
    return (await c.call('GET', `/pet/findByTags?tags=${t}`)).json.some((q) => q.id === p.id)
  },
  async b17(c) {
    return !wellFormed((await c.call('GET', `/pet/findByTags?tags=none${rnd()}`, { accept: X })).text)
  },
  async b18(c) {
    const p = await c.pet()
    await c.put({ ...p, photoUrls: ['a', 'b'] })
    return (await c.get(p.id, { accept: X })).text.match(/<photoUrls>/g).length === 1
  },
  async b19(c) {
    const p = await c.pet()
    return (await c.get(`${p.id}.9`)).ok
  },
  async b20(c) {
    const p = await c.pet()
    await c.call('DELETE', `/pet/${p.id}`)
    return (await c.get(p.id)).status === 500
  },
  async b21(c) {
    const p = await c.pet()
    await c.put({ ...p, status: 'sold' })
    await c.call('POST', `/pet/${p.id}`, { form: { name: 'x' } })
    return (await c.get(p.id)).json.status === 'available'
  },
  async b22(c) {
    const p = await c.pet()
    await c.call('POST', `/pet/${p.id}`, { form: { name: 'Zoë' } })
    return (await c.get(p.id)).json.name !== 'Zoë'
  },
  async b23(c) {
    const p = await c.pet()
    await c.call('POST', `/pet/${p.id}`, { form: 'name=salt%26pepper' })
    return (await c.get(p.id)).json.name === 'salt'
  },
  async b24(c) {
    const p = await c.pet()
    await c.call('DELETE', `/pet/${p.id}`)
    return (await c.call('DELETE', `/pet/${p.id}`)).ok
  },
  async b25(c) {
    return (await c.get(7654321, { key: false })).status === 404
  },
  async b26(c) {
    return (await c.call('PATCH', '/user/user1', { json: { phone: '1' } })).ok
  },
  async b27(c) {
    const p = await c.pet()
    return (await c.multipart(p.id, [{ name: 'additionalMetadata', data: 'x' }], { quoted: true })).status === 500
  },
  async b28(c) {
    return refused(
      await c.call('POST', '/user', {
        body: JSON.stringify({ username: `w${rnd()}` }),
        headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
      }),
    )
  },
  async b29(c) {
    const p = await c.pet('pending')
    const a = (await c.call('GET', '/store/inventory')).json.pending
    await c.put({ ...p, status: 'sold' })
    await sleep(2100)
    return (await c.call('GET', '/store/inventory')).json.pending === a
  },
  async b30(c) {
    return (await c.call('GET', '/store/inventory', { key: '' })).ok
  },
  async b31(c) {
    return (await c.call('GET', '/store/inventory', { key: 'SPECIAL-KEY' })).ok
  },
  async b32(c) {
    const name = 'long'.repeat(20)
    const o = (await c.order({ name })).json
    return (await c.call('GET', `/store/order/${o.id}`)).json.name.length === 64
  },
  async b33(c) {
    return (await c.order({ id: 4321, name: 'o' })).ok
  },
  async b34(c) {
    const a = (await c.order({ name: `a${rnd()}` })).json
    await c.call('DELETE', `/store/order/${a.id}`)
    await c.order({ id: String(Number(a.id) + 1000), name: 'b' })
    return (await c.call('GET', `/store/order/${a.id}`)).json?.name === a.name
  },
  async b35(c) {
    const a = (await c.order({ name: `a${rnd()}` })).json
    await c.call('GET', `/store/order/${a.id}`)
    await c.order({ id: a.id, name: 'new' })
    return (await c.call('GET', `/store/order/${a.id}`)).json.name === a.name
  },
  async b36(c) {
    const name = `w${rnd()}`
    return (await c.call('POST', '/user', { json: { username: name, id: 1.5 } })).ok
  },
  async b37(c) {
    const t = rnd()
    const l = Array.from({ length: 21 }, (_, i) => ({ username: `w${t}-${i}` }))
    const r = await c.call('POST', '/user/createWithList', { json: l })
    return r.ok && (await c.who(l[20].username)).status === 404
  },
  async b38(c) {
    return (await c.call('POST', '/user/createWithList', { json: [] })).status === 500
  },
  async b39(c) {
    const u = await c.user({ password: 'a%41+b' })
    return !(await c.login(u.username, u.password)).ok
  },
  async b40(c) {
    const u = await c.user({ username: `ann.leeabc${rnd().replace(/\d/g, 'x')}` })
    return u.created.ok && (await c.who(u.username)).status === 404
  },
})
