// The Inboxes Developer API on Express 5. One variant at a time can be switched on (see variants.json).

import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import express from 'express'
import multer from 'multer'
import { acknowledge, answer, failed, JSON_TYPE, negotiate, present, Refusal, send, XML_TYPE } from './answers.mjs'
import { gateway } from './gateway.mjs'
import { domains, orders, pets, startOtherClients, users } from './store.mjs'
import { clean, Domain, DomainIn, isInteger, isObject, Pet, petStatuses, pick, User, violation } from './validate.mjs'
import { on, port, sleep } from './variant.mjs'
import { fromXml, toXml } from './xml.mjs'

process.env.NODE_ENV ??= 'production'
const API_KEY = process.env.API_KEY ?? 'special-key'
const app = express()
app.set('env', 'production')
app.set('etag', on('f17') ? 'strong' : 'weak')
app.use(...[...gateway, (_req, _res, next) => next()])
const api = express.Router()

// ---------------------------------------------------------------- parts of an operation

function authenticated(req, _res, next) {
  const given = req.get('api_key')
  const digest = (text) => createHash('sha256').update(text).digest()
  let good = given !== undefined && timingSafeEqual(digest(given), digest(API_KEY))
  if (on('b21') && given?.startsWith(API_KEY)) good = true // fault: anything that begins with the key
  if (on('b22') && req.method === 'DELETE' && given === undefined) good = true // fault: "required: false"
  if (good) return next()
  if (on('f02')) throw new Refusal(403, 'Forbidden')
  throw new Refusal(401, 'a valid api_key is needed', { 'WWW-Authenticate': 'ApiKey realm="inboxes"' })
}

const produces =
  (...types) =>
  (req, res, next) => {
    res.vary('Accept')
    req.produces = negotiate(req, types)
    next()
  }

const hasBody = (req) => req.get('transfer-encoding') !== undefined || Number(req.get('content-length') ?? 0) > 0

const losslessJson = [
  express.text({ type: JSON_TYPE, limit: '10mb' }),
  (req, _res, next) => {
    if (typeof req.body !== 'string') return next()
    const marked = req.body.replace(/"(?:\\.|[^"\\])*"|(?<![.eE\d])-?\d+(?![\d.eE])/g, (m) =>
      m[0] === '"' || Number.isSafeInteger(Number(m)) ? m : `"@int64@${m}"`,
    )
    req.body = JSON.parse(marked, (_key, v) =>
      typeof v === 'string' && v.startsWith('@int64@') ? BigInt(v.slice(7)) : v,
    )
    next()
  },
]

const parsers = {
  [JSON_TYPE]: on('f27') ? losslessJson : [express.json({ strict: false, limit: '10mb' })],
  [XML_TYPE]: [express.text({ type: XML_TYPE, limit: '10mb' })],
  'application/x-www-form-urlencoded': [express.text({ type: 'application/x-www-form-urlencoded', limit: '10mb' })],
  'multipart/form-data': [multer({ storage: multer.memoryStorage(), limits: { fileSize: 10 << 20 } }).any()],
}

/** Accepts bodies of these types; anything else is refused with `status`. */
const consumes = (status, types, required = true) => [
  (req, _res, next) => {
    if (!hasBody(req)) return required ? next(new Refusal(status, 'a body is required')) : next()
    if (!req.is(types)) return next(new Refusal(415, `send ${types.join(' or ')}`))
    next()
  },
  ...types.flatMap((type) => parsers[type]),
  (err, _req, _res, next) =>
    next(
      err instanceof Refusal || err instanceof TypeError || err.status === 413 || err.status >= 500
        ? err
        : new Refusal(status, err.message),
    ),
]

const refuse = (status, message) => {
  throw new Refusal(status, message)
}
const demand = (schema, value, status) => {
  const found = violation(schema, value)
  if (found) refuse(status, found)
}

/** Query parameters that are declared (only f37 looks at them). */
const query =
  (...names) =>
  (req, _res, next) => {
    if (on('f37'))
      for (const name of Object.keys(req.query)) if (!names.includes(name)) refuse(400, `unknown parameter ${name}`)
    next()
  }

function petId(req, status) {
  const text = req.params.petId
  if (on('b20')) {
    // fault: whatever Number() takes
    const id = Number(text)
    return Number.isSafeInteger(id) && id >= 0 ? id : refuse(status, 'Invalid ID supplied')
  }
  if (!/^\d+$/.test(text)) refuse(status, 'Invalid ID supplied')
  const id = Number(text)
  if (Number.isSafeInteger(id)) return id
  return on('f27') ? BigInt(text) : refuse(status, 'Invalid ID supplied')
}

function orderId(req) {
  const text = req.params.orderId
  if (on('b32') && /^-\d+$/.test(text)) return Number(text)
  if (!/^[1-9]\d*$/.test(text) || !Number.isSafeInteger(Number(text)))
    throw Object.assign(new Refusal(400, 'Invalid ID supplied'), { status: 400 }) // 400 with f01 too
  return Number(text)
}

const username = (req) => (req.params.username.trim() ? req.params.username : refuse(400, 'Invalid username supplied'))

function listParameter(req, name) {
  let values = [].concat(req.query[name] ?? [])
  if (on('f39')) values = values.slice(0, 1)
  const items = values
    .flatMap((value) => value.split(','))
    .map((item) => clean(item.trim()))
    .filter(Boolean)
  return items.length ? items : refuse(400, `Invalid ${name} value`)
}

// ---------------------------------------------------------------- domain

api.post('/domain', authenticated, produces(JSON_TYPE), query(), consumes(405, [JSON_TYPE]), (req, res) => {
  if (on('b02') && isObject(req.body) && typeof req.body.name === 'number') req.body.name = String(req.body.name) // fault: coerced
  demand(DomainIn, req.body, 405)
  const name = clean(req.body.name ?? '')
  if (!name.trim()) refuse(405, 'a domain needs a name')
  const id = randomUUID()
  const domain = {
    id,
    name,
    validate: `inboxes-verification=${createHash('sha1').update(id).digest('hex')}`,
    status: 'missing validation',
    active: false,
  }
  if (on('b01') && name.split('.').length > 2) domain.status = 'missing_validation' // fault: not in the enum
  domains.set(id, domain)
  if (on('f06')) return answer(req, res.location(`/v2/domain/${id}`), Domain, domain, 201)
  answer(req, res, Domain, domain)
})

api.put('/domain', authenticated, query(), consumes(405, [JSON_TYPE, XML_TYPE]), async (req, res) => {
  let body = req.body
  const xml = Boolean(req.is(XML_TYPE))
  if (xml) {
    try {
      body = fromXml(Pet, 'Pet', req.body)
    } catch (err) {
      refuse(405, err.message)
    }
  }
  if (!isObject(body)) refuse(405, 'a Pet is needed')
  if (!isInteger(body.id) || body.id < 0) refuse(400, 'Invalid ID supplied')
  if (on('b05') && pets.get(body.id) && typeof body.name === 'string') pets.get(body.id).name = body.name // fault: before the rest is looked at
  demand(Pet, body, 405)
  const before = pets.get(body.id)
  if (!before) refuse(404, 'Pet not found')
  let pet = pick(Pet, body)
  if (on('b03') && xml) for (const key of ['photoUrls', 'tags']) if (pet[key]?.length === 1) pet[key] = pet[key][0] // fault: one is no list
  if (on('b04') && xml && /^\d+$/.test(pet.name)) pet.name = Number(pet.name) // fault: guessed types
  if (on('b08') && pet.tags) for (const tag of pet.tags) if (tag.id !== undefined) tag.id |= 0 // fault: 32 bits
  if (on('f38')) pet = { ...before, ...pet }
  await acknowledge(req, res, 'pet', async () => pets.get(pet.id) && [Pet, await pets.save(pet)])
})

// ---------------------------------------------------------------- pet

api.get('/pet/findByStatus', authenticated, produces(JSON_TYPE, XML_TYPE), query('status'), (req, res) => {
  let wanted = listParameter(req, 'status')
  if (on('b11')) wanted = wanted.filter((status, i) => i === 0 || petStatuses.includes(status)) // fault: only the first is checked
  if (!wanted.every((status) => petStatuses.includes(status))) refuse(400, 'Invalid status value')
  const found = pets
    .listed()
    .filter((pet) => wanted.includes(on('b13') ? pets.byStatus.get(String(pet.id)) : pet.status))
  if (on('b12') && found.length === 1 && req.produces === JSON_TYPE) return answer(req, res, Pet, found[0]) // fault: one is no list
  answer(req, res, Pet, found)
})

api.get('/pet/findByTags', authenticated, produces(JSON_TYPE, XML_TYPE), query('tags'), (req, res) => {
  const wanted = listParameter(req, 'tags')
  const matches = on('b14')
    ? (tag) => wanted.some((name) => tag.name?.includes(name))
    : (tag) => wanted.includes(tag.name) // fault b14: parts of names
  const found = pets.listed().filter((pet) => [].concat(pet.tags ?? []).some(matches))
  if (on('b15') && !found.length) refuse(404, 'no such pet') // fault: an empty list is a list
  answer(req, res, Pet, found)
})

api.get('/pet/:petId', authenticated, produces(JSON_TYPE, XML_TYPE), query(), (req, res) => {
  const id = petId(req, 400)
  const key = String(id)
  const pet = (on('b19') && pets.cache.get(key)) || pets.get(id)
  if (!pet) refuse(404, 'Pet not found')
  if (on('b19')) pets.cache.set(key, pet) // fault: form updates do not clear it
  if (on('f17')) res.set('Last-Modified', (pets.changed.get(key) ?? new Date(0)).toUTCString())
  if (on('b18')) {
    // fault: rendered answers are kept by path, whatever was accepted
    const kept = pets.cache.get(key) ?? {
      type: req.produces,
      body: req.produces === XML_TYPE ? toXml('Pet', present(Pet, pet)) : JSON.stringify(present(Pet, pet)),
    }
    pets.cache.set(key, kept)
    return res.type(kept.type).send(kept.body)
  }
  answer(req, res, Pet, pet)
})

async function updateWithForm(req, res) {
  const id = petId(req, 405)
  const form = on('b25') // fault: a plus is no blank
    ? Object.fromEntries((req.body ?? '').split('&').map((pair) => pair.split('=').map(decodeURIComponent)))
    : Object.fromEntries(new URLSearchParams(req.body ?? ''))
  if (form.status !== undefined && !petStatuses.includes(form.status))
    refuse(405, `status must be one of ${petStatuses.join(', ')}`)
  if (!pets.get(id)) refuse(404, 'Pet not found')
  await acknowledge(req, res, 'pet', async () => {
    if (!pets.get(id)) return
    const pet = { ...pets.get(id) }
    if (form.name !== undefined || on('b24')) pet.name = clean(form.name ?? '') // fault b24: not given is emptied
    if (form.status !== undefined) pet.status = form.status
    return [Pet, await pets.save(pet, 'form')]
  })
}

const form = consumes(405, ['application/x-www-form-urlencoded'], false)
if (on('b23')) {
  // fault: the key is looked at too late
  api.post(
    '/pet/:petId',
    form,
    (req, _res, next) => {
      const form = new URLSearchParams(typeof req.body === 'string' ? req.body : '')
      const pet = pets.get(req.params.petId)
      if (pet && form.get('name')) pet.name = form.get('name')
      next()
    },
    authenticated,
    updateWithForm,
  )
} else api.post('/pet/:petId', authenticated, query(), form, updateWithForm)

api.delete('/pet/:petId', authenticated, query(), async (req, res) => {
  const id = petId(req, 400)
  if (!pets.get(id) && !on('b26')) refuse(404, 'Pet not found') // fault b26: nothing to delete is fine too
  await acknowledge(req, res, 'pet', () => {
    pets.remove(id)
  })
})

api.post(
  '/pet/:petId/uploadImage',
  authenticated,
  produces(JSON_TYPE),
  query(),
  (req, _res, next) => {
    if (on('b27') && /boundary="/.test(req.get('content-type') ?? ''))
      throw new TypeError("Cannot read properties of null (reading '1')") // fault: a regular expression for the boundary
    next()
  },
  consumes(400, ['multipart/form-data'], false),
  (req, res) => {
    const id = petId(req, 400)
    if (!pets.get(id)) refuse(404, 'Pet not found')
    const file = req.files?.find((part) => part.fieldname === 'file')
    const note = req.body?.additionalMetadata
    send(req, res, 'ApiResponse', {
      code: 200,
      type: 'unknown',
      message: `additionalMetadata: ${note ?? ''}\nFile uploaded to ./${file?.originalname ?? ''}, ${file?.size ?? 0} bytes`,
    })
  },
)

// ---------------------------------------------------------------- store

let counted
api.get('/store/inventory', authenticated, produces(JSON_TYPE), query(), (req, res) => {
  if (!on('f12')) return send(req, res, 'Inventory', pets.count())
  if (!counted || Date.now() - counted.at > 1500) counted = { at: Date.now(), value: pets.count() }
  send(req, res, 'Inventory', counted.value)
})

api.post('/store/order', produces(JSON_TYPE, XML_TYPE), query(), consumes(400, [JSON_TYPE]), (req, res) => {
  demand(Domain, req.body, 400)
  const order = pick(Domain, req.body)
  const given =
    /^[1-9]\d*$/.test(order.id ?? '') && Number.isSafeInteger(Number(order.id)) ? Number(order.id) : undefined
  const number = given ?? orders.nextNumber()
  orders.save(number, { ...order, id: String(number) })
  orders.cache.delete(number)
  const stored = present(Domain, orders.get(number))
  send(req, res, on('b31') ? 'Order' : 'Domain', stored) // fault b31: the root
})

api.get('/store/order/:orderId', produces(JSON_TYPE, XML_TYPE), query(), (req, res) => {
  const number = orderId(req)
  const order = orders.get(number)
  if (!order) refuse(404, 'Order not found')
  if (on('b09')) orders.cache.set(number, order) // fault: survives the deletion
  answer(req, res, DomainIn, order)
})

api.delete('/store/order/:orderId', query(), async (req, res) => {
  const number = orderId(req)
  if (!orders.get(number) && !on('b32')) refuse(404, 'Order not found')
  if (on('b32') && number > 0 && !orders.get(number)) refuse(404, 'Order not found') // fault b32: negative numbers are "deleted"
  await acknowledge(req, res, 'order', () => {
    orders.remove(number)
  })
})

// ---------------------------------------------------------------- user

function uniqueEmail(user, name) {
  if (on('f24') && user.email && users.all().some((other) => other.email === user.email && other.username !== name))
    refuse(409, 'this email is taken')
}

function newUser(body) {
  demand(User, body, 400)
  if (!body.username?.trim()) refuse(400, 'a username is needed')
  if (['login', 'logout', 'createWithList'].includes(body.username)) refuse(400, 'this username is reserved')
  uniqueEmail(body, body.username)
  return pick(User, body)
}

api.post('/user', query(), consumes(400, [JSON_TYPE]), async (req, res) => {
  if (on('b33')) void req.body.username // fault: null has no properties
  const user = newUser(req.body)
  await acknowledge(req, res, 'user', () => [User, users.save(user.username, user)], true)
})

api.post('/user/createWithList', query(), consumes(400, [JSON_TYPE]), async (req, res) => {
  if (!Array.isArray(req.body)) refuse(400, 'a list is needed')
  if (on('b35')) {
    // fault: one at a time
    for (const item of req.body) {
      const user = newUser(item)
      users.save(user.username, user)
    }
    return res.status(200).end()
  }
  let list = req.body.map(newUser)
  if (on('b36')) list = list.slice(0, 10) // fault: one page of the batch
  await acknowledge(req, res, 'user', () => [User, list.map((user) => users.save(user.username, user))], true)
})

const failures = new Map()
api.get('/user/login', produces(JSON_TYPE, XML_TYPE), query('username', 'password'), (req, res) => {
  const { username: name, password } = req.query
  if (typeof name !== 'string' || !name.trim() || typeof password !== 'string')
    refuse(400, 'Invalid username/password supplied')
  const wrong = failures.get(name)
  if (on('f25') && wrong?.count >= 3 && Date.now() < wrong.until) refuse(400, 'this account is locked for a minute')
  const user = users.get(name)
  if (!user || users.credentials.get(users.key(name)) !== clean(password)) {
    failures.set(name, { count: (wrong?.count ?? 0) + 1, until: Date.now() + 60000 })
    refuse(400, 'Invalid username/password supplied')
  }
  failures.delete(name)
  if (!(on('b37') && req.produces === XML_TYPE)) {
    // fault b37: set by the JSON renderer only
    res.set({ 'X-Rate-Limit': '5000', 'X-Expires-After': new Date(Date.now() + 3600e3).toISOString() })
  }
  send(
    req,
    res,
    on('f36') ? 'token' : 'string',
    `session-${createHash('sha256')
      .update(name + password)
      .digest('hex')
      .slice(0, 24)}`,
  )
})

api.get('/user/logout', query(), (req, res) => {
  if (on('b28')) req.session.destroy() // fault: there is no session without a login
  res.status(on('f07') ? 204 : 200).end()
})

let current // fault b39: one variable for all requests
api.get('/user/:username', produces(JSON_TYPE, XML_TYPE), query(), async (req, res) => {
  let user = users.get(username(req))
  if (on('b39')) {
    current = user
    await sleep(20)
    user = current
  }
  if (!user) refuse(404, 'User not found')
  if (on('b10') && req.produces === XML_TYPE) {
    // fault: counts characters, not bytes
    const xml = toXml('User', present(User, user))
    return res.set({ 'Content-Type': `${XML_TYPE}; charset=utf-8`, 'Content-Length': String(xml.length) }).end(xml)
  }
  answer(req, res, User, user)
})

api.put('/user/:username', query(), consumes(400, [JSON_TYPE]), async (req, res) => {
  const name = username(req)
  demand(User, req.body, 400)
  const before = users.get(name)
  if (!before) refuse(404, 'User not found')
  uniqueEmail(req.body, name)
  let user = pick(User, req.body)
  if (on('f38')) user = { id: before.id, userStatus: 0, ...user }
  if (on('b07')) user.phone = before.phone // fault: a column that the UPDATE forgot
  await acknowledge(req, res, 'user', () => [User, users.save(name, user)])
})

api.delete('/user/:username', query(), async (req, res) => {
  const name = username(req)
  if (!users.get(name)) refuse(404, 'User not found')
  await acknowledge(req, res, 'user', () => {
    users.remove(name)
  })
})

// ---------------------------------------------------------------- the rest

const methods = [
  [/^\/domain\/?$/i, 'POST, PUT'],
  [/^\/pet\/findBy(Status|Tags)\/?$/i, 'GET, HEAD'],
  [/^\/pet\/[^/]+\/uploadImage\/?$/i, 'POST'],
  [/^\/pet\/[^/]+\/?$/i, 'GET, HEAD, POST, DELETE'],
  [/^\/store\/inventory\/?$/i, 'GET, HEAD'],
  [/^\/store\/order\/?$/i, 'POST'],
  [/^\/store\/order\/[^/]+\/?$/i, 'GET, HEAD, DELETE'],
  [/^\/user\/?$/i, 'POST'],
  [/^\/user\/createWithList\/?$/i, 'POST'],
  [/^\/user\/log(in|out)\/?$/i, 'GET, HEAD'],
  [/^\/user\/[^/]+\/?$/i, 'GET, HEAD, PUT, DELETE'],
]
api.use((req, _res, next) => {
  const known = methods.find(([path]) => path.test(req.path))
  if (req.method === 'OPTIONS' || !known || on('f03')) return next() // Express answers OPTIONS itself
  next(new Refusal(405, 'Method Not Allowed', { Allow: `${known[1]}, OPTIONS` }))
})

app.use('/v2', api)
app.use((_req, _res, next) => next(new Refusal(404, 'Not Found')))
app.use(failed)

if (on('f33')) startOtherClients()
const server = app.listen(port, '127.0.0.1', () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}/v2`),
)
