// The Inboxes Developer API on Hono: one pipeline for all operations, one policy object that variants override.

import { createHash, randomBytes } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import * as X from './codec.mjs'
import { variants } from './variants.mjs'

const BASE = '/v2',
  LIMIT = 10 * 1024 * 1024,
  KEY = process.env.INBOXES_API_KEY ?? 'special-key'
const MAX64 = 2n ** 63n - 1n
export class Problem extends Error {
  constructor(status, detail, headers = {}) {
    super(detail)
    Object.assign(this, { status, headers })
  }
}
const TITLES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
}

/* ---------- the operations ---------- */
const pets = { of: 'Pet' },
  both = ['json', 'xml']
const found = (v, what) =>
  v ??
  (() => {
    throw new Problem(404, `${what} not found`)
  })()
const words = (ctx, name) => {
  const given = ctx.query
    .filter(([k]) => k === name)
    .flatMap(([, v]) => ctx.P.split(v))
    .map((v) => v.trim())
    .filter(Boolean)
  if (!given.length) throw new Problem(400, `${name}: at least one value is needed`)
  return given
}
const naming = (u) => {
  if (!u.username?.trim()) throw new Problem(400, 'a username is needed')
  if (['login', 'logout', 'createWithList'].includes(u.username)) throw new Problem(400, 'this username is reserved')
}
const byId = (a, b) => (a.id < b.id ? -1 : 1)
const list = (ctx, keep) => ({ type: pets, value: [...ctx.P.listed(ctx)].sort(byId).filter(keep) })
const OPS = {
  addDomain: {
    route: 'POST /domain',
    auth: true,
    out: ['json'],
    body: { json: 'DomainIn' },
    badBody: 405,
    run({ store, body, P }) {
      if (!body.name?.trim()) throw new Problem(405, 'a domain needs a name')
      const d = {
        id: randomBytes(12).toString('hex'),
        name: P.text(body.name, 'domain'),
        validate: `inboxes-verify=${randomBytes(16).toString('hex')}`,
        status: 'missing validation',
        active: false,
      }
      store.domains.set(d.id, d)
      return { type: 'Domain', value: d }
    },
  },
  updatePet: {
    route: 'PUT /domain',
    auth: true,
    body: { json: 'Pet', xml: 'Pet' },
    badBody: 405,
    run({ store, body }) {
      found(store.pets.get(body.id), 'Pet')
      store.pets.set(body.id, body)
    },
  },
  findPetsByStatus: {
    query: true,
    route: 'GET /pet/findByStatus',
    auth: true,
    out: both,
    run(ctx) {
      const want = words(ctx, 'status'),
        odd = want.find((s) => !X.STATUSES.includes(s))
      if (odd !== undefined) throw new Problem(400, `${odd} is no status`)
      return list(ctx, (p) => want.includes(p.status))
    },
  },
  findPetsByTags: {
    query: true,
    route: 'GET /pet/findByTags',
    auth: true,
    out: both,
    run(ctx) {
      const want = words(ctx, 'tags')
      return list(ctx, (p) => p.tags?.some((t) => t.name !== undefined && want.includes(t.name.trim())))
    },
  },
  getPetById: {
    route: 'GET /pet/:petId',
    auth: true,
    out: both,
    id: 'pet',
    run: ({ store, id }) => ({ type: 'Pet', value: found(store.pets.get(id), 'Pet') }),
  },
  updatePetWithForm: {
    route: 'POST /pet/:petId',
    auth: true,
    id: 'pet',
    badParam: 405,
    body: { form: 'form' },
    optional: true,
    badBody: 405,
    run({ store, id, body }) {
      const f = {}
      for (const [k, v] of body ?? [])
        if (k === 'name' || k === 'status') {
          if (f[k] !== undefined) throw new Problem(405, `${k} is given twice`)
          f[k] = v
        }
      if (f.status !== undefined && !X.STATUSES.includes(f.status)) throw new Problem(405, 'no such status')
      store.pets.set(id, { ...found(store.pets.get(id), 'Pet'), ...f })
    },
  },
  deletePet: {
    route: 'DELETE /pet/:petId',
    auth: true,
    id: 'pet',
    run({ store, id }) {
      found(store.pets.get(id), 'Pet')
      store.pets.delete(id)
    },
  },
  uploadFile: {
    route: 'POST /pet/:petId/uploadImage',
    auth: true,
    id: 'pet',
    out: ['json'],
    body: { multipart: 'multipart' },
    optional: true,
    run({ store, id, body }) {
      const meta = body?.find((p) => p.name === 'additionalMetadata'),
        file = body?.find((p) => p.name === 'file')
      const note = meta && X.decodeText(meta.data)
      found(store.pets.get(id), 'Pet')
      const said = file ? `stored ${file.filename ?? 'the file'} (${file.data.length} bytes)` : 'nothing to store'
      return {
        type: 'ApiResponse',
        value: {
          code: 200n,
          type: file?.type ?? 'unknown',
          message: note === undefined ? said : `${said}; additionalMetadata: ${note}`,
        },
      }
    },
  },
  getInventory: {
    route: 'GET /store/inventory',
    auth: true,
    out: ['json'],
    run(ctx) {
      const n = Object.fromEntries(X.STATUSES.map((s) => [s, 0n]))
      for (const p of ctx.P.listed(ctx)) if (p.status) n[p.status]++
      return { type: 'map', value: n }
    },
  },
  placeOrder: {
    route: 'POST /store/order',
    out: both,
    body: { json: 'Domain' },
    run({ store, body }) {
      if (body.id === undefined) {
        do store.nextOrder++
        while (store.orders.has(store.nextOrder))
      } else if (!/^[1-9]\d{0,18}$/.test(body.id) || BigInt(body.id) > MAX64)
        throw new Problem(400, 'an order id is a positive integer in decimal')
      const n = body.id === undefined ? store.nextOrder : BigInt(body.id),
        order = { active: false, ...body, id: String(n) }
      store.orders.set(n, order)
      return { type: 'Domain', value: order }
    },
  },
  getOrderById: {
    route: 'GET /store/order/:orderId',
    out: both,
    id: 'order',
    run({ store, id }) {
      const o = store.orders.get(id)
      if (!o) throw new Problem(id < 1n || id > 10n ? 400 : 404, 'Order not found')
      return { type: 'DomainIn', value: { name: o.name } }
    },
  },
  deleteOrder: {
    route: 'DELETE /store/order/:orderId',
    id: 'order',
    run({ store, id }) {
      if (id < 1n) throw new Problem(400, 'order ids are positive')
      found(store.orders.get(id), 'Order')
      store.orders.delete(id)
    },
  },
  createUser: {
    route: 'POST /user',
    body: { json: 'User' },
    run({ store, body, P }) {
      naming(body)
      P.saveUser(store, body.username, body)
    },
  },
  createUsersWithListInput: {
    route: 'POST /user/createWithList',
    body: { json: { of: 'User' } },
    run({ store, body, P }) {
      body.forEach(naming)
      for (const u of body) P.saveUser(store, u.username, u)
    },
  },
  loginUser: {
    query: true,
    route: 'GET /user/login',
    out: both,
    run({ store, query, P }) {
      const [name, pass] = ['username', 'password'].map((k) => query.find(([n]) => n === k)?.[1])
      const u = store.users.get(P.text(name ?? '', 'username'))
      if (!name?.trim() || pass === undefined || !u || u.password === undefined || u.password !== pass)
        throw new Problem(400, 'Invalid username/password supplied')
      return {
        type: 'string',
        value: P.token(name, store),
        headers: { 'X-Rate-Limit': '5000', 'X-Expires-After': P.stamp(new Date(Date.now() + 36e5)) },
      }
    },
  },
  logoutUser: { route: 'GET /user/logout', run() {} },
  getUserByName: {
    route: 'GET /user/:username',
    out: both,
    id: 'user',
    run: ({ store, id, P }) => ({ type: 'User', value: P.shown(found(store.users.get(id), 'User')) }),
  },
  updateUser: {
    route: 'PUT /user/:username',
    id: 'user',
    body: { json: 'User' },
    run({ store, id, body, P }) {
      const old = found(store.users.get(id), 'User')
      P.saveUser(store, id, { id: old.id, password: old.password, ...body, username: id }) // a PUT replaces all but the identity and the secret
    },
  },
  deleteUser: {
    route: 'DELETE /user/:username',
    id: 'user',
    run({ store, id }) {
      found(store.users.get(id), 'User')
      store.users.delete(id)
    },
  },
}
for (const [name, o] of Object.entries(OPS)) {
  o.name = name
  ;[o.method, o.path] = o.route.split(' ')
  o.badParam ??= 400
  o.badBody ??= 400
}
const PATHS = [...new Set(Object.values(OPS).map((o) => o.path))].sort((a, b) => a.includes(':') - b.includes(':'))
const allowOf = (path) =>
  ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']
    .filter(
      (m) =>
        m === 'OPTIONS' || Object.values(OPS).some((o) => o.path === path && o.method === (m === 'HEAD' ? 'GET' : m)),
    )
    .join(', ')

/* ---------- the state ---------- */
function seed() {
  const names = ['Rex', 'Bella', 'Čeněk', "Mac O'Dog", '小黒', 'Tom & Jerry', 'Señor Whiskers', 'Lady', 'Zoë', 'Fido']
  const store = { pets: new Map(), orders: new Map(), domains: new Map(), users: new Map(), nextOrder: 10n }
  for (let i = 1n; i <= 30n; i++) {
    const n = Number(i)
    store.pets.set(i, {
      id: i,
      ...(n % 7 ? { category: { name: ['dogs', 'cats', 'birds'][n % 3] } } : {}),
      name: n <= 10 ? names[n - 1] : `${names[n % 10]} ${n}`,
      photoUrls: n % 5 ? [`https://img.inboxes.com/pets/${n}.jpg`] : [],
      tags: [{ id: BigInt(1 + (n % 3)), name: `tag${1 + (n % 3)}` }, ...(n % 4 ? [] : [{ id: 9n, name: 'featured' }])],
      status: X.STATUSES[n % 3],
    })
  }
  for (let i = 1n; i <= 10n; i++)
    store.orders.set(i, {
      id: String(i),
      name: `shop-${i}.example.com`,
      validate: `order-${i}`,
      status: i % 2n ? 'missing validation' : 'validated',
      active: i % 2n === 0n,
    })
  for (const name of ['mydomain.com', 'theinboxes.com', 'example.org'])
    store.domains.set(name, { id: name, name, validate: 'seed', status: 'validated', active: true })
  store.users.set('user1', {
    id: 1n,
    username: 'user1',
    firstName: 'Una',
    lastName: 'Ser',
    email: 'user1@inboxes.com',
    password: 'secret-1',
    phone: '+1 555 0100',
    userStatus: 1n,
  })
  return store
}

/* ---------- the policy: what a variant may override ---------- */
export const plain = {
  seed,
  base: BASE,
  early() {}, // may answer or refuse before anything else
  authorized: (ctx) => ctx.headers.api_key === KEY,
  denied: () => 401,
  mayHead: true,
  path: (ctx) => ctx.path,
  wrongMethod: () => 405,
  accept: (ctx) => X.negotiate(ctx.headers.accept, ctx.o.out),
  readBody: (ctx) => readBody(ctx.c.env.incoming),
  parseJson: X.parseJson,
  xmlText: (raw, charset) => X.decodeText(raw, charset),
  check: (_ctx, type, v) => X.check(type, v),
  formOf: (s) => X.parseForm(s),
  split: (v) => v.split(','),
  text: (s) => s, // the text that is kept, by its field
  listed: (ctx) => ctx.store.pets.values(),
  saveUser(store, name, u) {
    store.users.set(this.text(name, 'username'), this.keep(u))
  },
  keep(u) {
    const o = { ...u }
    for (const k in o) if (typeof o[k] === 'string' && k !== 'password') o[k] = this.text(o[k], k)
    return o
  },
  shown: ({ password, ...rest }) => rest,
  token: (name) => createHash('sha256').update(`inboxes:${name}`).digest('hex').slice(0, 32),
  stamp: (d) => d.toISOString().replace(/\.\d+/, ''),
  before() {}, // after all checks of the request; a value returned is the result
  after: (_ctx, result) => result,
  refused: (_ctx, status) => status,
  writeJson: (v) => X.writeJson(v),
  writeXml: (type, v) => X.writeXml(type, v),
  finish: (_ctx, rep) => rep,
  send: (_ctx, rep) => new Response(rep.body, { status: rep.status, headers: rep.headers }),
  unknownMethod: 405,
}

/* ---------- the pipeline ---------- */
function readBody(inc) {
  const tooLarge = (headers) => new Problem(413, 'at most 10 MB', headers),
    huge = { Connection: 'close' }
  if (Number(inc.headers['content-length'] ?? 0) > 8 * LIMIT) throw tooLarge(huge)
  return new Promise((ok, no) => {
    const parts = []
    let n = 0 // a little too much is read to its end, so that the client sees the answer
    inc.on('data', (d) => {
      n += d.length
      if (n <= LIMIT) parts.push(d)
      else {
        parts.length = 0
        if (n > 8 * LIMIT) no(tooLarge(huge))
      }
    })
    inc.on('end', () => (n > LIMIT ? no(tooLarge()) : ok(Buffer.concat(parts))))
    for (const end of ['error', 'close']) inc.on(end, () => no(new Problem(400, 'the request broke off')))
  })
}
async function body(ctx) {
  const { o, P } = ctx,
    raw = (ctx.raw = await P.readBody(ctx)),
    refuse = (e) => {
      throw e instanceof X.Bad ? new Problem(o.badBody, e.message) : e
    }
  if (!raw.length) {
    if (o.optional) return undefined
    throw new Problem(o.badBody, 'a body is needed')
  }
  const ct = X.parseHeader(ctx.headers['content-type'])
  const kind = {
    'application/json': 'json',
    'application/xml': 'xml',
    'application/x-www-form-urlencoded': 'form',
    'multipart/form-data': 'multipart',
  }[ct.value]
  if (!kind || !o.body[kind])
    throw new Problem(415, 'this media type is not accepted here', {
      'Accept-Post': Object.keys(o.body)
        .map((k) => ({ ...X.MIME, form: 'application/x-www-form-urlencoded', multipart: 'multipart/form-data' })[k])
        .join(', '),
    })
  if (!/^(identity)?$/i.test(ctx.headers['content-encoding'] ?? ''))
    throw new Problem(415, 'send the body uncoded', { 'Accept-Encoding': 'identity' })
  try {
    if (kind === 'multipart') return X.parseMultipart(raw, ct.params.boundary)
    if (kind === 'form') return P.formOf(raw.toString('latin1'))
    const declared =
      kind === 'xml'
        ? /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)/.exec(raw.toString('latin1', 0, 200))?.[1]
        : undefined
    const bom =
      raw[0] === 0xff && raw[1] === 0xfe ? 'utf-16le' : raw[0] === 0xfe && raw[1] === 0xff ? 'utf-16be' : undefined
    const text = (kind === 'xml' ? P.xmlText : X.decodeText)(
      raw,
      (kind === 'xml' && bom) || ct.params.charset || declared || 'utf-8',
    )
    if (text === undefined) throw new Problem(415, 'unknown charset')
    const type = o.body[kind]
    const v = (ctx.given =
      kind === 'json'
        ? P.parseJson(text)
        : (() => {
            const n = X.parseXml(text)
            if (n.name !== type) throw new X.Bad(`<${type}> is expected`)
            return P.fromXml ? P.fromXml(type, n) : X.fromXml(type, n)
          })())
    if (o.name === 'updatePet') {
      if (!X.isObject(v)) throw new X.Bad('body must be an object')
      if (!X.int(64, v.id) || v.id < 0n) throw new Problem(400, 'Invalid ID supplied')
    }
    return P.check(ctx, type, v)
  } catch (e) {
    refuse(e)
  }
}
function pathParam(ctx) {
  const { o, P } = ctx,
    bad = (m) => {
      throw new Problem(o.badParam, m)
    }
  let v
  try {
    v = X.percentDecode(ctx.segs[o.id === 'order' ? 3 : 2])
  } catch (e) {
    bad(e.message)
  }
  if (o.id === 'user') return v.trim() ? P.text(v, 'username') : bad('a username is needed')
  if (!/^-?(0|[1-9]\d{0,18})$/.test(v) || BigInt(v) > MAX64 || BigInt(v) < 0n) bad('Invalid ID supplied')
  return BigInt(v)
}
async function operate(ctx) {
  const { o, P } = ctx
  if (o.auth && !P.authorized(ctx))
    throw new Problem(P.denied(ctx), 'a valid api_key is needed', {
      'WWW-Authenticate': 'ApiKey realm="inboxes", in="header", name="api_key"',
    })
  if (o.out && !(ctx.media = P.accept(ctx)))
    throw new Problem(406, `offered here: ${o.out.map((k) => X.MIME[k]).join(', ')}`)
  if (o.body) {
    const e = await body(ctx).then(
      (b) => {
        ctx.body = b
      },
      (err) => err,
    )
    if ([413, 415].includes(e?.status)) throw e
    if (o.id) ctx.id = pathParam(ctx)
    if (e) throw e
  } else if (o.id) ctx.id = pathParam(ctx)
  try {
    ctx.query = X.parseForm(ctx.search, { strict: true })
  } catch (e) {
    if (o.query) throw new Problem(400, e.message)
    ctx.query = []
  }
  try {
    const quick = await P.before(ctx)
    const result = await P.after(ctx, quick ?? o.run(ctx))
    return render(ctx, result ?? {})
  } catch (e) {
    throw e instanceof X.Bad ? new Problem(o.badBody, e.message) : e
  }
}
function render(ctx, { status = 200, type, value, headers = {} }) {
  const { P, o } = ctx,
    rep = { status, headers: { ...headers }, body: null }
  if (o.out) rep.headers.Vary = 'Accept'
  if (type === undefined) return rep
  const media = ctx.media ?? 'json'
  rep.body = Buffer.from(media === 'xml' ? P.writeXml(type, value, ctx) : P.writeJson(value, ctx))
  rep.headers['Content-Type'] = X.MIME[media]
  return rep
}
function problem(ctx, e) {
  if (!(e instanceof Problem)) {
    if (!ctx.P.quiet) console.error(e)
    e = new Problem(500, 'something broke here')
  }
  const status = ctx.P.refused(ctx, e.status, e),
    headers = { ...e.headers, 'Content-Type': 'application/problem+json' }
  if (status === 405) headers.Allow ??= allowOf(ctx.template)
  return {
    status,
    headers,
    body: Buffer.from(
      JSON.stringify({ type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail: e.message }),
    ),
  }
}
function cors(ctx, rep) {
  const { origin } = ctx.headers,
    h = rep.headers
  h['Access-Control-Allow-Origin'] = origin ?? '*'
  if (origin) {
    h['Access-Control-Allow-Credentials'] = 'true'
    h.Vary = h.Vary ? `${h.Vary}, Origin` : 'Origin'
  }
  h['Access-Control-Expose-Headers'] = 'X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate'
}
export async function answer(ctx, work) {
  const { P } = ctx,
    { socket } = ctx.c.env.incoming,
    before = socket.turn
  let rep, done
  socket.turn = new Promise((ok) => {
    done = ok
  })
  await before // pipelined requests are worked on in their order
  try {
    rep = (await P.early(ctx)) ?? (await work(ctx))
  } catch (e) {
    rep = problem(ctx, e)
  }
  done()
  cors(ctx, rep)
  rep = (await P.finish(ctx, rep)) ?? rep
  if (![204, 304].includes(rep.status)) rep.headers['Content-Length'] ??= String(rep.body?.length ?? 0)
  return P.send(ctx, rep)
}

/* ---------- the application ---------- */
export function build(id) {
  const P = { ...plain },
    variant =
      id === 'plain'
        ? undefined
        : (variants[id] ??
          (() => {
            throw new Error(`no variant ${id}`)
          })())
  const store = P.seed()
  if (variant) Object.assign(P, variant.make(plain, store, { Problem, OPS, build }))
  const raw = (env) => {
    const u = env.incoming.url
    return u.startsWith('/') ? u : u.replace(/^[a-z]+:\/\/[^/?]*/i, '') || '/'
  }
  const app = new Hono({ getPath: (_req, { env }) => P.path({ path: raw(env).split(/[?#]/, 1)[0] }) })
  const context = (c, template, o) => {
    const url = raw(c.env),
      [path] = url.split(/[?#]/, 1),
      inc = c.env.incoming
    const segs = path.slice(1).split('/')
    return {
      c,
      P,
      store,
      o,
      op: o?.name,
      template,
      method: inc.method,
      headers: inc.headers,
      path,
      segs,
      search: /\?([^#]*)/.exec(url)?.[1] ?? '',
    }
  }
  const options = (ctx) => {
    const h = ctx.headers,
      asked = h['access-control-request-method']
    if (h.origin && asked)
      return {
        status: 204,
        body: null,
        headers: {
          'Access-Control-Allow-Methods': asked,
          ...(h['access-control-request-headers']
            ? { 'Access-Control-Allow-Headers': h['access-control-request-headers'] }
            : {}),
          'Access-Control-Max-Age': '600',
          Vary: 'Access-Control-Request-Method, Access-Control-Request-Headers',
        },
      }
    if (!ctx.template) throw new Problem(404, 'no such path')
    return { status: 204, headers: { Allow: allowOf(ctx.template) }, body: null }
  }
  const wrongMethod = (ctx) => {
    throw new Problem(ctx.P.wrongMethod(ctx), `${ctx.method} is not for ${ctx.path}`, { Allow: allowOf(ctx.template) })
  }
  for (const path of PATHS) {
    for (const o of Object.values(OPS))
      if (o.path === path)
        app.on(o.method, BASE + path, (c) =>
          answer(context(c, path, o), (ctx) => (ctx.method === 'HEAD' && !P.mayHead ? wrongMethod(ctx) : operate(ctx))),
        )
    app.options(BASE + path, (c) => answer(context(c, path), options))
    app.all(BASE + path, (c) => answer(context(c, path), wrongMethod))
  }
  const front = (value) => (ctx) => {
    if (!['GET', 'HEAD'].includes(ctx.method)) throw new Problem(405, 'read only', { Allow: 'GET, HEAD' })
    return value(ctx)
  }
  app.all('/', (c) =>
    answer(
      context(c),
      front(() => ({
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: Buffer.from(JSON.stringify({ name: 'Inboxes Developer API', base: BASE })),
      })),
    ),
  )
  for (const p of [BASE, `${BASE}/`])
    app.all(p, (c) =>
      answer(
        context(c),
        front(() => ({ status: 302, headers: { Location: '/' }, body: null })),
      ),
    )
  app.all('/healthz', (c) =>
    answer(
      context(c),
      front(() => ({ status: 200, headers: { 'Content-Type': 'text/plain' }, body: Buffer.from('ok\n') })),
    ),
  )
  app.notFound((c) =>
    answer(context(c), (ctx) => {
      if (ctx.method === 'OPTIONS') return options(ctx)
      throw new Problem(404, 'no such path')
    }),
  )
  return { app, P }
}

const arg = (name, otherwise) => {
  const i = process.argv.indexOf(name)
  return i > 0 ? process.argv[i + 1] : otherwise
}
const { app, P } = build(arg('--variant', 'plain'))
const server = serve(
  {
    fetch: app.fetch,
    port: Number(arg('--port', 0)),
    hostname: '127.0.0.1',
    serverOptions: { keepAliveTimeout: 65_000 },
  },
  (a) => console.log(`listening on http://127.0.0.1:${a.port}${BASE}`),
)
const refuse = (socket, status, text, more = '') => {
  if (socket.writableEnded || socket.destroyed) return
  const b = JSON.stringify({ type: 'about:blank', title: text, status, detail: text })
  socket.end(
    `HTTP/1.1 ${status} ${text}\r\nContent-Type: application/problem+json\r\nContent-Length: ${b.length}\r\n${more}Connection: close\r\n\r\n${b}`,
  )
}
const ANY = 'Allow: GET, HEAD, POST, PUT, DELETE, OPTIONS\r\n'
server.on('clientError', (e, socket) => {
  if (e.code === 'ECONNRESET') return socket.destroy()
  if (e.code === 'HPE_INVALID_METHOD' && /^[!#$%&'*+.^_`|~\w-]+ \S+ HTTP\/1/.test(String(e.rawPacket ?? '')))
    return refuse(socket, P.unknownMethod, TITLES[P.unknownMethod], P.unknownMethod === 405 ? ANY : '')
  refuse(
    socket,
    e.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400,
    e.code === 'HPE_HEADER_OVERFLOW' ? 'Request Header Fields Too Large' : 'Bad Request',
  )
})
server.on('connect', (_req, socket) => refuse(socket, 405, 'Method Not Allowed', ANY))
