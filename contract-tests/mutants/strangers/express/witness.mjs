// node witness.mjs BASE_URL ID: 0 where the fault (or freedom) is seen, 1 where it is not.
import {
  allPets,
  bad,
  basic,
  call,
  del,
  get,
  JSON_TYPE,
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
const faults = {
  b01: async () => {
    const r = await post('/domain', { json: { name: `mail.${unique('d')}.test` } })
    return r.json.status !== 'missing validation' && r.json.status !== 'validated'
  },
  b02: async () => ok(await post('/domain', { json: { name: 42 } })),
  b03: async () => {
    const p = await somePet()
    await put('/domain', {
      xml: `<Pet><id>${p.id}</id><name>One</name><photoUrls>http://a.test/1.png</photoUrls></Pet>`,
    })
    return !Array.isArray((await pet(p.id)).photoUrls)
  },
  b04: async () => {
    const p = await somePet()
    await put('/domain', {
      xml: `<Pet><id>${p.id}</id><name>007</name><photoUrls>http://a.test/1.png</photoUrls></Pet>`,
    })
    return (await pet(p.id)).name !== '007'
  },
  b05: async () => {
    const p = await somePet()
    const r = await put('/domain', { json: basic(p, { name: unique('n'), tags: 'none' }) })
    return r.status === 405 && (await pet(p.id)).name !== p.name
  },
  b06: async () => {
    const [a, b] = await allPets()
    const names = [unique('a'), unique('b')]
    const done = await Promise.all([
      put('/domain', { json: basic(a, { name: names[0] }) }),
      put('/domain', { json: basic(b, { name: names[1] }) }),
    ])
    return done.every(ok) && ((await pet(a.id)).name !== names[0] || (await pet(b.id)).name !== names[1])
  },
  b07: async () => {
    const [u] = await newUser()
    const r = await put(member(u.username), { json: { ...u, phone: '99 88', lastName: 'King' } })
    return ok(r) && (await get(member(u.username))).json.phone !== '99 88'
  },
  b08: async () => {
    const p = await somePet()
    await put('/domain', { json: basic(p, { tags: [{ id: 3000000000, name: 'big' }] }) })
    return (await pet(p.id)).tags[0].id !== 3000000000
  },
  b09: async () => {
    const {
      json: { id },
    } = await post('/store/order', { json: { name: 'gone.test' } })
    await get(`/store/order/${id}`)
    await del(`/store/order/${id}`)
    return ok(await get(`/store/order/${id}`))
  },
  b10: async () => {
    const [u] = await newUser({ firstName: 'Zoë', lastName: 'Ångström' })
    const text = await raw(
      `GET {{base}}${member(u.username)} HTTP/1.1\r\nHost: x\r\nUser-Agent: w\r\nAccept: application/xml\r\nConnection: close\r\n\r\n`,
    )
    const [head, body] = text.split('\r\n\r\n')
    return Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? body.length) !== body.length
  },
  b11: async () => ok(await get('/pet/findByStatus?status=available,bogus')),
  b12: async () => {
    for (const p of await allPets()) await put('/domain', { json: basic(p, { status: 'available' }) })
    await put('/domain', { json: basic(await somePet(), { status: 'sold' }) })
    return !Array.isArray((await get('/pet/findByStatus?status=sold')).json)
  },
  b13: async () => {
    const p = (await get('/pet/findByStatus?status=available')).json[0]
    await post(`/pet/${p.id}`, { form: 'status=sold' })
    await sleep(2500)
    return (await get('/pet/findByStatus?status=available')).json.some((q) => q.id === p.id)
  },
  b14: async () => {
    const p = await somePet()
    const tag = unique('t')
    await put('/domain', { json: basic(p, { tags: [{ id: 1, name: `${tag}ish` }] }) })
    return [].concat((await get(`/pet/findByTags?tags=${tag}`)).json ?? []).length > 0
  },
  b15: async () => (await get(`/pet/findByTags?tags=${unique('none')}`)).status !== 200,
  b16: async () => {
    const p = await somePet()
    await put('/domain', { json: basic(p, { name: 'R&B <cat>' }) })
    return !/<name>(R&amp;B &lt;cat(&gt;|>)|<!\[CDATA\[R&B <cat>]]>)<\/name>/.test(
      (await get(`/pet/${p.id}`, { accept: XML_TYPE })).text,
    )
  },
  b17: async () => {
    const p = await somePet()
    return /xml/.test(
      (await get(`/pet/${p.id}`, { accept: 'application/json, application/xml;q=0.2' })).headers['content-type'],
    )
  },
  b18: async () => {
    const p = await somePet()
    await get(`/pet/${p.id}`, { accept: JSON_TYPE })
    return !/xml/.test((await get(`/pet/${p.id}`, { accept: XML_TYPE })).headers['content-type'])
  },
  b19: async () => {
    const p = await somePet()
    await get(`/pet/${p.id}`)
    const name = unique('form')
    await post(`/pet/${p.id}`, { form: `name=${name}` })
    await sleep(2500)
    return (await pet(p.id)).name !== name
  },
  b20: async () => {
    const p = await somePet()
    return ok(await get(`/pet/0x${p.id.toString(16)}`))
  },
  b21: async () => ok(await get('/store/inventory', { key: 'special-key2' })),
  b22: async () => {
    const p = await somePet()
    return ok(await del(`/pet/${p.id}`, { key: null }))
  },
  b23: async () => {
    const p = await somePet()
    const name = unique('stolen')
    const r = await post(`/pet/${p.id}`, { key: 'wrong', form: `name=${name}` })
    return r.status === 401 && (await pet(p.id)).name === name
  },
  b24: async () => {
    const p = await somePet()
    await post(`/pet/${p.id}`, { form: 'status=pending' })
    return (await pet(p.id)).name !== p.name
  },
  b25: async () => {
    const p = await somePet()
    await post(`/pet/${p.id}`, { form: 'name=Big+Red+Dog' })
    return (await pet(p.id)).name !== 'Big Red Dog'
  },
  b26: async () => {
    const p = await somePet()
    await del(`/pet/${p.id}`)
    return ok(await del(`/pet/${p.id}`))
  },
  b27: async () => {
    const p = await somePet()
    const { body } = multipart([{ name: 'file', filename: 'a.png', type: 'image/png', value: 'x' }], 'with space')
    return bad(await post(`/pet/${p.id}/uploadImage`, { body, type: 'multipart/form-data; boundary="with space"' }))
  },
  b28: async () => bad(await get('/user/logout')),
  b29: async () => {
    const p = (await get('/pet/findByStatus?status=sold')).json[0]
    const before = (await get('/store/inventory')).json.sold
    await put('/domain', { json: basic(p, { status: 'sold' }) })
    await sleep(2500)
    return (await get('/store/inventory')).json.sold !== before
  },
  b30: async () => {
    const order = async (name) => (await post('/store/order', { json: { name } })).json.id
    const a = await order('a.test')
    const b = await order('b.test')
    await del(`/store/order/${a}`)
    await order('c.test')
    return (await get(`/store/order/${b}`)).json.name !== 'b.test'
  },
  b31: async () =>
    !/<Domain[\s>]/.test((await post('/store/order', { json: { name: 'x.test' }, accept: XML_TYPE })).text),
  b32: async () => ok(await del('/store/order/-1')),
  b33: async () => bad(await post('/user', { json: null })),
  b34: async () => (await get('/user/constructor')).status !== 404,
  b35: async () => {
    const name = unique('part')
    const r = await post('/user/createWithList', {
      json: [{ username: name }, { username: unique('x'), userStatus: 'one' }],
    })
    return r.status === 400 && ok(await get(member(name)))
  },
  b36: async () => {
    const list = Array.from({ length: 12 }, () => ({ username: unique('l') }))
    const r = await post('/user/createWithList', { json: list })
    return ok(r) && !ok(await get(member(list[11].username)))
  },
  b37: async () => {
    const [u] = await newUser()
    const r = await login(u.username, u.password, { accept: XML_TYPE })
    return ok(r) && !(r.headers['x-rate-limit'] && r.headers['x-expires-after'])
  },
  b38: async () => {
    const [u] = await newUser()
    await put(member(u.username), { json: { ...u, password: 'renewed' } })
    return ok(await login(u.username, u.password)) || !ok(await login(u.username, 'renewed'))
  },
  b39: async () => {
    const [[a], [b]] = [await newUser(), await newUser()]
    const both = await Promise.all([get(member(a.username)), get(member(b.username))])
    return both[0].json.username !== a.username || both[1].json.username !== b.username
  },
  b40: async () => {
    const [u] = await newUser()
    const [v] = await newUser({ username: `${u.username}0` })
    await del(member(u.username))
    return !ok(await get(member(v.username)))
  },
}

const status = async (call, ...values) => values.includes((await call).status)
const rename = async (n = 0) => {
  const p = await somePet(n)
  const name = unique('Re')
  return [p, name, await put('/domain', { json: basic(p, { name }) })]
}
const freedoms = {
  f01: () => status(put('/domain', { json: { id: 'x' } }), 422),
  f02: () => status(get('/store/inventory', { key: 'no' }), 403),
  f03: () => status(call('PATCH', '/domain'), 404),
  f04: () => status(call('PATCH', '/domain'), 501),
  f05: async () => Boolean((await call('OPTIONS', '/nowhere')).headers['access-control-allow-origin']),
  f06: () => status(post('/domain', { json: { name: 'x.test' } }), 201),
  f07: async () => (await rename())[2].status === 204,
  f08: async () => (await rename())[2].json?.photoUrls !== undefined,
  f09: async () => {
    const [p, name, r] = await rename()
    const early = (await pet(p.id)).name
    await sleep(1500)
    return r.status === 202 && early !== name && (await pet(p.id)).name === name
  },
  f10: async () => {
    const [u, r] = await newUser()
    const early = await get(member(u.username))
    await sleep(1700)
    return r.status === 202 && early.status === 404 && ok(await get(member(u.username)))
  },
  f11: async () => {
    const [p, name] = await rename()
    const seen = async () => (await allPets()).some((q) => q.id === p.id && q.name === name)
    const early = await seen()
    await sleep(1700)
    return !early && (await seen())
  },
  f12: async () => {
    const p = (await get('/pet/findByStatus?status=available')).json[0]
    const before = (await get('/store/inventory')).text
    await put('/domain', { json: basic(p, { status: 'sold' }) })
    const early = (await get('/store/inventory')).text
    await sleep(1700)
    return before === early && (await get('/store/inventory')).text !== before
  },
  f13: async () => {
    const p = await somePet()
    const [a, b] = [await pet(p.id), await pet(p.id)]
    return a.reads !== undefined && a.reads !== b.reads
  },
  f14: async () => Object.keys(await somePet())[0] !== 'id',
  f15: async () => (await get('/store/inventory')).text.includes('\n  '),
  f16: async () =>
    (await get('/store/inventory', { headers: { 'accept-encoding': 'gzip' } })).headers['content-encoding'] === 'gzip',
  f17: async () => /^"/.test((await get('/store/inventory')).headers.etag),
  f18: async () => /html/.test((await get('/pet/x')).headers['content-type']),
  f19: async () => (await get('/pet/x')).text === '',
  f20: async () => {
    const [u] = await newUser()
    return (await get(member(u.username))).json.id !== u.id
  },
  f21: async () => {
    const [u] = await newUser({ username: unique('MiXed'), email: 'A@B.Test' })
    const r = await get(member(u.username))
    return ok(r) && r.json.email === 'a@b.test'
  },
  f22: async () => {
    const [u] = await newUser({ firstName: ' Zoe\u0308 ' })
    return (await get(member(u.username))).json.firstName === 'Zoë'
  },
  f23: async () => {
    const [u] = await newUser()
    return (await get(member(u.username))).json.password === undefined
  },
  f24: async () => {
    const [u] = await newUser()
    return (await newUser({ email: u.email }))[1].status === 409
  },
  f25: async () => {
    const [u] = await newUser()
    for (let i = 0; i < 3; i++) await login(u.username, 'no')
    return !ok(await login(u.username, u.password))
  },
  f26: async () => /403/.test(await raw('GET {{base}}/user/keeper HTTP/1.1\r\nHost: x\r\n\r\n')),
  f27: async () => /"id":\d{18,}/.test((await get('/pet/findByStatus?status=available')).text),
  f28: async () => {
    const all = await Promise.all(Array.from({ length: 60 }, () => get('/user/keeper')))
    return all.some((r) => r.status === 429 && r.headers['retry-after'])
  },
  f29: async () => {
    for (let i = 0; i < 25; i++) if ((await get('/user/keeper')).status === 503) return true
    return false
  },
  f30: async () =>
    /^connection: close/im.test(await raw('GET {{base}}/user/keeper HTTP/1.1\r\nHost: x\r\nUser-Agent: x\r\n\r\n')),
  f31: async () => (await get('/user/keeper')).headers['transfer-encoding'] === 'chunked',
  f32: async () => (await get('/user/keeper')).raw.includes('CONTENT-TYPE'),
  f33: async () => {
    const take = async () => [
      (await get('/store/inventory')).text,
      (await post('/store/order', { json: { name: 'z.test' } })).json.id,
    ]
    const a = await take()
    await sleep(600)
    const b = await take()
    return Number(b[1]) > Number(a[1]) + 1
  },
  f34: async () => /^Application\/JSON/.test((await get('/user/keeper')).headers['content-type']),
  f35: async () => {
    const [u] = await newUser({ firstName: 'Zoë' })
    const { text } = await get(member(u.username), { accept: XML_TYPE })
    return text.includes('&#xeb;') && text.includes('<![CDATA[') && !text.startsWith('<?xml')
  },
  f36: async () => /<ArrayOfPet>/.test((await get('/pet/findByStatus?status=available', { accept: XML_TYPE })).text),
  f37: () => status(get('/user/keeper?trace=1'), 400),
  f38: async () => {
    const [u] = await newUser()
    const { id, ...rest } = u
    await put(member(u.username), { json: rest })
    return (await get(member(u.username))).json.id === id
  },
  f39: async () => {
    const one = (await get('/pet/findByStatus?status=available')).json
    const two = (await get('/pet/findByStatus?status=available&status=sold')).json
    return one.length === two.length
  },
  f40: () => status(get('/store/inventory', { accept: 'image/png' }), 200),
}

await run({ ...faults, ...freedoms })
