import { randomBytes } from 'node:crypto'
import zlib from 'node:zlib'
import { is } from './variant.mjs'

export const JSON_TYPE = 'application/json'
export const XML_TYPE = 'application/xml'
export const FORM_TYPE = 'application/x-www-form-urlencoded'
export const MULTIPART_TYPE = 'multipart/form-data'
export const BODY_LIMIT = 10 * 1024 * 1024

export class Refusal extends Error {
  constructor(status, detail, headers = {}) {
    super(detail)
    this.status = status
    this.headers = headers
  }
}

// ---- percent encoding -----------------------------------------------------------------------------------------------
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Decodes a raw piece of a request target or form; null when it is broken. `plus`: + means a blank. */
export function percentDecode(raw, plus = false) {
  const text = plus ? raw.replace(/\+/g, ' ') : raw
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return null
  const latin = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  try {
    return utf8.decode(Buffer.from(latin, 'latin1'))
  } catch {
    return null
  }
}

/** name → values, each decoded or null. */
export function parsePairs(raw, { plus = true } = {}) {
  const pairs = new Map()
  for (const part of raw.split('&')) {
    if (part === '') continue
    const eq = part.indexOf('=')
    const name = percentDecode(eq < 0 ? part : part.slice(0, eq), plus)
    const value = eq < 0 ? '' : percentDecode(part.slice(eq + 1), plus)
    const key = name ?? '\u0000broken'
    if (!pairs.has(key)) pairs.set(key, [])
    pairs.get(key).push(name === null ? null : value)
  }
  return pairs
}

/** Path and query of any form of request target. */
export function splitTarget(url) {
  let target = String(url)
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target)
  if (absolute) target = target.slice(absolute[0].length) || '/'
  target = target.split('#')[0]
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  return { path: path === '' ? '/' : path, query: mark < 0 ? '' : target.slice(mark + 1) }
}

// ---- negotiation ----------------------------------------------------------------------------------------------------
export function parseType(header) {
  const [head, ...rest] = String(header ?? '').split(';')
  const type = head.trim().toLowerCase()
  const params = {}
  for (const m of rest.join(';').matchAll(/([^\s;="]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;]*)/g)) {
    const value = m[2].startsWith('"') ? m[2].slice(1, -1).replace(/\\(.)/g, '$1') : m[2]
    params[m[1].toLowerCase()] ??= value
  }
  return { type: /^[^\s/]+\/[^\s/]+$/.test(type) ? type : '', params }
}

function ranges(header) {
  const list = []
  for (const part of header.split(',')) {
    const [head, ...params] = part.split(';')
    const m = /^\s*([^\s/]+)\/([^\s/]+)\s*$/.exec(head)
    if (!m) continue
    let q = 1
    for (const param of params) {
      const w = /^\s*q\s*=\s*"?([0-9.]+)"?\s*$/i.exec(param)
      if (w) q = Math.min(1, Math.max(0, Number(w[1])))
    }
    list.push({ type: m[1].toLowerCase(), subtype: m[2].toLowerCase(), q: Number.isNaN(q) ? 1 : q })
  }
  return list
}

/** The best of `offered` (the first wins ties) or null. */
export function negotiate(header, offered) {
  if (header === undefined || header.trim() === '') return offered[0]
  if (is('b53') && offered.includes(XML_TYPE) && header.includes(XML_TYPE)) return XML_TYPE
  const list = ranges(header)
  if (!list.length) return offered[0]
  let best = null
  let bestQ = 0
  for (const offer of offered) {
    const [type, subtype] = offer.split('/')
    let rank = -1
    let q = 0
    for (const r of list) {
      const level =
        r.type === type && r.subtype === subtype
          ? 2
          : r.type === type && r.subtype === '*'
            ? 1
            : r.type === '*' && r.subtype === '*'
              ? 0
              : -1
      if (level > rank) {
        rank = level
        q = r.q
      } else if (level === rank && level >= 0) q = Math.max(q, r.q)
    }
    if (q > bestQ) {
      best = offer
      bestQ = q
    }
  }
  if (best === null && is('f16')) return offered[0]
  return best
}

// ---- bodies ---------------------------------------------------------------------------------------------------------
export function readRaw(req, limit = BODY_LIMIT) {
  return new Promise((resolve, reject) => {
    const announced = Number(req.headers['content-length'])
    if (announced > limit) {
      req.resume()
      reject(new Refusal(413, `bodies above ${limit} bytes are not taken`))
      return
    }
    const chunks = []
    let size = 0
    let over = false
    req.on('data', (chunk) => {
      size += chunk.length
      if (over) return
      if (size > limit) {
        over = true
        chunks.length = 0
        reject(new Refusal(413, `bodies above ${limit} bytes are not taken`))
      } else chunks.push(chunk)
    })
    req.on('end', () => resolve(Buffer.concat(chunks)))
    req.on('error', () => reject(new Refusal(400, 'the body broke off')))
    req.on('aborted', () => reject(new Refusal(400, 'the body broke off')))
    req.on('close', () => {
      if (!req.complete) reject(new Refusal(400, 'the body broke off'))
    })
  })
}

/** Reads what is left of a request, for a second at most. */
export function drained(req) {
  if (req.complete || req.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 1000)
    const over = () => {
      clearTimeout(timer)
      resolve()
    }
    for (const event of ['end', 'close', 'error']) req.once(event, over)
    req.resume()
  })
}

/** Undoes Content-Encoding. Throws 415 for codings it does not know, 413 for bombs, RangeError-free; null when broken. */
export function inflate(raw, header) {
  const codings = String(header ?? '')
    .split(',')
    .map((c) => c.trim().toLowerCase())
    .filter((c) => c && c !== 'identity')
  let data = raw
  for (const coding of codings.reverse()) {
    const decode = {
      gzip: zlib.gunzipSync,
      'x-gzip': zlib.gunzipSync,
      deflate: zlib.inflateSync,
      br: zlib.brotliDecompressSync,
    }[coding]
    if (!decode)
      throw new Refusal(415, `content coding ${coding.slice(0, 40)} is not taken`, {
        'Accept-Encoding': 'gzip, deflate, br',
      })
    try {
      data = decode(data, { maxOutputLength: BODY_LIMIT })
    } catch (err) {
      if (err.code === 'ERR_BUFFER_TOO_LARGE') throw new Refusal(413, 'the decoded body is too large')
      return null
    }
  }
  return data
}

/** Text of the bytes; undefined for an unknown charset, null for broken bytes. */
export function decodeText(bytes, charset = 'utf-8') {
  let decoder
  try {
    decoder = new TextDecoder(charset.trim() || 'utf-8', { fatal: true })
  } catch {
    return undefined
  }
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

export function xmlCharset(bytes, declared) {
  if (declared) return declared
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  const m = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    bytes.subarray(0, 200).toString('latin1'),
  )
  return m && !/^utf-?16/i.test(m[1]) ? m[1] : 'utf-8'
}

// ---- JSON out -------------------------------------------------------------------------------------------------------
const NONCE = randomBytes(8).toString('hex')
const BIG = new RegExp(`"${NONCE}:(-?\\d+)"`, 'g')

const shuffled = (v) => {
  if (Array.isArray(v)) return v.map(shuffled)
  if (v === null || typeof v !== 'object') return v
  const entries = Object.entries(v)
  for (let i = entries.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[entries[i], entries[j]] = [entries[j], entries[i]]
  }
  return Object.fromEntries(entries.map(([k, x]) => [k, shuffled(x)]))
}

export function toJson(value) {
  const replacer = (_, v) => (typeof v === 'bigint' ? `${NONCE}:${v}` : v)
  let json = is('f46') ? `\n${JSON.stringify(shuffled(value), replacer, '\t')}\r\n\n` : JSON.stringify(value, replacer)
  json = json.replace(BIG, '$1')
  if (is('f47'))
    json = json
      .replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`)
      .replace(/\//g, '\\/')
  return json
}
