// node witness.mjs BASE_URL ID: 0 where the fault (or freedom) is seen, 1 where it is not.
import {
  allPets,
  bad,
  basic,
  call,
  del,
  get,
  JSON_TYPE,
  KEY,
  login,
  member,
  multipart,
  newUser,
  ok,
  post,
  put,
  raw,
  run,
  sleep,
  somePet,
  unique,
  XML_TYPE,
} from '../witness-lib.mjs'

const pet = async (id) => (await get(`/pet/${id}`)).json
const order = async (name, more) => (await post('/store/order', { json: { name, ...more } })).json.id
const rename = async (name) => {
  const p = await somePet()
  await put('/domain', { json: basic(p, { name }) })
  return (await pet(p.id)).name
}
const viaForm = async (form, options) => {
  const p = await somePet()
  await post(`/pet/${p.id}`, { form, ...options })
  return (await pet(p.id)).name
}
const xmlName = async (xml) => {
  const p = await somePet()
  const r = await put('/domain', { xml: xml(p.id) })
  return [r, (await pet(p.id)).name, p.name]
}
const key = `api_key: ${KEY}\r\n`

const faults = {
  b01: async () => {
    const name = `${unique('d')}.test`
    await post('/domain', { json: { name } })
    return bad(await post('/domain', { json: { name } }))
  },
  b02: async () => {
    const [u] = await newUser({ username: unique('zoë ') })
    const r = await del(member(u.username))
    return ok(r) && ok(await get(member(u.username)))
  },
  b03: async () => {
    const p = await somePet()
    return ok(await put('/domain', { json: basic(p, { tags: [{ id: true, name: 'x' }] }) }))
  },
  b04: async () => {
    const [a, b] = await allPets()
    await put('/domain', { json: basic(a, { tags: [{ id: 1, name: 'mine' }] }) })
    await put('/domain', { json: basic(b, { tags: [{ id: 2, name: 'yours' }] }) })
    return (await pet(b.id)).tags.length > 1
  },
  b05: async () => {
    const p = await somePet()
    const name = unique('n')
    await put('/domain', { json: basic(p, { name }) })
    const early = (await pet(p.id)).name
    await sleep(1500)
    return early === name && (await pet(p.id)).name !== name
  },
  b06: async () => {
    const [r, name] = await xmlName((id) => `<Pet><id>${id}</id><name><![CDATA[Tom & Jerry]]></name></Pet>`)
    return ok(r) && name !== 'Tom & Jerry'
  },
  b07: async () =>
    ok((await xmlName((id) => `<!DOCTYPE Pet [<!ENTITY e "expanded">]><Pet><id>${id}</id><name>&e;</name></Pet>`))[0]),
  b08: async () => {
    const p = await somePet()
    return !ok(await put('/domain', { json: basic(p), type: 'application/json; charset=utf-8' }))
  },
  b09: async () => (await rename('Leo 🦁 the lion')) !== 'Leo 🦁 the lion',
  b10: async () => {
    const parts = await Promise.all(
      ['available', 'pending', 'sold'].map(async (s) => (await get(`/pet/findByStatus?status=${s}`)).json.length),
    )
    return (await allPets()).length < parts.reduce((a, b) => a + b)
  },
  b11: async () => {
    const p = await somePet()
    const list = get('/pet/findByStatus?status=available,pending,sold')
    await sleep(40)
    await del(`/pet/${p.id}`)
    return bad(await list)
  },
  b12: async () => {
    const text = await raw('HEAD {{base}}/user/farmer HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    return text.split('\r\n\r\n')[1].length > 0
  },
  b13: async () => ok(await put(member(unique('nobody')), { json: { firstName: 'No' } })),
  b14: async () => {
    const [a, b] = await allPets()
    const [s, t] = [unique('s'), unique('t')]
    await put('/domain', { json: basic(a, { tags: [{ id: 1, name: s }] }) })
    await put('/domain', { json: basic(b, { tags: [{ id: 2, name: t }] }) })
    return (await get(`/pet/findByTags?tags=${s},${t}`)).json.length !== 2
  },
  b15: async () => {
    const [u] = await newUser({ firstName: 'a<b' })
    return (await get(member(u.username), { accept: XML_TYPE })).text.includes('a&amp;lt;b')
  },
  b16: async () => {
    for (const p of await allPets())
      if (p.id > 9) return ok(await get(`/pet/${String(p.id)[0]}_${String(p.id).slice(1)}`))
  },
  b17: async () => bad(await get('/pet/3000000001')),
  b18: async () => ok(await get('/store/inventory', { key: KEY.toUpperCase() })),
  b19: async () => {
    const p = await somePet()
    return !/xml/.test((await get(`/pet/${p.id}`, { accept: 'application/xml, */*;q=0.1' })).headers['content-type'])
  },
  b20: async () => {
    const p = await somePet()
    await put('/domain', { json: { id: p.id, name: 'bare', photoUrls: [] } })
    return Object.values(await pet(p.id)).includes(null)
  },
  b21: async () => ok(await get('/store/inventory', { key: '' })),
  b22: async () => {
    const text = await raw([
      `GET {{base}}/store/inventory HTTP/1.1\r\nHost: x\r\n${key}\r\n`,
      200,
      'GET {{base}}/store/inventory HTTP/1.1\r\nHost: x\r\n\r\n',
    ])
    return [...text.matchAll(/HTTP\/1.1 200/g)].length === 2
  },
  b23: async () => (await viaForm(`name=${encodeURIComponent('R&B = soul')}`)) !== 'R&B = soul',
  b24: async () => (await viaForm(`name=${encodeURIComponent('Žofie')}`)) !== 'Žofie',
  b25: async () => {
    const text = await raw([
      'POST {{base}}/pet/12 HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nname=Hello',
      'GET {{base}}/user/farmer HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ])
    return !/HTTP\/1\.1 200/.test(text)
  },
  b26: async () => {
    const p = await somePet()
    return bad(
      await post(
        `/pet/${p.id}/uploadImage`,
        multipart([{ name: 'file', filename: 'Kätzchen.png', type: 'image/png', value: 'x' }]),
      ),
    )
  },
  b27: async () => {
    const p = await somePet()
    await put('/domain', { json: basic(p, { tags: [{ id: 1, name: 'kept' }] }) })
    await post(
      `/pet/${p.id}/uploadImage`,
      multipart([{ name: 'file', filename: 'a.png', type: 'image/png', value: 'x' }]),
    )
    return !(await pet(p.id)).tags?.length
  },
  b28: async () => {
    const p = (await get('/pet/findByStatus?status=available')).json[0]
    const before = (await get('/store/inventory')).json.available
    await post(`/pet/${p.id}`, { form: 'status=sold' })
    await sleep(2600)
    return (await get('/store/inventory')).json.available === before
  },
  b29: async () => {
    const ids = await Promise.all(['a.test', 'b.test', 'c.test'].map((name) => order(name)))
    return new Set(ids).size < 3
  },
  b30: async () =>
    !/<active>(true|1|false|0)<\/active>/.test(
      (await post('/store/order', { json: { name: 'x.test', active: true }, accept: XML_TYPE })).text,
    ),
  b31: async () => ok(await post('/store/order', { json: { name: 'x.test', active: 'yes' } })),
  b32: async () => {
    const [a, b] = [await order('a.test'), await order('b.test')]
    await del(`/store/order/${a}`)
    return (await get(`/store/order/${b}`)).json?.name !== 'b.test'
  },
  b33: async () => {
    const id = await order('x.test')
    const text = await raw(`DELETE {{base}}/store/order/${id} HTTP/1.1\r\nHost: x\r\n\r\n`)
    return /^HTTP\/1.1 204/.test(text) && text.split('\r\n\r\n')[1].length > 0
  },
  b34: async () => {
    const [u] = await newUser({ firstName: 'ﬁnn ①' })
    return (await get(member(u.username))).json.firstName !== 'ﬁnn ①'
  },
  b35: async () => {
    const [u, r] = await newUser()
    return r.status === 200 && !ok(await get(member(u.username)))
  },
  b36: async () => {
    const [a, b] = [unique('a'), unique('b')]
    await post('/user/createWithList', { json: [{ username: a, phone: '0815' }, { username: b }] })
    return (await get(member(b))).json.phone === '0815'
  },
  b37: async () => {
    const [u] = await newUser()
    await login(u.username, u.password)
    return ok(await login(u.username, 'not this'))
  },
  b38: async () => {
    const [u] = await newUser()
    return !/(Z|[+-]\d\d:\d\d)$/.test((await login(u.username, u.password)).headers['x-expires-after'])
  },
  b39: async () => {
    const [u] = await newUser({ username: String(Date.now()) })
    return !ok(await get(member(u.username)))
  },
  b40: async () => !ok(await get('/user/logout')),
}

const status = async (call, ...values) => values.includes((await call).status)
const image = multipart([{ name: 'file', filename: 'a.png', type: 'image/png', value: 'x' }])
const timed = async (work) => {
  const at = Date.now()
  await work()
  return Date.now() - at
}
const freedoms = {
  f01: () => status(put('/domain', { json: { id: 5, name: 5 } }), 400),
  f02: async () =>
    (await status(put('/domain', { json: { id: 5, name: 5 } }), 422)) &&
    (await status(post('/user', { body: '{', type: JSON_TYPE }), 415)),
  f03: () => status(get('/store/order/abc'), 404),
  f04: async () => /-/.test(await order('a.test')),
  f05: async () => (await order('a.test')).length > 9,
  f06: async () =>
    (await post('/store/order', { json: { name: 'a.test', status: 'validated', active: true } })).json.active === false,
  f07: async () => (await post('/domain', { json: { name: `${unique('d')}.test` } })).json.status === 'validated',
  f08: () => status(post('/domain', { json: { name: `${unique('d')}.test` } }), 202),
  f09: async () => {
    const a = JSON.stringify(await allPets())
    await sleep(1800)
    return a !== JSON.stringify(await allPets())
  },
  f10: async () => {
    const [u] = await newUser()
    const r = await del(member(u.username))
    const early = await get(member(u.username))
    await sleep(1300)
    return r.status === 202 && ok(early) && !ok(await get(member(u.username)))
  },
  f11: async () => {
    const [a, b] = [unique('a'), unique('b')]
    const r = await post('/user/createWithList', { json: [{ username: a }, { username: b }] })
    const early = await get(member(b))
    await sleep(1500)
    return r.status === 202 && !ok(early) && ok(await get(member(b)))
  },
  f12: async () => (await newUser())[1].json?.code === 200,
  f13: async () => (await newUser())[1].status === 401,
  f14: async () => {
    const [u] = await newUser()
    return !ok(await login(u.username, u.password))
  },
  f15: async () => {
    const [u] = await newUser()
    return (await post('/user', { json: u })).status === 409
  },
  f16: async () => ok(await login(unique('nobody'), 'x')),
  f17: async () => {
    const [u] = await newUser()
    const [a, b] = [await login(u.username, u.password), await login(u.username, u.password)]
    return a.json !== b.json && a.headers['x-expires-after'].endsWith('+00:00')
  },
  f18: () => status(get('/user/logout'), 204),
  f19: async () => (await get('/user/farmer')).headers['set-cookie']?.length === 2,
  f20: async () =>
    /^HTTP\/1.1 103/.test(await raw('GET {{base}}/user/farmer HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')),
  f21: async () => Boolean((await get('/user/farmer')).trailers['x-checksum']),
  f22: async () => (await timed(() => get('/user/farmer'))) > 200,
  f23: async () => {
    const one = 'GET {{base}}/user/farmer HTTP/1.1\r\nHost: x\r\n\r\n'
    return [...(await raw([one, 50, one, 50, one, 50, one, 50, one, 50, one])).matchAll(/HTTP\/1.1 200/g)].length === 5
  },
  f24: async () => {
    const [u] = await newUser({ firstName: 'Zoë/' })
    return (await get(member(u.username))).text.includes('Zo\\u00eb\\/')
  },
  f25: async () => (await get('/user/farmer')).reason === 'Fine',
  f26: () => status(call('HEAD', '/user/farmer'), 405),
  f27: () => status(call('OPTIONS', '/user/farmer'), 405),
  f28: async () => (await get('/user/farmer')).version === '1.0',
  f29: async () => {
    const p = await somePet()
    await post(`/pet/${p.id}/uploadImage`, image)
    return (await pet(p.id)).photoUrls.length === p.photoUrls.length + 1
  },
  f30: async () => {
    const p = await somePet()
    return (await post(`/pet/${p.id}/uploadImage`, image)).json.code === 0
  },
  f31: async () => (await pet(0))?.id === 0,
  f32: async () => (await allPets()).length === 0,
  f33: async () => (await allPets()).length > 200,
  f34: async () => {
    for (const p of await allPets()) await put('/domain', { json: { id: p.id, name: 'n', photoUrls: [] } })
    const { json } = await get('/store/inventory')
    return json.sold === undefined && json.unknown > 0
  },
  f35: async () => {
    const name = unique('u')
    await post('/user', { json: { username: name } })
    return (await get(member(name))).json.phone === ''
  },
  f36: async () => (await post('/domain', { json: { name: 'UPPER.Test' } })).json.name === 'upper.test',
  f37: async () => {
    const id = await order('a.test')
    return (await get(`/store/order/${id}`)).json.id === id
  },
  f38: async () => {
    const name = `${unique('d')}.test`
    const [a, b] = [await post('/domain', { json: { name } }), await post('/domain', { json: { name } })]
    return a.json.id === b.json.id
  },
  f39: async () => Date.parse((await get('/user/farmer')).headers.date) - Date.now() > 300000,
  f40: async () => await status(get('/user/farmer'), 503),
}

await run({ ...faults, ...freedoms })
