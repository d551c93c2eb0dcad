// Looks for the special behaviour of one variant: `node witness.mjs URL ID` exits 0 if it shows, 1 if not.
import {
  allPets,
  base,
  basic,
  call,
  del,
  get,
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
} from '../witness-lib.mjs'

const XML = { accept: 'application/xml' }
const JSON_ = { accept: 'application/json' }
const pick = (object, ...names) => Object.fromEntries(names.map((name) => [name, object?.[name]]))
/** Prints what was seen, and passes it on. */
function saw(...things) {
  console.log(...things.map((thing) => (typeof thing === 'string' ? thing : JSON.stringify(thing))))
  return things[0]
}
const pet = async (id, options) => get(`/pet/${id}`, options)
/** Replaces the n-th pet and returns what was sent. */
async function changed(n, more) {
  const record = basic(await somePet(n), more)
  const { status } = await put('/domain', { json: record })
  saw(`PUT /domain ${status}`)
  return { ...record, put: status }
}
const escaped = (text) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)
const petXml = (id, name, rest = '') => `<Pet><id>${id}</id><name>${name}</name>${rest}<status>available</status></Pet>`
const host = new URL(base).host
const head = (line, fields = []) => [line, `Host: ${host}`, ...fields, '', ''].join('\r\n')
const statuses = (text) => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => Number(match[1]))
const count = (json) => Object.values(json).reduce((sum, value) => sum + value, 0)

await run({
  // --- freedoms
  f01: async () => saw((await get('/store/inventory', { key: null })).status) === 403,
  f02: async () => /^text\/html/.test(saw((await pet(987654321)).headers['content-type'])),
  f03: async () => {
    const [, answer] = await newUser()
    return saw(answer.status) === 201 && /\/user\//.test(saw(answer.headers.location ?? ''))
  },
  f04: async () => (await changed(0, { name: unique('n') })).put === 204,
  f05: async () => {
    const sent = await changed(1, { name: unique('n') })
    const now = (await pet(sent.id)).json.name
    await sleep(1400)
    const later = (await pet(sent.id)).json.name
    saw(now, later)
    return sent.put === 202 && now !== sent.name && later === sent.name
  },
  f06: async () => {
    await sleep(1100)
    await allPets()
    const record = basic(await somePet(2), { name: unique('n') })
    await put('/domain', { json: record })
    const name = async () => (await allPets()).find(({ id }) => id === record.id)?.name
    const [own, now] = [(await pet(record.id)).json.name, await name()]
    await sleep(1200)
    const later = await name()
    saw(own, now, later)
    return own === record.name && now !== record.name && later === record.name
  },
  f07: async () => {
    const { id } = await changed(3, { tags: [{ id: 5, name: 'kept' }] })
    await put('/domain', { json: { id, name: 'n', photoUrls: [] } })
    return saw((await pet(id)).json).tags?.[0]?.name === 'kept'
  },
  f08: async () => {
    const tokens = [await login('user1', 'secret1'), await login('user1', 'secret1')].map(({ json }) => json)
    saw(...tokens)
    return tokens[0] !== tokens[1]
  },
  f09: async () => {
    const { id } = await somePet(0)
    const seen = [(await pet(id)).json, (await pet(id)).json]
    saw(...seen)
    return seen[0].version !== undefined && seen[0].version !== seen[1].version
  },
  f10: async () => {
    const [user] = await newUser()
    const { id } = (await get(member(user.username))).json
    return saw(id) !== user.id
  },
  f11: async () => {
    const [user] = await newUser({ username: unique('Upper'), email: `${unique('Mail')}@W.test` })
    const shown = (await get(member(user.username))).json
    saw(shown)
    return shown.username === user.username.toLowerCase() && shown.email === user.email.toLowerCase()
  },
  f12: async () => {
    const [user] = await newUser({ lastName: '  Ame\u0301lie ' })
    return saw((await get(member(user.username))).json.lastName) === 'Am\u00e9lie'
  },
  f13: async () => saw((await call('PATCH', '/pet/1')).status) === 404,
  f14: async () => {
    const [user] = await newUser()
    const shown = (await get(member(user.username))).json
    saw(shown)
    return shown.username === user.username && !('password' in shown)
  },
  f15: async () => {
    const [user] = await newUser()
    return saw((await newUser({ email: user.email }))[1].status) === 409
  },
  f16: async () => {
    const text = await raw(
      `${head('POST {{base}}/domain HTTP/1.1', ['Content-Type: application/json', 'Content-Length: 50000'])}{"name"`,
    )
    return statuses(saw(text))[0] === 401 && /connection: close/i.test(text)
  },
  f17: async () => statuses(saw(await raw(head('GET {{base}}/user/user1 HTTP/1.1', ['Connection: close']))))[0] === 403,
  f18: async () => saw((await call('PATCH', '/pet/1')).status) === 501,
  f19: async () => saw((await call('HEAD', '/user/user1')).status) === 405,
  f20: async () =>
    saw(/\b9007199254740993\b/.test((await get('/pet/findByStatus?status=available,pending,sold')).text)),
  f21: async () => {
    const all = []
    for (let i = 0; i < 45; i++) all.push(await get('/user/user1'))
    const refused = all.filter(({ status }) => status === 429)
    saw(refused.length, refused[0]?.headers ?? '')
    return refused.length > 0 && refused[0].headers['retry-after'] === '1'
  },
  f22: async () => {
    const { headers, bytes } = await get('/user/user1', { headers: { 'accept-encoding': 'gzip' } })
    return saw(headers['content-encoding'] ?? 'none') === 'gzip' && bytes[0] === 0x1f
  },
  f23: async () => {
    const { headers, trailers, json } = await get('/user/user1')
    saw(headers, trailers)
    return headers['transfer-encoding'] === 'chunked' && trailers['x-checked'] === 'yes' && json.id === 1
  },
  f24: async () => {
    const { headers, json } = await get('/user/user1')
    saw(headers)
    return !('content-length' in headers) && !('transfer-encoding' in headers) && json.id === 1
  },
  f25: async () => {
    const one = head('GET {{base}}/user/user1 HTTP/1.1')
    const text = await raw([one, 100, one, 100, one, 100, one])
    return saw(statuses(text)).length === 3 && !/connection: close/i.test(text)
  },
  f26: async () => {
    const { reason, raw: fields } = await get('/user/user1')
    saw(reason, fields)
    return reason === ''
  },
  f27: async () => {
    const { id } = await changed(0, { name: 'Zo\u00eb/' })
    return saw((await pet(id)).text).includes('Zo\\u00eb\\/')
  },
  f28: async () => saw((await get('/user/user1', XML)).text).includes('<![CDATA['),
  f29: async () => saw((await get('/user/user1', XML)).bytes.subarray(0, 2).toString('hex')) === 'feff',
  f30: async () => /<ArrayList><item>/.test(saw((await get('/pet/findByStatus?status=sold', XML)).text)),
  f31: async () => statuses(saw(await raw(head('GET {{base}}/user/user1 HTTP/1.1')))).join() === '103,200',
  f32: async () => {
    const { id } = await somePet(0)
    const { etag } = (await pet(id)).headers
    if (!saw(etag ?? '')) return false
    const same = await pet(id, { headers: { 'if-none-match': etag } })
    await changed(0, { name: unique('n') })
    const other = await pet(id, { headers: { 'if-none-match': etag } })
    saw(same.status, other.status)
    return same.status === 304 && other.status === 200
  },
  f33: async () => {
    const times = []
    for (let i = 0; i < 3; i++) {
      const start = performance.now()
      await get('/user/user1')
      times.push(Math.round(performance.now() - start))
    }
    saw(times)
    return Math.min(...times) > 120
  },
  f34: async () => saw((await put('/domain', { json: { id: 1 } })).status) === 422,
  f35: async () => {
    const { status, json } = await post('/domain', { json: { name: `${unique('d')}.example.com` }, ...XML })
    return saw(status) === 200 && saw(json).status === 'missing validation'
  },
  f36: async () => /^ord-/.test(saw((await post('/store/order', { json: { name: 'a.example.com' } })).json.id)),
  f37: async () => {
    const { json } = await post('/domain', { json: { name: `${unique('d')}.example.com` } })
    return saw(json).status === 'validated' && json.active === true
  },
  f38: async () => saw((await get('/store/inventory')).json)['on-hold'] === 3,
  f39: async () => {
    const [user] = await newUser()
    return saw((await del(member(user.username))).status) === 401
  },
  f40: async () => {
    const later = () => sleep(350).then(allPets)
    const seen = [await allPets(), await later(), await later()].map((pets) =>
      pets
        .filter(({ name }) => /^visitor/.test(name))
        .map(({ id, name, status }) => `${id} ${name} ${status}`)
        .join(),
    )
    saw(...seen)
    return seen[0] !== seen[1] && seen[1] !== seen[2]
  },

  // --- faults
  b01: async () => saw((await get('/store/inventory', { key: `${KEY}-old` })).status) === 200,
  b02: async () => {
    const line = 'GET {{base}}/store/inventory HTTP/1.1'
    return saw(statuses(await raw([head(line, [`api_key: ${KEY}`]), 100, head(line)]))).join() === '200,200'
  },
  b03: async () => saw((await call('HEAD', '/store/inventory', { key: null })).status) === 200,
  b04: async () => {
    const [{ id }, name] = [await somePet(0), unique('n')]
    const { status } = await post(`/pet/${id}`, { form: `name=${name}`, key: 'wrong' })
    return saw(status) === 401 && saw((await pet(id)).json).name === name
  },
  b05: async () => {
    await get('/user/logout')
    const after = await get('/store/inventory')
    await login(unique('w'), 'x')
    const again = await get('/store/inventory')
    saw(after.status, again.status)
    return after.status === 401 && again.status === 200
  },
  b06: async () => saw((await get('/store/inventory', { key: null, headers: { Api_Key: KEY } })).status) === 401,
  b07: async () => {
    const { id } = await somePet(0)
    const { status, json } = await pet(id + 2 ** 32)
    saw(status, json)
    return status === 200 && json.id === id
  },
  b08: async () => {
    const [user, created] = await newUser({ username: `${unique('w')}.lee` })
    return ok(created) && saw((await get(member(user.username))).status) === 404
  },
  b09: async () => {
    const at = (await login('user1', 'secret1')).headers['x-expires-after']
    return !(Date.parse(saw(at)) > Date.now())
  },
  b10: async () => {
    const [user, created] = await newUser({ username: `${unique('w')}%41` })
    return ok(created) && saw((await get(member(user.username))).status) === 404
  },
  b11: async () => {
    const [, created] = await newUser({ username: '0' })
    return saw(created.status) === 400
  },
  b12: async () => {
    const start = unique('w').padEnd(32, 'x')
    const [one] = await newUser({ username: `${start}one` })
    await newUser({ username: `${start}two` })
    return saw((await get(member(one.username))).json).username === `${start}two`
  },
  b13: async () => {
    const [{ id }, name] = [await somePet(0), unique('n')]
    await pet(id)
    await post(`/pet/${id}`, { form: `name=${name}` })
    return saw((await pet(id)).json).name !== name
  },
  b14: async () => {
    const { id } = await somePet(0)
    const { etag } = (await pet(id)).headers
    await changed(0, { name: unique('n') })
    return !!etag && saw((await pet(id, { headers: { 'if-none-match': etag } })).status) === 304
  },
  b15: async () => {
    const { id } = await somePet(0)
    await pet(id, XML)
    const { headers } = await pet(id, JSON_)
    return saw(headers['content-type']) === 'application/xml'
  },
  b16: async () => {
    const username = unique('w')
    const before = await get(member(username))
    await newUser({ username })
    const after = await get(member(username))
    saw(before.status, after.status)
    return after.status === 404
  },
  b17: async () => {
    const [user] = await newUser()
    await put(member(user.username), { json: { ...user, phone: 'new' } })
    const phones = []
    for (let i = 0; i < 3; i++) phones.push((await get(member(user.username))).json?.phone)
    return saw(phones).some((phone) => phone !== 'new')
  },
  b18: async () => {
    const tag = unique('t')
    const { id } = await changed(0, { tags: [{ id: 1, name: tag }] })
    await changed(0, { tags: [] })
    return saw((await get(`/pet/findByTags?tags=${tag}`)).json).some((found) => found.id === id)
  },
  b19: async () => {
    const tag = unique('t')
    await changed(0, { tags: [{ id: 1, name: `${tag}-more` }] })
    return saw((await get(`/pet/findByTags?tags=${tag}`)).json).length > 0
  },
  b20: async () => {
    const [pets, inventory] = [await allPets(), (await get('/store/inventory')).json]
    saw(pets.length, inventory)
    return pets.length === 10 && count(inventory) > 10
  },
  b21: async () => {
    const { id, status, name } = await somePet(0)
    const before = (await get('/store/inventory')).json
    await put('/domain', { json: { id, status, name, photoUrls: [] } })
    const after = (await get('/store/inventory')).json
    saw(before, after)
    return after[status] === before[status] + 1
  },
  b22: async () => {
    const { id, put: status } = await changed(0, { tags: [{ id: 'one', name: 5 }] })
    const { tags } = (await pet(id)).json
    await changed(0, {})
    return saw(status) === 200 && saw(tags)[0].name === 5
  },
  b23: async () => {
    const names = ['user1', 'user2', 'user3']
    const answers = await Promise.all(names.map((name) => get(member(name))))
    return saw(answers.map(({ json }) => json.username)).some((name, i) => name !== names[i])
  },
  b24: async () => {
    const [{ id }, name] = [await changed(0, { name: 'old' }), unique('n')]
    await Promise.all([post(`/pet/${id}`, { form: `name=${name}` }), post(`/pet/${id}`, { form: 'status=sold' })])
    const now = (await pet(id)).json
    saw(pick(now, 'name', 'status'))
    return now.name !== name || now.status !== 'sold'
  },
  b25: async () => {
    const answers = await Promise.all([1, 2].map((n) => post('/store/order', { json: { name: `o${n}.example.com` } })))
    const [one, two] = saw(answers.map(({ json }) => json.id))
    return one === two
  },
  b26: async () => {
    const { id } = await changed(0, { name: 'Zo\u00eb' })
    return saw((await pet(id, XML)).text).includes('Zo\u00c3\u00ab')
  },
  b27: async () => {
    const { id } = await changed(0, { name: 'a\u{1f600}b' })
    return saw((await pet(id)).json).name === 'a'
  },
  b28: async () => {
    const { id } = await changed(0, { name: 'a\u0001b' })
    const { text, json } = await pet(id)
    await put('/domain', { json: { id, name: 'n', photoUrls: [] } })
    return saw(text).includes('\u0001') && json === undefined
  },
  b29: async () => {
    const { id } = await somePet(0)
    await put('/domain', { xml: petXml(id, escaped('a&lt;b').replace('&#38;', '&amp;')) })
    return saw((await pet(id)).json).name === 'a<b'
  },
  b30: async () => {
    const { id } = await somePet(0)
    await put('/domain', { xml: petXml(id, 'n', '<photoUrls>one</photoUrls>') })
    return saw((await pet(id)).json).photoUrls === 'one'
  },
  b31: async () => {
    const { text } = await post('/store/order', { json: { name: 'a.example.com', active: false }, ...XML })
    return /<active>\s*<\/active>|<active\/>/.test(saw(text))
  },
  b32: async () => {
    const { id } = await somePet(0)
    const { body } = multipart([{ name: 'additionalMetadata', value: 'x' }], 'one two')
    const type = 'multipart/form-data; boundary="one two"'
    return saw((await post(`/pet/${id}/uploadImage`, { body, type })).status) === 400
  },
  b33: async () => {
    const body = '{"name":"a.example.com"}'
    const first = head('POST {{base}}/domain HTTP/1.1', [
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ])
    const seen = statuses(await raw([first + body, 100, head('GET {{base}}/user/user1 HTTP/1.1')]))
    return saw(seen)[0] === 401 && seen[1] !== 200
  },
  b34: async () => {
    const body = '{"name":"chunk.example.com"}'
    const fields = ['Content-Type: application/json', 'Transfer-Encoding: chunked']
    const text = await raw(
      `${head('POST {{base}}/store/order HTTP/1.1', fields)}${body.length.toString(16).toUpperCase()}\r\n${body}\r\n0\r\n\r\n`,
    )
    return saw(statuses(text))[0] === 400
  },
  b35: async () => {
    const { json } = await post('/store/order', { json: { name: 'a.example.com' } })
    const now = await get(`/store/order/${json.id}`)
    await sleep(2300)
    const later = await get(`/store/order/${json.id}`)
    saw(now.status, later.status)
    return now.status === 200 && later.status !== 200
  },
  b36: async () => {
    const [user] = await newUser({ phone: 'secret' })
    await del(member(user.username))
    await post('/user', { json: { username: user.username } })
    return saw((await get(member(user.username))).json).phone === 'secret'
  },
  b37: async () => {
    const names = [unique('w'), unique('w')]
    const list = [{ username: names[0] }, { username: names[1], userStatus: 'high' }]
    const { status } = await post('/user/createWithList', { json: list })
    const first = await get(member(names[0]))
    saw(status, first.status)
    return status === 400 && first.status === 200
  },
  b38: async () => {
    const { id } = await somePet(5)
    await del(`/pet/${id}`)
    const now = await pet(id)
    await sleep(1900)
    const later = await pet(id)
    saw(now.status, later.status)
    return now.status === 404 && later.status === 200
  },
  b39: async () => {
    let id
    for (const each of await allPets()) {
      if (id === undefined && (await get(`/store/order/${each.id}`)).status === 200) id = each.id
    }
    await del(`/pet/${id}`)
    return saw((await get(`/store/order/${id}`)).status) === 404
  },
  b40: async () => {
    const [user] = await newUser({ password: 'longenough-one' })
    return saw((await login(user.username, 'longenough-two')).status) === 200
  },
})
