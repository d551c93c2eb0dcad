// Refusals and answers: statuses, negotiation, presentation.

import { Domain, DomainIn, Pet, pick, User } from './validate.mjs'
import { on } from './variant.mjs'
import { toXml } from './xml.mjs'

export const JSON_TYPE = 'application/json'
export const XML_TYPE = 'application/xml'

export class Refusal extends Error {
  constructor(status, message, headers = {}) {
    super(message)
    this.status = on('f01') && [400, 405, 415].includes(status) && !headers.Allow ? 422 : status
    this.headers = headers
  }
}

/** The type to answer with; a Refusal where nothing suits. */
export function negotiate(req, types) {
  const accept = req.get('accept')
  if (on('b17') && /application\/xml/.test(accept ?? '') && types.includes(XML_TYPE)) return XML_TYPE // fault: q ignored
  const found = req.accepts(types)
  if (found) return found
  if (on('f40')) return JSON_TYPE
  throw new Refusal(406, 'Not Acceptable')
}

let reads = 0
/** How a record is shown. */
export function present(schema, record) {
  const shown = pick(schema, record)
  if (schema === User && on('f23')) delete shown.password
  if (on('f13') && schema !== DomainIn)
    Object.assign(shown, {
      links: { self: `https://edge-${reads % 3}.test/${reads}` },
      servedAt: new Date().toISOString(),
      reads: ++reads,
      score: Math.random(),
    })
  if (on('f14')) return Object.fromEntries(Object.entries(shown).reverse())
  return shown
}

const roots = new Map([
  [Pet, 'Pet'],
  [User, 'User'],
  [Domain, 'Domain'],
  [DomainIn, 'DomainIn'],
])

export function answer(req, res, schema, record, status = 200) {
  const shown = Array.isArray(record) ? record.map((item) => present(schema, item)) : present(schema, record)
  send(req, res, roots.get(schema), shown, status)
}

export function send(req, res, root, value, status = 200) {
  res.status(status)
  if (req.produces === XML_TYPE) return res.type(XML_TYPE).send(toXml(root, value))
  const text = JSON.stringify(
    value,
    (_key, v) => (typeof v === 'bigint' ? `@int64@${v}` : v),
    on('f15') ? 2 : undefined,
  ).replace(/"@int64@(-?\d+)"/g, '$1')
  res.type(on('f34') ? 'Application/JSON; Charset="UTF-8"' : JSON_TYPE)
  if (on('f34')) return res.set('Content-Length', String(Buffer.byteLength(text))).end(text)
  res.send(text)
}

/** Acknowledges a write of `kind` ('pet', 'user', 'order'). write() gives [schema, record] or nothing. */
export async function acknowledge(_req, res, kind, write, created = false) {
  const late = on('f09') && kind === 'pet' ? 900 : on('f10') && kind === 'user' ? 1300 : 0
  if (late) {
    setTimeout(write, late)
    return res.status(202).end()
  }
  const [schema, record] = (await write()) ?? []
  if (on('f07')) return res.status(204).end()
  if (on('f08') && record)
    return res
      .status(created ? 201 : 200)
      .json(Array.isArray(record) ? record.map((r) => present(schema, r)) : present(schema, record))
  res.status(200).end()
}

/** The error middleware. */
export function failed(err, _req, res, next) {
  if (res.headersSent) return next(err)
  const status = err.status ?? 500
  if (status >= 500) console.error(err.stack)
  res.set(err.headers ?? {})
  if (on('f18')) {
    err.headers = { ...err.headers, 'Cache-Control': 'no-store' }
    return next(err)
  } // Express's own HTML page
  if (on('f19')) return res.set('Connection', 'close').status(status).end()
  res
    .status(status)
    .json({ status, error: err.expose === false || status >= 500 ? 'Internal Server Error' : err.message })
}
