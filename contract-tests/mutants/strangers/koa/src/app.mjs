import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Router from '@koa/router'
import Koa from 'koa'
import * as yaml from 'yaml'
import {
  BODY_LIMIT,
  decodeText,
  drained,
  FORM_TYPE,
  inflate,
  JSON_TYPE,
  MULTIPART_TYPE,
  negotiate,
  parsePairs,
  parseType,
  percentDecode,
  Refusal,
  readRaw,
  splitTarget,
  toJson,
  XML_TYPE,
  xmlCharset,
} from './http.mjs'
import { parseMultipart } from './multipart.mjs'
import { allowOf, OPERATIONS, resolve } from './operations.mjs'
import { Repository } from './repository.mjs'
import { ApiResponse, check, Domain, DomainIn, isObject, PET_STATUSES, Pet, User } from './schema.mjs'
import { is } from './variant.mjs'
import { wire } from './wire.mjs'
import { fromXml, parseXml, xmlDocument, xmlList, xmlString } from './xml.mjs'

const BASE = '/v2'
const KEYS = (process.env.API_KEY ?? 'special-key')
  .split(',')
  .map((k) => k.trim())
  .filter(Boolean)
const RESERVED = ['login', 'logout', 'createWithList']
const QUIET = ['updatePet', 'updatePetWithForm', 'deletePet', 'deleteOrder', 'updateUser', 'deleteUser']
const DOCUMENT = yaml.parse(readFileSync(new URL('../../../../../openapi.yaml', import.meta.url), 'utf8'))

const TITLES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
  501: 'Not Implemented',
}

export function createApp() {
  const app = new Koa()
  const repo = new Repository()
  const pages = new Map() // rendered pets (b54)
  let listSnapshot = { at: 0 }
  let fieldErrors = [] // b41
  const failures = new Map() // wrong passwords by name

  app.silent = true
  app.on('error', (err) => {
    if (process.env.DEBUG) console.error(err)
  })

  // ---- refusals -----------------------------------------------------------------------------------------------------
  const badParam = (ctx, detail) => new Refusal(ctx.state.op.bad[0], detail)
  const badBody = (ctx, detail) => new Refusal(is('f06') ? 422 : ctx.state.op.bad[1], detail)

  function problem(ctx, status, detail) {
    ctx.status = status
    if (status === 405 && !ctx.response.has('Allow'))
      ctx.set('Allow', ctx.state.route ? allowOf(ctx.state.route, !is('f36')) : 'GET, HEAD, OPTIONS')
    if (status === 401) ctx.set('WWW-Authenticate', 'ApiKey realm="inboxes", header="api_key"')
    if (is('f03')) {
      ctx.type = 'text/html; charset=utf-8'
      ctx.body = `<!doctype html>\n<html><head><title>${status}</title></head><body><h1>Oops & sorry</h1><hr>nginx<br></body></html>\n`
      return
    }
    ctx.body = JSON.stringify({ type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail })
    ctx.set('Content-Type', 'application/problem+json; charset=utf-8')
  }

  // ---- replies ------------------------------------------------------------------------------------------------------
  function write(ctx, type, text) {
    ctx.body = text
    ctx.set('Content-Type', `${type}; charset=utf-8`)
    if (is('b33') && type === JSON_TYPE && Buffer.byteLength(text) !== text.length)
      ctx.body = Buffer.from(text).subarray(0, text.length)
  }

  let views = 0
  const extended = (schema) =>
    is('f02') && (schema === User || schema === DomainIn || schema === Domain || schema === Pet)
      ? { ...schema, properties: { ...schema.properties, fetchedAt: { type: 'string' }, views: { type: 'integer' } } }
      : schema
  function present(schema, value) {
    let shown = value
    if (schema === User && is('f17')) {
      shown = { ...value }
      delete shown.password
    }
    if (schema === Pet && is('f01')) {
      shown = {
        ...value,
        _links: { self: { href: `${BASE}/pet/${value.id}` } },
        rating: null,
        legacy: [1, 'two', [3]],
        Name: 17,
      }
      if (value.category) shown.category = { ...value.category, slug: 'c', id: 3.5 }
      if (value.tags) shown.tags = value.tags.map((t) => ({ ...t, color: { rgb: [0, 0, 0] } }))
    }
    if (extended(schema) !== schema) shown = { ...value, fetchedAt: new Date().toISOString(), views: ++views }
    return shown
  }

  function send(ctx, schema, value, status = 200) {
    ctx.status = status
    if (ctx.state.type === XML_TYPE)
      write(
        ctx,
        XML_TYPE,
        xmlDocument(extended(schema), present(schema, value), is('b47') && schema === User ? 'user' : schema.name),
      )
    else write(ctx, JSON_TYPE, toJson(present(schema, value)))
  }

  function sendList(ctx, list) {
    ctx.status = 200
    let pets = list
    if (is('f59'))
      pets = list
        .map((p) => [Math.random(), p])
        .sort((a, b) => a[0] - b[0])
        .map((p) => p[1])
    pets = pets.map((p) => present(Pet, p))
    if (ctx.state.type === XML_TYPE)
      write(ctx, XML_TYPE, xmlList(extended(Pet), pets, is('f44') ? 'ArrayOfPet' : 'Pets'))
    else write(ctx, JSON_TYPE, toJson(pets))
  }

  function done(ctx, schema, value) {
    if (is('f07') && QUIET.includes(ctx.state.op.id)) {
      ctx.status = 204
      return
    }
    if (is('f10')) {
      ctx.status = 200
      write(ctx, JSON_TYPE, value && schema ? toJson({ ok: true, result: value }) : '"done"')
      return
    }
    ctx.body = null
    ctx.status = 200
  }

  // ---- edge ---------------------------------------------------------------------------------------------------------
  app.use(wire)

  app.use(async (ctx, next) => {
    try {
      await next()
      if (ctx.status === 404 && ctx.body === undefined) throw new Refusal(404, 'no such path')
    } catch (err) {
      if (err instanceof Refusal) {
        for (const [name, value] of Object.entries(err.headers)) ctx.set(name, value)
        problem(ctx, is('f05') && err.status === 401 ? 403 : err.status, err.message)
      } else {
        app.emit('error', err, ctx)
        problem(ctx, 500, 'unexpected failure')
      }
      await drained(ctx.req) // a refusal that overtakes its body would be lost with the connection
    }
    repo.record({ at: Date.now(), operation: ctx.state.op?.id, status: ctx.status }) // never the target: its query may hold a password
  })

  app.use(async (ctx, next) => {
    const origin = ctx.get('origin')
    if (origin && /^[\x21-\x7e]+$/.test(origin)) {
      ctx.set('Access-Control-Allow-Origin', origin)
      ctx.set('Access-Control-Allow-Credentials', 'true')
    } else ctx.set('Access-Control-Allow-Origin', '*')
    ctx.vary('Origin')
    ctx.set(
      'Access-Control-Expose-Headers',
      'X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate, Location',
    )
    if (ctx.method === 'OPTIONS' && origin && ctx.get('access-control-request-method')) {
      ctx.set('Access-Control-Allow-Methods', ctx.get('access-control-request-method'))
      if (ctx.get('access-control-request-headers'))
        ctx.set('Access-Control-Allow-Headers', ctx.get('access-control-request-headers'))
      ctx.set('Access-Control-Max-Age', '600')
      ctx.status = 204
      return
    }
    await next()
  })

  // ---- surroundings: an index, probes, the document -----------------------------------------------------------------
  const surroundings = {
    '/': (ctx) => {
      if (negotiate(ctx.headers.accept, [JSON_TYPE, 'text/html']) === 'text/html')
        write(
          ctx,
          'text/html',
          '<!doctype html><title>Inboxes Developer API</title><h1>Inboxes Developer API</h1><p><a href="/openapi.yaml">document</a></p>',
        )
      else
        write(
          ctx,
          JSON_TYPE,
          toJson({ name: 'Inboxes Developer API', version: '1.0.0', base: BASE, document: '/openapi.json' }),
        )
    },
    '/livez': (ctx) => {
      ctx.body = 'ok\n'
    },
    '/readyz': (ctx) => {
      ctx.body = 'ok\n'
    },
    '/openapi.json': (ctx) => write(ctx, JSON_TYPE, JSON.stringify({ ...DOCUMENT, servers: [{ url: BASE }] })),
    '/openapi.yaml': (ctx) => write(ctx, 'application/yaml', yaml.stringify({ ...DOCUMENT, servers: [{ url: BASE }] })),
    [BASE]: (ctx) => {
      ctx.status = 302
      ctx.set('Location', '/')
      ctx.body = 'see /\n'
    },
    [`${BASE}/`]: (ctx) => {
      ctx.status = 302
      ctx.set('Location', '/')
      ctx.body = 'see /\n'
    },
  }

  app.use(async (ctx, next) => {
    const target = splitTarget(ctx.req.url)
    let path = target.path
    ctx.state.query = target.query
    if (is('f30') && !ctx.get('user-agent'))
      throw new Refusal(
        403,
        'Request forbidden by administrative rules. Please make sure your request has a User-Agent header',
      )
    if (Object.hasOwn(surroundings, path)) {
      if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
        ctx.set('Allow', 'GET, HEAD, OPTIONS')
        if (ctx.method === 'OPTIONS') {
          ctx.status = 204
          return
        }
        throw new Refusal(405, 'read only')
      }
      surroundings[path](ctx)
      return
    }
    if (is('f37')) {
      path = path.replace(/\/+$/, '')
      path = path
        .replace(/^\/(v2)\/(domain|pet|store|user)(?=\/|$)/i, (m) => m.toLowerCase())
        .replace(
          /^(\/v2\/(?:pet|store|user))\/(findByStatus|findByTags|inventory|order|login|logout|createWithList)(?=\/|$)/i,
          (_, a, b) =>
            `${a}/${['findByStatus', 'findByTags', 'inventory', 'order', 'login', 'logout', 'createWithList'].find((n) => n.toLowerCase() === b.toLowerCase())}`,
        )
    }
    const route = path.startsWith(`${BASE}/`) ? resolve(path.slice(BASE.length)) : null
    if (!route) throw new Refusal(404, 'no such path')
    ctx.state.route = route
    if (ctx.method === 'OPTIONS') {
      ctx.set('Allow', allowOf(route, !is('f36')))
      ctx.status = 204
      return
    }
    if (is('f36') && ctx.method === 'HEAD') throw new Refusal(405, 'HEAD is not offered')
    let method = ctx.method === 'HEAD' ? 'GET' : ctx.method
    if (is('b59') && method === 'PATCH' && route.ops.has('PUT')) {
      method = 'PUT'
      ctx.method = 'PUT'
    }
    const op = route.ops.get(method)
    if (!op) {
      if (
        is('f35') &&
        !['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'].includes(ctx.method)
      )
        throw new Refusal(501, 'method is not implemented')
      if (is('f34')) throw new Refusal(404, 'Not Found')
      throw new Refusal(405, `use ${allowOf(route)}`)
    }
    ctx.state.op = op
    ctx.req.url = path // the router sees the path alone
    await next()
  })

  // ---- security -----------------------------------------------------------------------------------------------------
  const digest = (text) => createHash('sha256').update(text).digest()
  function knownKey(given) {
    if (is('b07')) return KEYS.some((key) => timingSafeEqual(Buffer.from(given), Buffer.from(key)))
    return KEYS.some((key) => timingSafeEqual(digest(given), digest(key)))
  }

  async function authenticate(ctx, next) {
    const { op, route } = ctx.state
    if (is('b01') && op.id === 'findPetsByTags') return next()
    if (is('b04') && ctx.method === 'HEAD') return next()
    const key = ctx.get('api_key')
    if (is('b02') && op.id === 'getInventory' && key !== '') return next()
    if (is('b06') && [...repo.sessions.values()].some((s) => s.address === ctx.req.socket.remoteAddress)) return next()
    if (key === '' || !knownKey(key)) {
      if (is('b03') && op.id === 'deletePet' && /^\d+$/.test(route.params.petId))
        repo.deletePet(Number(route.params.petId))
      if (is('b05') && op.id === 'uploadFile' && !repo.getPet(Number(route.params.petId)))
        throw new Refusal(404, 'Pet not found')
      throw new Refusal(401, 'a valid api_key is needed')
    }
    return next()
  }

  async function authorizeUser(ctx, next) {
    const token = /^Bearer\s+(\S+)$/i.exec(ctx.get('authorization'))?.[1]
    if (!token || !repo.sessions.has(token)) throw new Refusal(401, 'log in first')
    return next()
  }

  // ---- negotiation and bodies ---------------------------------------------------------------------------------------
  async function acceptable(ctx, next) {
    const { op } = ctx.state
    if (op.produces) {
      ctx.vary('Accept')
      ctx.state.type = negotiate(ctx.headers.accept, op.produces)
      if (ctx.state.type === null) {
        if (is('b60') && op.id === 'placeOrder') {
          ctx.state.type = JSON_TYPE
          await next()
          ctx.body = null
        }
        throw new Refusal(406, `only ${op.produces.join(' and ')}`)
      }
    }
    return next()
  }

  async function takeBody(ctx, next) {
    const { op } = ctx.state
    if (!op.consumes) return next()
    const header = ctx.headers['content-type']
    let raw = await readRaw(ctx.req, BODY_LIMIT)
    if (raw.length === 0) {
      if (is('b10') && op.id === 'updateUser') ctx.state.body = {}
      else if (op.required) throw badBody(ctx, 'a body is needed')
      return next()
    }
    const { type, params } = parseType(header)
    if (!op.consumes.includes(type) || (is('b51') && type === XML_TYPE && header !== XML_TYPE))
      throw new Refusal(415, `send ${op.consumes.join(' or ')}`, { Accept: op.consumes.join(', ') })
    raw = inflate(raw, ctx.headers['content-encoding'])
    if (raw === null) throw badBody(ctx, 'the body does not decode')
    if (type === MULTIPART_TYPE) {
      ctx.state.body = await parseMultipart(raw, header)
      return next()
    }
    const text = decodeText(raw, type === XML_TYPE ? xmlCharset(raw, params.charset) : params.charset)
    if (text === undefined) throw new Refusal(415, 'unknown charset')
    if (text === null) throw badBody(ctx, 'the body is not in its charset')
    if (type === FORM_TYPE) {
      const pairs = parsePairs(Buffer.from(text).toString('latin1'), { plus: !is('b57') })
      ctx.state.body = pairs
    } else if (type === XML_TYPE) {
      const errors = []
      try {
        const root = parseXml(text)
        if (root.name !== Pet.name) throw new Error(`the root must be ${Pet.name}`)
        ctx.state.body = fromXml(Pet, root, errors)
        ctx.state.xmlErrors = errors
      } catch (err) {
        throw badBody(ctx, `broken XML: ${err.message}`)
      }
    } else {
      if (is('b09') && op.id === 'createUser') ctx.state.body = JSON.parse(text)
      else
        try {
          ctx.state.body = JSON.parse(text)
        } catch {
          throw badBody(ctx, 'the body is not JSON')
        }
    }
    return next()
  }

  async function strictQuery(ctx, next) {
    if (is('f38')) {
      const known = ctx.state.op.query ?? []
      for (const name of parsePairs(ctx.state.query).keys())
        if (!known.includes(name)) throw new Refusal(400, 'unknown query parameter')
    }
    return next()
  }

  // ---- parameters ---------------------------------------------------------------------------------------------------
  const INTEGER = /^(0|-?[1-9]\d*)$/
  function petId(ctx) {
    const text = percentDecode(ctx.state.route.params.petId)
    if (is('b15') && ctx.state.op.id === 'getPetById' && Number.parseInt(text, 10) >= 0)
      return Number.parseInt(text, 10)
    if (is('b16') && ctx.state.op.id === 'deletePet') return Number(BigInt(text))
    if (text === null || !INTEGER.test(text)) throw badParam(ctx, 'Invalid ID supplied')
    if (is('f31') && text.length < 20 && repo.getPet(BigInt(text))) return BigInt(text)
    const id = Number(text)
    if (!Number.isSafeInteger(id) || id < 0) throw badParam(ctx, 'Invalid ID supplied')
    return id
  }
  const pet = (_ctx, id) => {
    const found = repo.getPet(id)
    if (!found) throw new Refusal(404, 'Pet not found')
    return found
  }

  function username(ctx) {
    const name = percentDecode(ctx.state.route.params.username)
    if (name === null || name.trim() === '') throw badParam(ctx, 'Invalid username supplied')
    return name
  }

  function listParam(ctx, name) {
    let values = parsePairs(ctx.state.query).get(name)
    if (!values) throw badParam(ctx, `${name} is needed`)
    if (values.includes(null)) throw badParam(ctx, `${name} is broken`)
    if (is('f39')) values = values.slice(-1)
    let items
    if (is('b20')) {
      const raw = ctx.state.query
        .split('&')
        .filter((p) => p.startsWith(`${name}=`))
        .map((p) => p.slice(name.length + 1))
      items = raw.flatMap((v) => v.split(',')).map((v) => percentDecode(v, true) ?? '')
    } else items = values.flatMap((v) => v.split(','))
    items = items.map((v) => v.trim()).filter((v) => v !== '')
    if (!items.length) {
      if (is('f40') && name === 'tags') return []
      throw badParam(ctx, `${name} is blank`)
    }
    return items
  }

  const refuseErrors = (ctx, errors) => {
    if (errors.length) throw badBody(ctx, errors.slice(0, 5).join('; '))
  }

  // ---- the operations -----------------------------------------------------------------------------------------------
  function listed(search) {
    if (!is('f15')) return search(repo)
    const now = Date.now()
    if (now - listSnapshot.at > 900) {
      const frozen = structuredClone(repo.list())
      listSnapshot = {
        at: now,
        findByStatus: (s) => frozen.filter((p) => s.includes(p.status)),
        findByTags: (t) => frozen.filter((p) => p.tags?.some((x) => t.includes(x.name))),
        inventory: () => Object.fromEntries(PET_STATUSES.map((s) => [s, frozen.filter((p) => p.status === s).length])),
      }
    }
    return search(listSnapshot)
  }

  const newUser = (ctx, body) => {
    refuseErrors(ctx, check(User, body))
    if (body.username === undefined || body.username.trim() === '') throw badBody(ctx, 'a username is needed')
    if (RESERVED.includes(body.username)) throw badBody(ctx, 'this username is reserved')
    if (is('f28') && body.email && repo.emailTaken(body.email, body.username)) throw badBody(ctx, 'this email is taken')
  }

  const handlers = {
    addDomain(ctx) {
      const body = ctx.state.body
      if (is('b08') && isObject(body) && (typeof body.name === 'number' || typeof body.name === 'boolean'))
        body.name = String(body.name)
      const own = check(DomainIn, body)
      if (!own.length && (body.name === undefined || body.name.trim() === '')) own.push('body.name: is needed')
      const errors = is('b41') ? [...fieldErrors, ...own] : own
      fieldErrors = own
      refuseErrors(ctx, errors)
      const domain = repo.addDomain(body.name)
      if (is('f08')) {
        ctx.set('Location', `${BASE}/domain/${domain.id}`)
        ctx.status = 201
        write(ctx, JSON_TYPE, toJson({ id: domain.id }))
        return
      }
      send(ctx, Domain, domain)
    },

    updatePet(ctx) {
      const body = ctx.state.body
      if (!isObject(body)) throw badBody(ctx, 'must be an object')
      if (!Number.isSafeInteger(body.id) || body.id < 0) throw new Refusal(400, 'Invalid ID supplied')
      const errors = [...(ctx.state.xmlErrors ?? []), ...check(Pet, body)].filter(
        (e) =>
          !(is('b49') && e.startsWith('body.photoUrls:')) &&
          !(is('b50') && /name: must be a string/.test(e) && ctx.state.xmlErrors),
      )
      refuseErrors(ctx, errors)
      pet(ctx, body.id)
      pages.delete(body.id)
      done(ctx, Pet, repo.replacePet(body))
    },

    findPetsByStatus(ctx) {
      const statuses = listParam(ctx, 'status')
      if (!is('b17') && !statuses.every((s) => PET_STATUSES.includes(s))) throw badParam(ctx, 'Invalid status value')
      sendList(
        ctx,
        listed((r) => r.findByStatus(statuses)),
      )
    },

    findPetsByTags(ctx) {
      const tags = listParam(ctx, 'tags')
      sendList(
        ctx,
        listed((r) => r.findByTags(tags)),
      )
    },

    getPetById(ctx) {
      const id = petId(ctx)
      const found = pet(ctx, id)
      if (is('b54')) {
        const page = pages.get(id)
        if (page) {
          write(ctx, page.type, page.text)
          return
        }
        send(ctx, Pet, found)
        pages.set(id, { type: ctx.state.type, text: ctx.body })
        return
      }
      send(ctx, Pet, found)
    },

    async updatePetWithForm(ctx) {
      const id = petId(ctx)
      const fields = {}
      for (const [name, values] of ctx.state.body ?? []) {
        if (values.includes(null)) throw badBody(ctx, 'broken percent-encoding')
        if (name === 'name' || name === 'status') fields[name] = values.at(-1)
      }
      if (fields.status !== undefined && !PET_STATUSES.includes(fields.status))
        throw badBody(ctx, 'Invalid input: status')
      pet(ctx, id)
      pages.delete(id)
      done(ctx, Pet, await repo.patchPet(id, fields))
    },

    deletePet(ctx) {
      const id = petId(ctx)
      pet(ctx, id)
      pages.delete(id)
      repo.deletePet(id)
      done(ctx)
    },

    uploadFile(ctx) {
      const id = petId(ctx)
      const { fields, files } = ctx.state.body ?? { fields: {}, files: [] }
      pet(ctx, id)
      const file = files.find((f) => f.name === 'file')
      const message = [
        `additionalMetadata: ${fields.$additionalMetadata ?? ''}`,
        file ? `File uploaded to ./${file.filename ?? 'file'}, ${file.size} bytes` : 'no file',
      ].join('\n')
      send(ctx, ApiResponse, { code: 200, type: file?.type ?? 'unknown', message })
    },

    getInventory(ctx) {
      let counts = listed((r) => r.inventory())
      if (is('f57'))
        counts = {
          ...Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0)),
          reserved: 0,
          'on holiday': 2147483647,
          überfällig: -3,
        }
      ctx.status = 200
      write(ctx, JSON_TYPE, toJson(counts))
    },

    async placeOrder(ctx) {
      const body = ctx.state.body
      refuseErrors(
        ctx,
        check(Domain, body).filter((e) => !(is('b11') && e.startsWith('body.status: must be one of'))),
      )
      if (body.id !== undefined && !(/^[1-9]\d*$/.test(body.id) && Number.isSafeInteger(Number(body.id))))
        throw badBody(ctx, 'Invalid Order')
      send(ctx, Domain, await repo.placeOrder(body))
    },

    getOrderById(ctx) {
      const text = percentDecode(ctx.state.route.params.orderId)
      const number = text !== null && /^[1-9]\d*$/.test(text) ? Number(text) : NaN
      if (is('b21') && number > 10) throw badParam(ctx, 'Invalid ID supplied')
      const order = Number.isSafeInteger(number) ? repo.getOrder(number) : undefined
      if (!order && is('f41')) throw new Refusal(404, 'Order not found')
      if (!order && !(number >= 1 && number <= 10)) throw badParam(ctx, 'Invalid ID supplied')
      if (!order) throw new Refusal(404, 'Order not found')
      if (is('f43')) {
        const full = { type: 'object', name: 'DomainIn', properties: Domain.properties }
        send(ctx, full, order)
        return
      }
      send(ctx, DomainIn, order.name === undefined ? {} : { name: order.name })
    },

    deleteOrder(ctx) {
      const text = percentDecode(ctx.state.route.params.orderId)
      const number = text !== null && /^[1-9]\d*$/.test(text) ? Number(text) : NaN
      if (is('b22') && !(number >= 1)) {
        done(ctx)
        return
      }
      if (!Number.isSafeInteger(number))
        throw is('f41') ? new Refusal(404, 'Order not found') : badParam(ctx, 'Invalid ID supplied')
      if (!repo.deleteOrder(number)) throw new Refusal(404, 'Order not found')
      done(ctx)
    },

    createUser(ctx) {
      const body = ctx.state.body
      newUser(ctx, body)
      const user = repo.storeUser(body, true)
      if (is('f11')) {
        ctx.status = 201
        ctx.set('Location', `${BASE}/user/${encodeURIComponent(user.username.toWellFormed())}`)
        write(ctx, JSON_TYPE, toJson({ code: 201, type: 'created', message: user.username }))
        return
      }
      done(ctx)
    },

    async createUsersWithListInput(ctx) {
      const list = ctx.state.body
      if (!Array.isArray(list)) throw badBody(ctx, 'must be an array')
      if (is('b13'))
        for (const body of list) {
          newUser(ctx, body)
          repo.storeUser(body, true)
        }
      for (const body of list) newUser(ctx, body)
      if (is('f28')) {
        const emails = list.map((u) => u.email).filter(Boolean)
        if (new Set(emails).size !== emails.length) throw badBody(ctx, 'emails must be unique')
      }
      if (is('f13')) {
        setTimeout(() => {
          for (const body of list) repo.storeUser(body, true)
        }, 800).unref()
        ctx.status = 202
        write(ctx, JSON_TYPE, toJson({ job: 'import', size: list.length }))
        return
      }
      for (const body of is('b42') ? list.slice(0, 5) : list) repo.storeUser(body, true)
      done(ctx)
    },

    async loginUser(ctx) {
      const pairs = parsePairs(ctx.state.query)
      const [name] = pairs.get('username') ?? []
      let [password] = pairs.get('password') ?? []
      if (is('b30') && password === undefined && name) password = createHash('sha256').update(password).digest('hex')
      if (!name || name.trim() === '' || password === undefined || password === null)
        throw badParam(ctx, 'Invalid username/password supplied')
      const user = repo.users.get(repo.userKey(name))
      if (is('f29') && (failures.get(name)?.count ?? 0) >= 3 && Date.now() - failures.get(name).at < 60000)
        throw badParam(ctx, 'locked out for a minute')
      if (user ? user.password !== password && !is('b26') : is('f14') || password === '') {
        if (failures.size > 5000) failures.clear()
        failures.set(name, { count: (failures.get(name)?.count ?? 0) + 1, at: Date.now() })
        throw badParam(ctx, 'Invalid username/password supplied')
      }
      failures.delete(name)
      const { token, expires } = repo.openSession(name, ctx.req.socket.remoteAddress)
      ctx.status = 200
      const iso = expires.toISOString()
      ctx.set('X-Rate-Limit', is('f58') ? '2147483647' : '5000')
      ctx.set(
        'X-Expires-After',
        is('b27')
          ? expires.toUTCString()
          : is('f58')
            ? iso.replace(/\.(\d+)Z$/, '.$1250+00:00')
            : iso.replace(/\.\d+Z$/, 'Z'),
      )
      if (ctx.state.type === XML_TYPE) write(ctx, XML_TYPE, xmlString(token))
      else write(ctx, JSON_TYPE, is('b29') ? token : toJson(token))
    },

    logoutUser(ctx) {
      const token = /^Bearer\s+(\S+)$/i.exec(ctx.get('authorization'))?.[1]
      if (is('b14')) repo.sessions.get(token).closed = true
      repo.sessions.delete(token)
      done(ctx)
    },

    async getUserByName(ctx) {
      const user = await repo.getUser(username(ctx))
      if (!user) throw new Refusal(404, 'User not found')
      send(ctx, User, user)
    },

    updateUser(ctx) {
      const name = username(ctx)
      const body = ctx.state.body
      refuseErrors(ctx, check(User, body))
      if (!repo.hasUser(name) && !is('b24')) throw new Refusal(404, 'User not found')
      if (is('f28') && body.email && repo.emailTaken(body.email, name)) throw badBody(ctx, 'this email is taken')
      if (is('f12')) {
        const key = repo.userKey(name)
        const generation = repo.userGeneration.get(key)
        setTimeout(() => {
          if (repo.hasUser(name) && repo.userGeneration.get(key) === generation) repo.replaceUser(name, body)
        }, 900).unref()
        ctx.status = 202
        write(ctx, JSON_TYPE, '{"queued":true}')
        return
      }
      done(ctx, User, repo.replaceUser(name, body))
    },

    deleteUser(ctx) {
      const name = username(ctx)
      if (!repo.deleteUser(name) && !is('b28')) throw new Refusal(404, 'User not found')
      done(ctx)
    },
  }

  // ---- routes -------------------------------------------------------------------------------------------------------
  const router = new Router({ prefix: BASE, sensitive: true, strict: true })
  for (const op of OPERATIONS) {
    const chain = [strictQuery, acceptable, takeBody, handlers[op.id]]
    if (op.auth) chain.unshift(authenticate)
    if (is('f33') && (op.id === 'updateUser' || op.id === 'deleteUser')) chain.unshift(authorizeUser)
    router[op.method.toLowerCase()](op.id, op.path, ...chain)
  }
  app.use(router.routes())
  return app
}
