// node witness.mjs BASE_URL ID - exits 0 if the variant ID is seen at BASE_URL, 1 if it is not.
import { main, rnd, sleep, wellFormed } from '../witness-run.mjs'

const X = 'application/xml'
const refused = (r) => [400, 404, 405, 415, 422].includes(r.status)
await main({
  // ---- freedoms
  async f01(c) {
    const r = await c.call('POST', '/domain', { json: { name: `${rnd()}.example` } })
    return r.status === 201 && !!r.headers.location
  },
  async f02(c) {
    return (await c.call('POST', '/domain', { json: { name: `${rnd()}.example` } })).status === 204
  },
  async f03(c) {
    const p = await c.pet()
    const r = await c.put({ ...p, name: `n${rnd()}` })
    return r.ok && r.json?.id === p.id
  },
  async f04(c) {
    const u = await c.user()
    return (await c.call('DELETE', `/user/${u.username}`)).status === 204
  },
  async f05(c) {
    const p = await c.pet()
    const name = `n${rnd()}`
    const r = await c.call('POST', `/pet/${p.id}`, { form: { name } })
    const first = (await c.get(p.id)).json.name
    await sleep(1300)
    return r.status === 202 && first !== name && (await c.get(p.id)).json.name === name
  },
  async f06(c) {
    return (await c.call('POST', '/domain', { json: { name: 5 } })).status === 422
  },
  async f07(c) {
    return (await c.call('GET', '/store/inventory', { key: false })).status === 403
  },
  async f08(c) {
    const p = await c.pet()
    return /^<!--.*\n<Pet>\n {2}<id>/.test((await c.get(p.id, { accept: X })).text)
  },
  async f09(c) {
    const p = await c.pet()
    return (await c.get(p.id)).type.startsWith('Application/JSON')
  },
  async f10(c) {
    return /<ArrayOfPet>/.test((await c.call('GET', '/pet/findByStatus?status=sold', { accept: X })).text)
  },
  async f11(c) {
    const p = await c.pet()
    const a = (await c.get(p.id)).json.lastAccess
    return !!a && a !== (await c.get(p.id)).json.lastAccess
  },
  async f12(c) {
    const u = await c.user()
    return (await c.login(u.username, u.password)).json !== (await c.login(u.username, u.password)).json
  },
  async f13(c) {
    const u = await c.user()
    return (await c.who(u.username)).json.password === u.password
  },
  async f14(c) {
    const u = await c.user({ id: 4242 })
    const r = (await c.who(u.username)).json.id
    return Number.isInteger(r) && r !== 4242
  },
  async f15(c) {
    const r = (await c.order({ name: `x${rnd()}`, validate: 'v', status: 'validated', active: true })).json
    return r.status === 'missing validation' && r.active === false
  },
  async f16(c) {
    const u = await c.user({ email: `Mixed.${rnd()}@Example.ORG` })
    return (await c.who(u.username)).json.email === u.email.toLowerCase()
  },
  async f17(c) {
    const u = await c.user({ username: `MiXed${rnd()}` })
    const r = await c.who(u.username)
    return r.ok && r.json.username === u.username.toLowerCase()
  },
  async f18(c) {
    const u = await c.user({ firstName: '  Ann ' })
    return (await c.who(u.username)).json.firstName === 'Ann'
  },
  async f19(c) {
    const u = await c.user({ firstName: 'e\u0301' })
    return (await c.who(u.username)).json.firstName === '\u00e9'
  },
  async f20(c) {
    const p = (await c.pets())[0]
    const status = p.status === 'sold' ? 'pending' : 'sold'
    await sleep(1100)
    await c.pets()
    await c.put({ ...p, status })
    const has = async () => (await c.pets(status)).some((q) => q.id === p.id)
    const soon = await has()
    await sleep(1300)
    return !soon && (await has())
  },
  async f21(c) {
    const u = await c.user()
    const v = await c.user({ email: u.email })
    return v.created.status === 409
  },
  async f22(c) {
    const u = await c.user()
    for (let i = 0; i < 3; i++) await c.login(u.username, 'no')
    return (await c.login(u.username, u.password)).status === 403
  },
  async f23(c) {
    return (await c.call('GET', '/user/logout', { headers: { 'user-agent': undefined } })).status === 403
  },
  async f24(c) {
    for (let i = 0; i < 15; i++) {
      const r = await c.call('GET', '/user/logout', { retry: false })
      if (r.status === 429) return !!r.headers['retry-after']
    }
    return false
  },
  async f25(c) {
    const r = await c.call('GET', '/user/logout', { retry: false })
    return r.status === 503 && !!r.headers['retry-after']
  },
  async f26(c) {
    return (await c.call('HEAD', '/user/logout')).status === 405
  },
  async f27(c) {
    return (
      (
        await c.call('OPTIONS', '/pet/1', {
          headers: { origin: 'http://a.example', 'access-control-request-method': 'GET' },
        })
      ).status === 204
    )
  },
  async f28(c) {
    const r = await c.call('PATCH', '/domain')
    return r.status === 405 && !!r.headers.allow
  },
  async f29(c) {
    return (await c.call('GET', '/store/inventory/')).ok
  },
  async f30(c) {
    return (await c.call('GET', '/Store/Inventory')).ok
  },
  async f31(c) {
    return (await c.call('GET', '/pet/findByStatus?status=sold&status=pending')).status === 400
  },
  async f32(c) {
    const r = await c.order({ id: String(70000 + Math.floor(Math.random() * 1e5)), name: 'o' })
    return r.ok && /^ord_/.test(r.json.id)
  },
  async f33(c) {
    return (await c.call('GET', '/store/order/88123456')).status === 400
  },
  async f34(c) {
    return (await c.call('POST', '/user', { json: { username: `w${rnd()}` } })).status === 401
  },
  async f35(c) {
    return (await c.call('GET', '/pet/findByTags?tags=%20')).ok
  },
  async f36(c) {
    return 'lost' in (await c.call('GET', '/store/inventory')).json
  },
  async f37(c) {
    const u = await c.user()
    await c.call('PUT', `/user/${u.username}`, { json: { username: u.username, firstName: 'Bo' } })
    const r = (await c.who(u.username)).json
    return r.firstName === 'Bo' && r.email === u.email
  },
  async f38(c) {
    const u = await c.user()
    return /"id":\d{19}\b/.test((await c.who(u.username)).text)
  },
  async f39(c) {
    return (
      (await c.call('GET', '/store/inventory', { headers: { 'accept-encoding': 'gzip' } })).headers[
        'content-encoding'
      ] === 'gzip'
    )
  },
  async f40(c) {
    const r = await c.call('GET', '/store/inventory')
    return (
      !!r.headers.etag &&
      (await c.call('GET', '/store/inventory', { headers: { 'if-none-match': r.headers.etag } })).status === 304
    )
  },

  // ---- faults
  async b01(c) {
    const name = `w${rnd()}`
    const r = await c.call('POST', '/user/createWithList', {
      json: [{ username: name }, { username: `w${rnd()}`, email: 5 }],
    })
    return refused(r) && (await c.who(name)).ok
  },
  async b02(c) {
    const id = 800000 + Math.floor(Math.random() * 1e6)
    return (await c.put({ id, name: 'ghost', photoUrls: [] })).ok
  },
  async b03(c) {
    const p = await c.pet()
    const name = `n${rnd()}`
    const r = await c.put({ ...p, name, status: 'lost' })
    return refused(r) && (await c.get(p.id)).json.name === name
  },
  async b04(c) {
    const p = await c.pet('available')
    await c.call('POST', `/pet/${p.id}`, { form: { status: 'sold' } })
    await sleep(2100)
    return (await c.pets('available')).some((q) => q.id === p.id) || !(await c.pets('sold')).some((q) => q.id === p.id)
  },
  async b05(c) {
    const p = await c.pet()
    const t = `t${rnd()}`
    await c.put({
      ...p,
      tags: [
        { id: 1, name: `first${rnd()}` },
        { id: 2, name: t },
      ],
    })
    return !(await c.call('GET', `/pet/findByTags?tags=${t}`)).json.some((q) => q.id === p.id)
  },
  async b06(c) {
    const p = await c.pet()
    const t = `t${rnd()}`
    await c.put({ ...p, tags: [{ id: 1, name: `${t}0` }] })
    return (await c.call('GET', `/pet/findByTags?tags=${t}`)).json.some((q) => q.id === p.id)
  },
  async b07(c) {
    const p = await c.pet()
    await c.put({ ...p, status: 'pending' })
    return !(await c.pets('available,pending')).some((q) => q.id === p.id)
  },
  async b08(c) {
    const p = await c.pet()
    const [a, b] = [`t${rnd()}`, `t${rnd()}`]
    await c.put({
      ...p,
      tags: [
        { id: 1, name: a },
        { id: 2, name: b },
      ],
    })
    return (await c.call('GET', `/pet/findByTags?tags=${a},${b}`)).json.filter((q) => q.id === p.id).length > 1
  },
  async b09(c) {
    const p = await c.pet()
    const [j] = await Promise.all([
      c.get(p.id, { accept: 'application/json' }),
      sleep(8).then(() => c.get(p.id, { accept: X })),
    ])
    return j.type.includes('xml')
  },
  async b10(c) {
    await c.call('GET', '/store/inventory')
    return (await c.call('GET', '/store/inventory', { key: 'wrong' })).ok
  },
  async b11(c) {
    return (await c.call('GET', '/store/inventory', { key: 'special' })).ok
  },
  async b12(c) {
    const p = await c.pet()
    const r = await c.call('DELETE', `/pet/${p.id}`, { key: 'wrong' })
    return r.status === 401 && (await c.get(p.id)).status === 404
  },
  async b13(c) {
    const p = await c.pet()
    return (await c.multipart(p.id, [{ name: 'additionalMetadata', data: 'x' }], { key: false })).ok
  },
  async b14(c) {
    const u = await c.user()
    await c.who(u.username)
    await c.call('DELETE', `/user/${u.username}`)
    return (await c.who(u.username)).ok
  },
  async b15(c) {
    const u = await c.user()
    const { created, ...b } = u
    await c.call('PUT', `/user/${u.username}`, { json: { ...b, phone: '999' } })
    return (await c.who(u.username)).json.phone === '123'
  },
  async b16(c) {
    const u = await c.user({ userStatus: 300 })
    return (await c.who(u.username)).json.userStatus === 44
  },
  async b17(c) {
    const u = await c.user({ id: 2147483648 })
    return (await c.who(u.username)).json.id === -2147483648
  },
  async b18(c) {
    const p = await c.pet()
    await c.put({ ...p, tags: [{ id: 5000000000, name: 't' }] })
    return (await c.get(p.id)).json.tags[0].id === 2147483647
  },
  async b19(c) {
    const u = await c.user({ firstName: 'Zo\u{1F600}' })
    return (await c.who(u.username)).json.firstName === 'Zo?'
  },
  async b20(c) {
    const p = await c.pet()
    await c.call('POST', `/pet/${p.id}`, { form: 'name=two+words' })
    return (await c.get(p.id)).json.name === 'two+words'
  },
  async b21(c) {
    const p = await c.pet()
    await c.call('POST', `/pet/${p.id}`, { form: 'name=a%3Db' })
    return (await c.get(p.id)).json.name === 'a'
  },
  async b22(c) {
    const p = await c.pet()
    await c.put({ ...p, name: 'salt & pepper' })
    return !wellFormed((await c.get(p.id, { accept: X })).text)
  },
  async b23(c) {
    const p = await c.pet()
    return !(
      await c.call('PUT', '/domain', {
        xml: `<?xml version="1.0" encoding="UTF-8"?><Pet><id>${p.id}</id><name>one</name><photoUrls>u1</photoUrls></Pet>`,
      })
    ).ok
  },
  async b24(c) {
    const p = await c.pet()
    await c.call('PUT', '/domain', {
      xml: `<Pet><id>${p.id}</id><name>007</name><photoUrls>u1</photoUrls><photoUrls>u2</photoUrls></Pet>`,
    })
    return (await c.get(p.id)).json.name !== '007'
  },
  async b25(c) {
    const p = await c.pet()
    return /<photoUrls>\s*<photoUrl>/.test((await c.get(p.id, { accept: X })).text)
  },
  async b26(c) {
    const o = (await c.order({ name: `o${rnd()}` })).json
    return (await c.call('GET', `/store/order/${o.id}`, { accept: X })).type.startsWith('text/html')
  },
  async b27(c) {
    const u = await c.user()
    const r = await c.login(u.username, u.password, { accept: X })
    return r.ok && !r.headers['x-expires-after']
  },
  async b28(c) {
    const u = await c.user()
    return !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/i.test(
      (await c.login(u.username, u.password)).headers['x-expires-after'],
    )
  },
  async b29(c) {
    const u = await c.user()
    return !/^\d+$/.test((await c.login(u.username, u.password)).headers['x-rate-limit'])
  },
  async b30(c) {
    const u = await c.user()
    const { created, ...b } = u
    await c.call('PUT', `/user/${u.username}`, { json: { ...b, password: `new${rnd()}` } })
    return (await c.login(u.username, u.password)).ok
  },
  async b31(c) {
    const u = await c.user({ password: 'longpassword' })
    return (await c.login(u.username, 'longpassXXXX')).ok
  },
  async b32(c) {
    const p = await c.pet()
    const a = (await c.call('GET', '/store/inventory')).json[p.status]
    await c.call('DELETE', `/pet/${p.id}`)
    await sleep(2100)
    return (await c.call('GET', '/store/inventory')).json[p.status] === a
  },
  async b33(c) {
    const r = (await c.order({ name: 'a & b <c>' })).json
    return r.name !== 'a & b <c>'
  },
  async b34(c) {
    const o = (await c.order({ name: `o${rnd()}` })).json
    await c.call('GET', `/store/order/${o.id}`, { accept: X })
    await c.call('DELETE', `/store/order/${o.id}`)
    return (await c.call('GET', `/store/order/${o.id}`, { accept: X })).ok
  },
  async b35(c) {
    const a = (await c.order({ name: `first${rnd()}` })).json
    const b = (await c.order({ name: `second${rnd()}` })).json
    await c.call('DELETE', `/store/order/${a.id}`)
    await c.order({ name: `third${rnd()}` })
    return (await c.call('GET', `/store/order/${b.id}`)).json?.name !== b.name
  },
  async b36(c) {
    const o = (await c.order({ name: `o${rnd()}` })).json
    return (await c.call('GET', `/store/order/${o.id}abc`)).ok
  },
  async b37(c) {
    return (await c.call('DELETE', '/store/order/-1')).ok
  },
  async b38(c) {
    const p = await c.pet('available')
    const name = `n${rnd()}`
    await Promise.all([
      c.call('POST', `/pet/${p.id}`, { form: { name } }),
      c.call('POST', `/pet/${p.id}`, { form: { status: 'sold' } }),
    ])
    const q = (await c.get(p.id)).json
    return q.name !== name || q.status !== 'sold'
  },
  async b39(c) {
    const r = await c.call('POST', '/domain', { json: { name: `éééé${rnd()}.example` } })
    return r.ok && r.json === undefined
  },
  async b40(c) {
    return (await c.who('constructor')).ok
  },
})
