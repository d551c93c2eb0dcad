// The 80 variants: each overrides a part of the policy. `node variants.mjs > variants.json` writes their list.
import { randomBytes, randomUUID } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import * as X from './codec.mjs'

export const variants = {}
const ALL =
  'addDomain updatePet findPetsByStatus findPetsByTags getPetById updatePetWithForm deletePet uploadFile getInventory placeOrder getOrderById deleteOrder createUser createUsersWithListInput loginUser logoutUser getUserByName updateUser deleteUser'
const add = (kind) => (id, operations, title, why, make) => {
  variants[id] = { id, kind, title, why, operations: operations.split(' '), make }
}
const freedom = add('freedom'),
  fault = add('fault')
const QUIET = 'updatePet updatePetWithForm deletePet deleteOrder updateUser deleteUser',
  quiet = QUIET.split(' ')
const sleep = (ms) => new Promise((ok) => setTimeout(ok, ms))
const isObj = X.isObject
const deep = (v, f) =>
  Array.isArray(v)
    ? v.map((x) => deep(x, f))
    : isObj(v)
      ? f(Object.fromEntries(Object.entries(v).map(([k, x]) => [k, deep(x, f)])))
      : v
/** A result changed for the operations named. */
const afterOf = (ops, f) => (p) => ({
  after: async (ctx, r) => (ops.split(' ').includes(ctx.op) ? ((await f(ctx, r, p)) ?? r) : r),
})
const xmlOf = {
  getPetById: 1,
  findPetsByStatus: 1,
  findPetsByTags: 1,
  getUserByName: 1,
  placeOrder: 1,
  getOrderById: 1,
  loginUser: 1,
}

/* ================= freedoms ================= */
freedom(
  'f01',
  'addDomain',
  'A new domain is answered with 201',
  'POST /domain documents no success … the contract suite: "any 2XX; a JSON body is checked against Domain"',
  afterOf('addDomain', (_c, r) => ({ ...r, status: 201 })),
)
freedom(
  'f02',
  QUIET,
  'Updates and deletions are answered with 204',
  'Operations 2, 6, 7, 12, 18, 19 document no success: "any 2XX, any body"',
  afterOf(QUIET, () => ({ status: 204 })),
)
freedom(
  'f03',
  QUIET,
  'Updates and deletions are answered with a plain text message',
  'Operations 2, 6, 7, 12, 18, 19 document no success: "any 2XX, any body"',
  () => ({
    finish: (ctx, rep) => {
      if (quiet.includes(ctx.op) && ctx.method !== 'OPTIONS' && rep.status === 200) {
        rep.body = Buffer.from(`done: ${ctx.method} <${ctx.path}>\n`)
        rep.headers['Content-Type'] = 'text/plain; charset=us-ascii'
        delete rep.headers['Content-Length']
      }
    },
  }),
)
freedom(
  'f04',
  'updatePet updateUser',
  'PUTs are queued: 202 at once, done a second later',
  '"after a 202 it may take 2 s"',
  (_p, store) => {
    const queue = []
    const due = (now = Date.now()) => {
      while (queue.length && queue[0].at <= now) queue.shift().go()
    }
    return {
      early: () => due(),
      before: (ctx) => {
        if (!['GET', 'HEAD'].includes(ctx.method) && !['updatePet', 'updateUser'].includes(ctx.op)) due(Infinity) // other writes come after those queued
        if (ctx.op === 'updatePet' && store.pets.has(ctx.body.id)) {
          queue.push({ at: Date.now() + 1000, go: () => store.pets.has(ctx.body.id) && ctx.o.run(ctx) })
          return { status: 202 }
        }
        if (ctx.op === 'updateUser' && store.users.has(ctx.id)) {
          queue.push({ at: Date.now() + 1000, go: () => store.users.has(ctx.id) && ctx.o.run(ctx) })
          return { status: 202 }
        }
      },
    }
  },
)
freedom(
  'f05',
  'findPetsByStatus findPetsByTags getInventory',
  'Lists and the inventory come from a view that is up to a second old',
  '"a list or the inventory that lags is advice with the time it took, a failure beyond 2 s"',
  (_p, store) => {
    let view,
      at = 0
    return {
      listed: () => {
        if (Date.now() - at > 1000) {
          view = [...store.pets.values()]
          at = Date.now()
        }
        return view
      },
    }
  },
)
freedom(
  'f06',
  'addDomain updatePet placeOrder createUser createUsersWithListInput updateUser',
  'A well-formed but invalid body is refused with 422',
  'Which status refuses an invalid request: "any of 400, 405, 415, 422 refuses; an undocumented one is a warning"',
  () => ({ refused: (ctx, s) => (ctx.given !== undefined && [400, 405].includes(s) ? 422 : s) }),
)
freedom(
  'f07',
  'addDomain updatePet findPetsByStatus findPetsByTags getPetById updatePetWithForm deletePet uploadFile getInventory',
  'A missing or wrong key is 403',
  '"no key or a wrong key: 401 or 403"',
  () => ({ denied: () => 403 }),
)
freedom(
  'f08',
  'placeOrder',
  'Orders sent without an id get a UUID',
  'placeOrder takes and returns Domain, whose `id` is a string: "the round trip is judged only when the returned id is an integer"',
  () => ({
    before: (ctx) => {
      if (ctx.op === 'placeOrder' && ctx.body.id === undefined)
        return { type: 'Domain', value: { active: false, ...ctx.body, id: randomUUID() } }
    },
  }),
)
freedom(
  'f09',
  'loginUser',
  'X-Expires-After with microseconds and the offset +00:00',
  '"|200|X-Expires-After|string|date-time|date in UTC when token expires|"',
  () => ({ stamp: (d) => d.toISOString().replace('Z', '417+00:00') }),
)
freedom(
  'f10',
  'loginUser',
  'Every login gives a new token',
  '"Whether two logins give the same token": "not judged"',
  () => ({ token: () => `${randomBytes(18).toString('base64url')}.${randomBytes(60).toString('base64url')}` }),
)
freedom(
  'f11',
  'addDomain findPetsByStatus findPetsByTags getPetById uploadFile placeOrder getOrderById getUserByName',
  'JSON objects carry further properties, new ones at each read',
  'Properties that the document does not name: "allowed anywhere, at any value, changing at every read; never compared"',
  () => ({
    writeJson: (v, ctx) =>
      X.writeJson(
        ctx.op === 'getInventory'
          ? v
          : deep(v, (o) => ({
              _links: { self: { href: null } },
              ...o,
              [`x_${randomBytes(2).toString('hex')}`]: [Math.random(), { a: [[]] }],
              readAt: new Date().toISOString(),
              $: '',
            })),
      ),
  }),
)
freedom(
  'f12',
  'getUserByName',
  'Users are shown with their password',
  '`password` in User: "its absence is fine; its presence is a note"',
  () => ({ shown: (u) => u }),
)
freedom(
  'f13',
  'createUser createUsersWithListInput updateUser getUserByName',
  'The server gives user ids and ignores those sent',
  'Fields that a server may own (a user\'s id, an order\'s status, validate and active): "a note where it is so every time"',
  (p) => {
    let n = 70000n
    const ids = new Map([['user1', 1n]])
    return {
      keep(u) {
        if (!ids.has(u.username)) ids.set(u.username, ++n)
        return { ...p.keep.call(this, u), id: ids.get(u.username) }
      },
    }
  },
)
freedom(
  'f14',
  'createUser createUsersWithListInput updateUser getUserByName deleteUser loginUser',
  'Emails and usernames are kept in lower case',
  'Texts that a server normalises (letter case of emails, usernames and domains, blanks around a text, NFC): "a note where it is consistent"',
  () => ({ text: (s, k) => (['email', 'username'].includes(k) ? s.toLowerCase() : s) }),
)
freedom(
  'f15',
  'createUser createUsersWithListInput updateUser getUserByName updatePet addDomain placeOrder',
  'All texts are kept in NFC',
  'Texts that a server normalises (letter case of emails, usernames and domains, blanks around a text, NFC): "a note where it is consistent"',
  (p) => ({
    text: (s) => s.normalize('NFC'),
    check: (ctx, type, v) => {
      const nfc = (x) => (typeof x === 'string' ? x.normalize('NFC') : x)
      const walk = (x) =>
        Array.isArray(x)
          ? x.map(walk)
          : isObj(x)
            ? Object.fromEntries(Object.entries(x).map(([k, y]) => [k, k === 'password' ? y : walk(y)]))
            : nfc(x)
      return walk(p.check(ctx, type, v))
    },
    formOf: (s) => p.formOf(s).map(([k, v]) => [k, v.normalize('NFC')]),
    split: (v) => p.split(v.normalize('NFC')),
  }),
)
freedom(
  'f16',
  'placeOrder',
  "The server owns an order's status, validate and active",
  'Fields that a server may own (a user\'s id, an order\'s status, validate and active): "a note where it is so every time"',
  (p) => ({
    check: (ctx, type, v) => {
      const o = p.check(ctx, type, v)
      return ctx.op === 'placeOrder'
        ? { ...o, validate: `_order.${randomBytes(6).toString('hex')}`, status: 'missing validation', active: false }
        : o
    },
  }),
)
freedom(
  'f17',
  'loginUser',
  'After three wrong passwords a name is locked for a second (429 with Retry-After)',
  'Rules of the house: unique emails, verification, lock-out after wrong passwords, a User-Agent: "a note; the suite goes around them"',
  (_p, _store, { Problem }) => {
    const wrong = new Map()
    return {
      before: (ctx) => {
        if (ctx.op !== 'loginUser') return
        const name = ctx.query.find(([k]) => k === 'username')?.[1],
          w = wrong.get(name)
        if (w?.until > Date.now()) throw new Problem(429, 'locked after wrong passwords', { 'Retry-After': '1' })
        try {
          const r = ctx.o.run(ctx)
          wrong.delete(name)
          return r
        } catch (e) {
          const n = (w?.n ?? 0) + 1
          wrong.set(name, n >= 3 ? { n: 0, until: Date.now() + 900 } : { n })
          throw e
        }
      },
    }
  },
)
freedom(
  'f18',
  ALL,
  'Requests without a User-Agent are refused with 403',
  'Rules of the house: unique emails, verification, lock-out after wrong passwords, a User-Agent: "a note; the suite goes around them"',
  (_p, _s, { Problem }) => ({
    early: (ctx) => {
      if (!ctx.headers['user-agent'] && ctx.method !== 'OPTIONS') throw new Problem(403, 'say who you are: User-Agent')
    },
  }),
)
freedom(
  'f19',
  'createUser createUsersWithListInput updateUser',
  'An email that another user has is refused with 409',
  'Rules of the house: unique emails, verification, lock-out after wrong passwords, a User-Agent: "a note; the suite goes around them"',
  (_p, store, { Problem }) => ({
    before: (ctx) => {
      if (!['createUser', 'createUsersWithListInput', 'updateUser'].includes(ctx.op)) return
      const seen = new Map()
      for (const u of [].concat(ctx.body)) {
        const name = ctx.id ?? u.username,
          e = u.email
        if (!e) continue
        if (
          (seen.has(e) && seen.get(e) !== name) ||
          [...store.users.values()].some((x) => x.email === e && x.username !== name)
        )
          throw new Problem(409, 'this email is taken')
        seen.set(e, name)
      }
    },
  }),
)
freedom(
  'f20',
  'findPetsByStatus findPetsByTags getPetById getInventory getOrderById loginUser logoutUser getUserByName',
  'HEAD is refused with 405',
  '"405 or 501; a refused HEAD is one advice"',
  () => ({
    mayHead: false,
    finish: (_ctx, rep) => {
      if (rep.headers.Allow) rep.headers.Allow = rep.headers.Allow.replace('HEAD, ', '')
    },
  }),
)
freedom(
  'f21',
  ALL,
  'Methods outside GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH and TRACE are answered with 501',
  'Methods that a server does not know: "405 or 501; a refused HEAD is one advice"',
  () => ({
    unknownMethod: 501,
    wrongMethod: (ctx) =>
      ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS'].includes(ctx.method) ? 405 : 501,
  }),
)
freedom(
  'f22',
  ALL,
  'Every 20th request meets the rate limit: 429 with Retry-After',
  '"429 and 503 are waited out (`Retry-After`), never counted as a finding before"',
  (_p, _s, { Problem }) => {
    let n = 0
    return {
      early: (ctx) => {
        if (ctx.method !== 'OPTIONS' && ++n % 20 === 0)
          throw new Problem(429, 'slow down', { 'Retry-After': '1', 'X-RateLimit-Remaining': '0' })
      },
    }
  },
)
freedom('f23', ALL, 'Errors are HTML pages of a gateway', '"an error\'s body is not judged"', () => ({
  finish: (_ctx, rep) => {
    if (rep.status >= 400) {
      rep.body = Buffer.from(
        `<!DOCTYPE html>\n<html><head><title>${rep.status}</title></head><body><center><h1>${rep.status} — gateway</h1></center><hr></body></html>\n`,
      )
      rep.headers['Content-Type'] = 'text/html; charset=utf-8'
    }
  },
}))
freedom(
  'f24',
  'addDomain findPetsByStatus findPetsByTags getPetById uploadFile getInventory placeOrder getOrderById loginUser getUserByName',
  'JSON indented with tabs, "/" as "\\/", every character beyond ASCII escaped',
  'The operations table: "J = application/json" (any RFC 8259 spelling; the reference\'s own examples are indented)',
  () => ({
    writeJson: (v) => {
      const pad = (n) => `\r\n${'\t'.repeat(n)}`
      const w = (x, n) =>
        Array.isArray(x)
          ? x.length
            ? `[${pad(n + 1)}${x.map((y) => w(y, n + 1)).join(`,${pad(n + 1)}`)}${pad(n)}]`
            : '[ ]'
          : isObj(x)
            ? `{${Object.keys(x)
                .filter((k) => x[k] !== undefined)
                .map((k) => `${pad(n + 1)}${w(k)} : ${w(x[k], n + 1)}`)
                .join(',')}${pad(n)}}`
            : typeof x === 'string'
              ? JSON.stringify(x)
                  .replace(/\//g, '\\/')
                  .replace(
                    /[\u007f-\uffff]/g,
                    (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
                  )
              : X.writeJson(x)
      return `\r\n${w(v, 0)}\r\n`
    },
  }),
)
freedom(
  'f25',
  'findPetsByStatus findPetsByTags',
  'Lists come in another order at each read',
  '"|*anonymous*|[[Pet](#schemapet)]|false|none|none|": no restriction, no order is promised',
  afterOf('findPetsByStatus findPetsByTags', (_c, r) => ({
    ...r,
    value: r.value
      .map((v) => [Math.random(), v])
      .sort((a, b) => a[0] - b[0])
      .map((x) => x[1]),
  })),
)
freedom(
  'f26',
  Object.keys(xmlOf).join(' '),
  'XML with a standalone declaration, comments, CDATA and character references',
  'The operations table: "X = application/xml"; "element names as in the reference" (any XML 1.0 spelling of them)',
  () => ({
    writeXml: (type, v) => {
      let n = 0
      const refs = (s) =>
        [...s.toWellFormed()]
          .map((c) => (X.xmlText(c) === '\ufffd' ? '\ufffd' : `&#x${c.codePointAt(0).toString(16)};`))
          .join('')
      const esc = (s) => (n++ % 2 && X.xmlText(s) === s ? `<![CDATA[${s}]]>` : refs(s))
      return `<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n<!-- by the gateway -->${X.writeXml(type, v, esc)
        .slice(X.XML_HEAD.length)
        .replace(/^<(\w+)>/, '<$1 ><!-- begin -->')}<!-- end -->\n`
    },
  }),
)
freedom(
  'f27',
  'findPetsByStatus findPetsByTags',
  'The root of XML arrays is <ArrayList>',
  '"the root of an object is judged; the root of an array is not"',
  () => ({ writeXml: (type, v) => X.writeXml(type, v).replace(/<(\/?)Pets>/g, '<$1ArrayList>') }),
)
freedom(
  'f28',
  'addDomain findPetsByStatus findPetsByTags getPetById uploadFile getInventory placeOrder getOrderById loginUser getUserByName',
  'Media types in capitals with a quoted charset',
  'The operations table: "X = application/xml, J = application/json" (type names are case-insensitive, a charset may follow)',
  () => ({
    finish: (_ctx, rep) => {
      const t = rep.headers['Content-Type']
      if (t === X.MIME.json || t === X.MIME.xml)
        rep.headers['Content-Type'] =
          `${t.replace('application', 'Application').replace(/[a-z]+$/, (m) => m.toUpperCase())} ; Charset="UTF-8"`
    },
  }),
)
freedom(
  'f29',
  'findPetsByStatus findPetsByTags getPetById getInventory getOrderById loginUser getUserByName',
  'Bodies are gzipped for clients that accept gzip',
  'The operations table: "X, J [Pet]": the media type of a 200, which a content coding that the client accepts leaves as it is',
  () => ({
    finish: (ctx, rep) => {
      rep.headers.Vary = rep.headers.Vary ? `${rep.headers.Vary}, Accept-Encoding` : 'Accept-Encoding'
      if (
        rep.body &&
        rep.status === 200 &&
        /(^|,)\s*gzip\s*(;\s*q=(1|0?\.\d*[1-9]))?\s*(,|$)/i.test(ctx.headers['accept-encoding'] ?? '')
      ) {
        rep.body = gzipSync(rep.body)
        rep.headers['Content-Encoding'] = 'gzip'
      }
    },
  }),
)
freedom(
  'f30',
  'findPetsByStatus findPetsByTags getPetById getInventory getOrderById loginUser getUserByName',
  'GET bodies are streamed: small chunks, no Content-Length, a trailer',
  'The operations table: "200 body": "X, J [Pet]"; nothing is said of the framing, which HTTP/1.1 leaves to the server',
  (p) => ({
    send: (ctx, rep) => {
      if (!rep.body || ctx.method !== 'GET' || rep.status !== 200 || ctx.c.env.incoming.httpVersion !== '1.1')
        return p.send(ctx, rep)
      const out = ctx.c.env.outgoing,
        { 'Content-Length': _, ...h } = rep.headers
      out.writeHead(200, { ...h, Trailer: 'X-Served-By', 'X-Accel-Buffering': 'no' })
      for (let i = 0; i < rep.body.length; i += 97) out.write(rep.body.subarray(i, i + 97))
      out.addTrailers({ 'X-Served-By': 'edge-7' })
      out.end()
      return RESPONSE_ALREADY_SENT
    },
  }),
)
freedom(
  'f31',
  'getInventory',
  'The inventory has keys of its own beside those of Pet.status',
  'inventory keys: "a map of int32"',
  afterOf('getInventory', (_c, r) => ({
    ...r,
    value: { ...r.value, reserved: 0n, 'in transit': 4n, SOLD_OUT: 2147483647n, '': 0n },
  })),
)
freedom(
  'f32',
  ALL,
  'Paths are matched in any letter case, with or without a trailing slash',
  'Case and trailing slash: "not judged"',
  () => ({
    path: ({ path }) => {
      const q = path.length > 4 ? path.replace(/\/$/, '') : path,
        s = q.split('/')
      return s
        .map((x, i) =>
          i < 3 ||
          (i === 3 && /^(findbystatus|findbytags|inventory|order|login|logout|createwithlist)$/i.test(x)) ||
          i > 4 ||
          (i === 4 && /^uploadimage$/i.test(x))
            ? ({
                findbystatus: 'findByStatus',
                findbytags: 'findByTags',
                createwithlist: 'createWithList',
                uploadimage: 'uploadImage',
              }[x.toLowerCase()] ?? x.toLowerCase())
            : x,
        )
        .join('/')
    },
  }),
)
freedom(
  'f33',
  'addDomain',
  'A new domain is validated and active at once',
  'The domain\'s validation: "enum only"',
  afterOf('addDomain', (_c, r) => ({ ...r, value: { ...r.value, status: 'validated', active: true } })),
)
freedom(
  'f34',
  'findPetsByStatus findPetsByTags getPetById updatePet updatePetWithForm deletePet uploadFile',
  'Half of the seeded pets have ids beyond 2^53',
  'int64 ids beyond 2^53 in what a server shows: "read without loss, never a failure"',
  (_p, store) => {
    for (const [id, pet] of [...store.pets])
      if (id % 2n) {
        store.pets.delete(id)
        const big = 9007199254740993n + id * 1000003n
        store.pets.set(big, { ...pet, id: big })
      }
    return {}
  },
)
freedom(
  'f35',
  'deleteUser',
  'Deleting a user needs a login of that user: 401 without its token',
  '"Can only be done by the logged in user": "sent without credentials; a 401 or 403 is reported as a note"',
  (p, _s, { Problem }) => ({
    before: (ctx) => {
      if (ctx.op === 'deleteUser' && ctx.headers.authorization !== `Bearer ${p.token(ctx.id)}`)
        throw new Problem(401, 'log in first', { 'WWW-Authenticate': 'Bearer realm="users"' })
    },
  }),
)
freedom(
  'f36',
  'getOrderById deleteOrder',
  'Any order id that leads to nothing is 404, integer or not',
  'Order ids: prose says 1 to 10: "400 or 404"; DELETE: "400 or 404"',
  () => ({ refused: (ctx, s) => (['getOrderById', 'deleteOrder'].includes(ctx.op) && s === 400 ? 404 : s) }),
)
freedom(
  'f37',
  'createUser createUsersWithListInput',
  'Users are created with 201, a Location and a JSON body',
  '`default` is "successful operation": "2XX on valid input"',
  () => ({
    finish: (ctx, rep) => {
      if (['createUser', 'createUsersWithListInput'].includes(ctx.op) && ctx.method === 'POST' && rep.status === 200) {
        rep.status = 201
        rep.body = Buffer.from(X.writeJson({ created: [].concat(ctx.body).map((u) => u.username) }))
        rep.headers['Content-Type'] = X.MIME.json
        if (ctx.op === 'createUser')
          rep.headers.Location = `/v2/user/${encodeURIComponent(ctx.body.username.toWellFormed())}`
        delete rep.headers['Content-Length']
      }
    },
  }),
)
freedom(
  'f38',
  ALL,
  'A query parameter that the operation does not document is refused with 400',
  'Unknown query parameters: "not judged"',
  (_p, _s, { Problem }) => ({
    before: (ctx) => {
      const known =
        { findPetsByStatus: ['status'], findPetsByTags: ['tags'], loginUser: ['username', 'password'] }[ctx.op] ?? []
      for (const [k] of ctx.query) if (!known.includes(k)) throw new Problem(400, `unknown query parameter ${k}`)
    },
  }),
)
freedom(
  'f39',
  'loginUser',
  'A name that is not stored may log in with any password',
  'login returns a token nothing accepts: "any stored user with the right password, and any name not stored, gets a deterministic token"',
  (p, store) => ({
    before: (ctx) => {
      const v = (k) => ctx.query.find(([n]) => n === k)?.[1]
      if (
        ctx.op === 'loginUser' &&
        v('username')?.trim() &&
        v('password') !== undefined &&
        !store.users.has(v('username'))
      )
        return {
          type: 'string',
          value: p.token(v('username')),
          headers: { 'X-Rate-Limit': '60', 'X-Expires-After': p.stamp(new Date(Date.now() + 6e5)) },
        }
    },
  }),
)
freedom(
  'f40',
  'updatePet updateUser',
  'After a PUT the fields left out come back with defaults',
  'What PUT does with fields that the body leaves out: "not judged: an id that stays, and defaults that come back, are as right"',
  (p) => ({
    check: (ctx, type, v) => {
      const o = p.check(ctx, type, v)
      return ctx.op === 'updatePet'
        ? { tags: [], status: 'available', ...o }
        : ctx.op === 'updateUser'
          ? { firstName: '', lastName: '', email: '', phone: '', userStatus: 0n, ...o }
          : o
    },
  }),
)

/* ================= faults: obvious ================= */
fault('b01', 'addDomain', 'POST /domain asks for a key but takes any', '"no key or a wrong key: 401 or 403"', (p) => ({
  authorized: (ctx) => (ctx.op === 'addDomain' ? Boolean(ctx.headers.api_key) : p.authorized(ctx)),
}))
fault(
  'b02',
  'addDomain',
  'active is a text: "false"',
  '"|active|boolean|false|none|none|"',
  afterOf('addDomain', (_c, r) => ({ ...r, value: { ...r.value, active: String(r.value.active) } })),
)
fault(
  'b03',
  'updatePet',
  'PUT of an unknown pet creates it',
  '"|404|Not Found|Pet not found|" of PUT /domain',
  (_p, store) => ({
    before: (ctx) => {
      if (ctx.op === 'updatePet') {
        store.pets.set(ctx.body.id, ctx.body)
        return {}
      }
    },
  }),
)
fault(
  'b04',
  'findPetsByStatus',
  'An unknown status gives 200 and an empty list',
  '"|400|Bad Request|Invalid status value|"; "a 2XX or 5XX a failure"',
  () => ({
    before: (ctx) => {
      if (ctx.op === 'findPetsByStatus') {
        const w = ctx.query
          .filter(([k]) => k === 'status')
          .flatMap(([, v]) => v.split(','))
          .map((s) => s.trim())
        if (w.some((s) => s && !X.STATUSES.includes(s))) return { type: { of: 'Pet' }, value: [] }
      }
    },
  }),
)
fault(
  'b05',
  'getPetById',
  'A pet in XML is labelled application/json',
  'Operation 5: "X, J Pet", X = application/xml',
  () => ({
    finish: (ctx, rep) => {
      if (ctx.op === 'getPetById' && rep.status === 200 && rep.headers['Content-Type'] === X.MIME.xml)
        rep.headers['Content-Type'] = X.MIME.json
    },
  }),
)
fault(
  'b06',
  'getInventory',
  'The inventory is an array of rows',
  '"Returns a map of status codes to quantities"',
  afterOf('getInventory', (_c, r) => ({
    ...r,
    value: Object.entries(r.value).map(([status, quantity]) => ({ status, quantity })),
  })),
)
fault(
  'b07',
  'getOrderById',
  'An order id that is no number ends in a 500',
  'Order ids: "400 or 404"; "a 2XX or 5XX a failure"',
  () => ({
    quiet: true,
    refused: (ctx, s) => (ctx.op === 'getOrderById' && s === 400 && ctx.id === undefined ? 500 : s),
  }),
)
fault(
  'b08',
  'loginUser',
  'Any password will do for a stored user',
  '"|400|Bad Request|Invalid username/password supplied|"',
  (_p, store) => ({
    before: (ctx) => {
      if (ctx.op !== 'loginUser') return
      const u = store.users.get(ctx.query.find(([k]) => k === 'username')?.[1])
      if (u)
        ctx.query = [
          ['username', u.username],
          ['password', (u.password ??= '')],
        ]
    },
  }),
)
fault(
  'b09',
  'logoutUser',
  'GET /user/logout is taken for a username: 404',
  '"|default|Default|successful operation|": "2XX on valid input"',
  (_p, _s, { Problem }) => ({
    before: (ctx) => {
      if (ctx.op === 'logoutUser') throw new Problem(404, 'User not found')
    },
  }),
)
fault(
  'b10',
  'createUser addDomain updatePet placeOrder createUsersWithListInput updateUser',
  'Malformed JSON ends in a 500',
  '"any of 400, 405, 415, 422 refuses; an undocumented one is a warning, a 2XX or 5XX a failure"',
  (p) => ({
    quiet: true,
    parseJson: (t) => {
      try {
        return p.parseJson(t)
      } catch (e) {
        throw new Error(e.message)
      }
    },
  }),
)

/* ================= faults: medium ================= */
fault(
  'b11',
  'deletePet',
  'DELETE /pet checks the key only if there is one',
  '"no key or a wrong key: 401 or 403" (deletePet: api_key)',
  (p) => ({ authorized: (ctx) => (ctx.op === 'deletePet' && ctx.headers.api_key === undefined) || p.authorized(ctx) }),
)
fault(
  'b12',
  'updatePet getPetById',
  'From XML, a single photoUrls or tags element becomes a value instead of an array',
  '"|photoUrls|[string]|true|"; "decoded by the schema (types, arrays, one-element arrays)"',
  (_p, store) => ({
    after: (ctx, r) => {
      if (ctx.op === 'updatePet' && /xml/i.test(ctx.headers['content-type']))
        for (const k of ['photoUrls', 'tags']) if (ctx.body[k]?.length === 1) ctx.body[k] = ctx.body[k][0]
      return r
    },
    listed: () => [...store.pets.values()].map((x) => ({ ...x, tags: [].concat(x.tags ?? []) })),
    writeXml: (t, v) =>
      X.writeXml(
        t,
        t === 'Pet'
          ? { ...v, photoUrls: [].concat(v.photoUrls), tags: [].concat(v.tags ?? []) }
          : (v.map?.((y) => ({ ...y, photoUrls: [].concat(y.photoUrls) })) ?? v),
      ),
  }),
)
fault(
  'b13',
  'getPetById updatePetWithForm',
  'GET /pet/{petId} is cached and the form update does not invalidate it',
  '"a record at its own path must be right after any other 2XX"',
  (_p, _store) => {
    const cache = new Map()
    return {
      before: (ctx) => {
        if (ctx.op === 'getPetById' && cache.has(ctx.id)) return { type: 'Pet', value: cache.get(ctx.id) }
        if (ctx.op === 'updatePet') cache.delete(ctx.body.id)
        if (ctx.op === 'deletePet') cache.delete(ctx.id)
      },
      after: (ctx, r) => {
        if (ctx.op === 'getPetById') cache.set(ctx.id, r.value)
        return r
      },
    }
  },
)
fault(
  'b14',
  'findPetsByStatus',
  'Only the first of several comma separated statuses counts',
  '"Multiple status values can be provided with comma separated strings"',
  () => ({
    before: (ctx) => {
      if (ctx.op === 'findPetsByStatus')
        ctx.query = ctx.query.map(([k, v]) => [
          k,
          v.split(',').every((s) => X.STATUSES.includes(s.trim())) ? v.split(',')[0] : v,
        ])
    },
  }),
)
fault(
  'b15',
  'findPetsByTags updatePet',
  'As soon as one pet has no tags, every search by tags is a 500',
  '"|tags|[[Tag](#schematag)]|false|none|none|" (not required); "|200|OK|successful operation|"',
  (_p, store) => ({
    quiet: true,
    before: (ctx) => {
      if (ctx.op === 'findPetsByTags') for (const x of store.pets.values()) x.tags.length
    },
  }),
)
fault(
  'b16',
  'getPetById findPetsByStatus findPetsByTags',
  '& and < are not escaped in the XML of pets',
  '"X, J Pet", X = application/xml: what is sent is not well-formed',
  () => ({ writeXml: (t, v) => (t === 'Pet' || t.of === 'Pet' ? X.writeXml(t, v, (s) => s) : X.writeXml(t, v)) }),
)
fault(
  'b17',
  'updatePetWithForm',
  '"+" in a form stays a plus sign',
  '"\'Content-Type\' => \'application/x-www-form-urlencoded\'"; "|» name|body|string|false|Updated name of the pet|"',
  () => ({ formOf: (s) => X.parseForm(s, { plus: false }) }),
)
fault(
  'b18',
  'updateUser',
  'PUT takes fields of a wrong type and drops them silently',
  '"invalid input means a wrong type"; "any of 400, 405, 415, 422 refuses; … a 2XX or 5XX a failure"',
  (p) => ({
    check: (ctx, t, v) => {
      if (ctx.op !== 'updateUser' || !isObj(v)) return p.check(ctx, t, v)
      const o = {}
      for (const k in X.S.User)
        try {
          Object.assign(o, p.check(ctx, 'User', { [k]: v[k] }))
        } catch {
          /* dropped */
        }
      return o
    },
  }),
)
fault(
  'b19',
  'uploadFile getPetById',
  'An upload saves a half-filled pet: its tags, status and category are gone',
  '"uploads an image" changes nothing else; "a record at its own path must be right after any other 2XX"',
  (_p, store) => ({
    after: (ctx, r) => {
      if (ctx.op === 'uploadFile') {
        const { id, name, photoUrls } = store.pets.get(ctx.id)
        store.pets.set(id, { id, name, photoUrls })
      }
      return r
    },
  }),
)
fault(
  'b20',
  'deletePet findPetsByStatus findPetsByTags',
  'Deleted pets stay in the lists for good',
  '"a list or the inventory that lags is advice with the time it took, a failure beyond 2 s"',
  (_p, store) => {
    const ghosts = new Map()
    return {
      before: (ctx) => {
        if (ctx.op === 'deletePet' && store.pets.has(ctx.id)) ghosts.set(ctx.id, store.pets.get(ctx.id))
      },
      listed: (ctx) =>
        ctx.op === 'getInventory'
          ? store.pets.values()
          : [...store.pets.values(), ...[...ghosts.values()].filter((g) => !store.pets.has(g.id))],
    }
  },
)
fault(
  'b21',
  'getInventory updatePetWithForm',
  'A status changed by form is added to the new count but never taken from the old',
  '"inventory keys": "always current"; "a list or the inventory that lags is … a failure beyond 2 s"',
  (_p, store) => {
    const extra = { available: 0n, pending: 0n, sold: 0n }
    return {
      before: (ctx) => {
        if (ctx.op !== 'updatePetWithForm') return
        const old = store.pets.get(ctx.id)?.status,
          r = ctx.o.run(ctx),
          now = store.pets.get(ctx.id).status
        if (old && old !== now) extra[old]++
        return r ?? {}
      },
      after: (ctx, r) => {
        if (ctx.op === 'getInventory') for (const k in extra) r.value[k] += extra[k]
        return r
      },
    }
  },
)
fault(
  'b22',
  'placeOrder',
  'A placed order in XML has the root <Order>',
  '"the root of an object is judged" (<Domain> in the reference)',
  () => ({
    writeXml: (t, v, ctx) =>
      ctx.op === 'placeOrder' ? X.writeXml(t, v).replace(/<(\/?)Domain>/g, '<$1Order>') : X.writeXml(t, v),
  }),
)
fault(
  'b23',
  'getOrderById',
  'q-values in Accept are ignored: the first known type wins',
  '"XML when preferred (q-values count)": "both are judged"',
  (p) => ({
    accept: (ctx) => {
      if (ctx.op === 'getOrderById')
        for (const r of (ctx.headers.accept ?? '').split(',')) {
          const t = r.split(';')[0].trim().toLowerCase()
          if (t === X.MIME.json) return 'json'
          if (t === X.MIME.xml) return 'xml'
        }
      return p.accept(ctx)
    },
  }),
)
fault(
  'b24',
  'addDomain updatePet placeOrder createUser createUsersWithListInput updateUser',
  'Chunked request bodies are taken for empty ones',
  '"2XX on valid input"; HTTP/1.1: a body may come with Transfer-Encoding: chunked',
  (p) => ({
    readBody: async (ctx) => {
      const b = await p.readBody(ctx)
      return ctx.headers['content-length'] === undefined ? Buffer.alloc(0) : b
    },
  }),
)
fault(
  'b25',
  'createUser getUserByName',
  'Apostrophes, quotes and angle brackets in users are stored as HTML entities',
  '"any other change of a text is a failure"',
  (_p) => ({
    keep: (u) =>
      Object.fromEntries(
        Object.entries(u).map(([k, v]) => [
          k,
          typeof v === 'string' && !['username', 'password'].includes(k)
            ? v.replace(/['"<>]/g, (c) => `&#${c.charCodeAt(0)};`)
            : v,
        ]),
      ),
  }),
)
fault(
  'b26',
  'createUsersWithListInput',
  'A list with one bad user is refused, but the users before it are stored',
  '"a list of users is stored whole or not at all"; "A refused request changes nothing"',
  (p, store) => ({
    check(ctx, type, v) {
      if (ctx.op === 'createUsersWithListInput' && Array.isArray(v))
        return v.map((x, _i) => {
          const u = p.check(ctx, 'User', x)
          if (u.username?.trim()) this.saveUser(store, u.username, u)
          return u
        })
      return p.check(ctx, type, v)
    },
  }),
)
fault(
  'b27',
  'createUsersWithListInput',
  'The last user of a list of several is lost',
  '"Creates list of users with given input array"; "a record at its own path must be right after any other 2XX"',
  () => ({
    before: (ctx) => {
      if (ctx.op === 'createUsersWithListInput' && ctx.body.length > 1) ctx.body = ctx.body.slice(0, -1)
    },
  }),
)
fault(
  'b28',
  'getUserByName updateUser deleteUser',
  'Percent-encoded names in paths are read as Latin-1',
  '"|username|path|string|true|The name that needs to be fetched.|"; "a record at its own path must be right after any other 2XX"',
  (_p) => ({
    before: (ctx) => {
      if (ctx.o.id === 'user') ctx.id = Buffer.from(ctx.id, 'utf8').toString('latin1')
    },
  }),
)
fault(
  'b29',
  'updateUser',
  'Characters beyond the basic plane (emoji) are stored as "?" by PUT',
  '"any other change of a text is a failure"',
  (p) => ({
    check: (ctx, t, v) => {
      const o = p.check(ctx, t, v)
      if (ctx.op === 'updateUser')
        for (const k in o) if (typeof o[k] === 'string') o[k] = o[k].replace(/[\u{10000}-\u{10ffff}]/gu, '?')
      return o
    },
  }),
)
fault(
  'b30',
  'getUserByName',
  'Content-Length counts characters: JSON beyond ASCII is cut',
  'Operation 17: "X, J User": the JSON of a user with an umlaut is incomplete',
  () => ({
    finish: (ctx, rep) => {
      if (ctx.op === 'getUserByName' && rep.status === 200) rep.body = rep.body.subarray(0, rep.body.toString().length)
    },
  }),
)

/* ================= faults: subtle ================= */
fault(
  'b31',
  'updatePet',
  'A refused PUT has already changed the name',
  '"A refused request changes nothing"',
  (p, store) => ({
    check: (ctx, t, v) => {
      if (ctx.op === 'updatePet' && store.pets.has(v.id) && typeof v.name === 'string')
        store.pets.set(v.id, { ...store.pets.get(v.id), name: v.name })
      return p.check(ctx, t, v)
    },
  }),
)
fault(
  'b32',
  'updatePetWithForm',
  'Two form updates of a pet at the same time: one is lost',
  '"a record at its own path must be right after any other 2XX"',
  (_p, store) => ({
    before: async (ctx) => {
      if (ctx.op !== 'updatePetWithForm' || !store.pets.has(ctx.id)) return
      const read = store.pets.get(ctx.id)
      await sleep(40)
      const now = store.pets.get(ctx.id)
      if (!now) return
      ctx.o.run({ ...ctx, store: { pets: { get: () => read, set: (k, x) => store.pets.set(k, x) } } })
      return {}
    },
  }),
)
fault(
  'b33',
  'placeOrder getOrderById',
  'Every tenth order is acknowledged but not stored',
  'Whether a write is done when it is acknowledged: "a record at its own path must be right after any other 2XX"',
  (_p, store) => {
    let n = 0
    return {
      after: (ctx, r) => {
        if (ctx.op === 'placeOrder' && ++n % 10 === 0) store.orders.delete(BigInt(r.value.id))
        return r
      },
    }
  },
)
fault(
  'b34',
  'getUserByName',
  'Users read at the same time are mixed up',
  '"Get user by user name"; "a record at its own path must be right after any other 2XX"',
  (_p, store) => {
    let current
    return {
      before: async (ctx) => {
        if (ctx.op !== 'getUserByName' || !store.users.has(ctx.id)) return
        current = ctx.id
        await sleep(15)
        if (store.users.has(current)) ctx.id = current
      },
    }
  },
)
fault(
  'b35',
  'deleteOrder getOrderById',
  'A deleted order is back after one and a half seconds',
  '"|404|Not Found|Order not found|"; "a record at its own path must be right after any other 2XX"',
  (_p, store) => {
    const back = []
    return {
      early: () => {
        while (back.length && back[0].at < Date.now()) {
          const { k, o } = back.shift()
          if (!store.orders.has(k)) store.orders.set(k, o)
        }
      },
      before: (ctx) => {
        if (ctx.op === 'deleteOrder' && store.orders.has(ctx.id))
          back.push({ at: Date.now() + 1500, k: ctx.id, o: store.orders.get(ctx.id) })
      },
    }
  },
)
fault(
  'b36',
  'deleteUser',
  'Deleting a user deletes all whose names begin alike',
  '"|username|path|string|true|The name that needs to be deleted|"',
  (_p, store) => ({
    before: (ctx) => {
      if (ctx.op === 'deleteUser' && store.users.has(ctx.id)) {
        for (const k of [...store.users.keys()]) if (k.startsWith(ctx.id)) store.users.delete(k)
        return {}
      }
    },
  }),
)
fault(
  'b37',
  'updateUser loginUser',
  'After a PUT the old password still logs in, the new one does not',
  '"|400|Bad Request|Invalid username/password supplied|"; "PUT replaces the whole record, here and for users"',
  (_p, store) => ({
    before: (ctx) => {
      if (ctx.op === 'updateUser') {
        const u = store.users.get(ctx.id)
        if (u?.password !== undefined) ctx.body.password = u.password
      }
    },
  }),
)
fault(
  'b38',
  'createUser getUserByName',
  'User ids are cut to 32 bits',
  '"|id|integer(int64)|false|none|none|" of User',
  (p) => ({
    keep(u) {
      const o = p.keep.call(this, u)
      if (o.id !== undefined) o.id = BigInt.asIntN(32, o.id)
      return o
    },
  }),
)
fault(
  'b39',
  'loginUser',
  'X-Expires-After is missing from logins in XML',
  '"the token is a string; a missing header is a failure"',
  () => ({
    finish: (ctx, rep) => {
      if (ctx.op === 'loginUser' && ctx.media === 'xml') delete rep.headers['X-Expires-After']
    },
  }),
)
fault(
  'b40',
  'getPetById getOrderById getUserByName',
  'HEAD of a record is answered with the body after the headers',
  '"HEAD answers as GET without the body"',
  (p) => ({
    send: (ctx, rep) => {
      if (ctx.method === 'HEAD' && rep.body && xmlOf[ctx.op] && ctx.o.id) {
        const out = ctx.c.env.outgoing
        out.on('finish', () => out.req.socket.write(rep.body))
      }
      return p.send(ctx, rep)
    },
  }),
)

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const list = Object.values(variants).map(({ make, ...meta }) => meta)
  console.log(`[\n${list.map((v) => `  ${JSON.stringify(v)}`).join(',\n')}\n]`)
}
