// Reading and writing: JSON with exact integers (BigInt), a small XML, percent coding, forms, multipart, Accept.
export class Bad extends Error {}
const bad = (m) => {
  throw new Bad(m)
}

/* ---------- text ---------- */
export function decodeText(bytes, label = 'utf-8') {
  let d
  try {
    d = new TextDecoder(label, { fatal: true })
  } catch {
    return undefined
  } // unknown charset
  try {
    return d.decode(bytes)
  } catch {
    bad(`the text is not valid ${label}`)
  }
}
/** Percent-decodes to UTF-8; a stray percent sign is an error when strict and literal otherwise. */
export function percentDecode(s, { plus = false, strict = true } = {}) {
  const out = []
  for (let i = 0; i < s.length; i++) {
    const c = s[i]
    if (c === '%') {
      const h = s.slice(i + 1, i + 3)
      if (/^[0-9a-f]{2}$/i.test(h)) {
        out.push(parseInt(h, 16))
        i += 2
        continue
      }
      if (strict) bad('malformed percent encoding')
    }
    out.push(plus && c === '+' ? 32 : s.charCodeAt(i) & 255)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(out))
  } catch {
    bad('not UTF-8')
  }
}
/** application/x-www-form-urlencoded and query strings: a list of [name, value]. The input is one char per byte. */
export const parseForm = (s, opt) =>
  s
    .split('&')
    .filter(Boolean)
    .map((p) => {
      const i = p.indexOf('=')
      return (i < 0 ? [p, ''] : [p.slice(0, i), p.slice(i + 1)]).map((x) =>
        percentDecode(x, { plus: true, strict: false, ...opt }),
      )
    })

/* ---------- JSON ---------- */
const STR = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y
const NUM = /(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?/y
const WS = /[ \t\r\n]*/y
export function parseJson(t) {
  let i = 0
  const ws = () => {
    WS.lastIndex = i
    WS.exec(t)
    i = WS.lastIndex
  }
  const str = () => {
    STR.lastIndex = i
    const m = STR.exec(t) ?? bad('bad JSON string')
    i = STR.lastIndex
    return JSON.parse(m[0])
  }
  const num = () => {
    NUM.lastIndex = i
    const m = NUM.exec(t) ?? bad(`unexpected character at ${i}`)
    i = NUM.lastIndex
    const [all, sign, int, frac = '', exp = '0'] = m
    if (!frac && !Number(exp)) return int.length > 40 ? Number(all) : BigInt(sign + int)
    let d = int + frac,
      x = Number(exp) - frac.length
    while (x < 0 && d.length > 1 && d.endsWith('0')) {
      d = d.slice(0, -1)
      x++
    }
    if (/^0+$/.test(d)) return 0n
    return x >= 0 && d.length + x <= 40 ? BigInt(sign + d + '0'.repeat(x)) : Number(all)
  }
  const value = (depth) => {
    if (depth > 200) bad('nested too deeply')
    ws()
    const c = t[i]
    if (c === '"') return str()
    if (c === '{') {
      const o = Object.create(null)
      i++
      ws()
      if (t[i] === '}') {
        i++
        return o
      }
      for (;;) {
        ws()
        if (t[i] !== '"') bad('a name is expected')
        const k = str()
        ws()
        if (t[i++] !== ':') bad('":" is expected')
        o[k] = value(depth + 1)
        ws()
        const e = t[i++]
        if (e === '}') return o
        if (e !== ',') bad('"," or "}" is expected')
      }
    }
    if (c === '[') {
      const a = []
      i++
      ws()
      if (t[i] === ']') {
        i++
        return a
      }
      for (;;) {
        a.push(value(depth + 1))
        ws()
        const e = t[i++]
        if (e === ']') return a
        if (e !== ',') bad('"," or "]" is expected')
      }
    }
    for (const [w, v] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ])
      if (t.startsWith(w, i)) {
        i += w.length
        return v
      }
    return num()
  }
  const v = value(0)
  ws()
  return i === t.length ? v : bad('text after the JSON value')
}
export function writeJson(v) {
  if (Array.isArray(v)) return `[${v.map(writeJson).join(',')}]`
  if (v !== null && typeof v === 'object')
    return `{${Object.keys(v)
      .filter((k) => v[k] !== undefined)
      .map((k) => `${JSON.stringify(k)}:${writeJson(v[k])}`)
      .join(',')}}`
  return typeof v === 'bigint' ? String(v) : JSON.stringify(v)
}

/* ---------- the schemas of the reference ---------- */
export const STATUSES = ['available', 'pending', 'sold']
export const S = {
  DomainIn: { name: 'string' },
  Domain: {
    id: 'string',
    name: 'string',
    validate: 'string',
    status: { enum: ['missing validation', 'validated'] },
    active: 'boolean',
  },
  User: {
    id: 'int64',
    username: 'string',
    firstName: 'string',
    lastName: 'string',
    email: 'string',
    password: 'string',
    phone: 'string',
    userStatus: 'int32',
  },
  Tag: { id: 'int64', name: 'string' },
  Pet: {
    id: 'int64',
    category: 'DomainIn',
    name: 'string',
    photoUrls: { of: 'string' },
    tags: { of: 'Tag' },
    status: { enum: STATUSES },
  },
  ApiResponse: { code: 'int32', type: 'string', message: 'string' },
}
const REQUIRED = { Pet: ['name', 'photoUrls'] }
export const isObject = (v) => v !== null && typeof v === 'object' && !Array.isArray(v)
export const int = (bits, v) => typeof v === 'bigint' && v >= -(2n ** BigInt(bits - 1)) && v < 2n ** BigInt(bits - 1)
/** Checks a value against a type and gives a copy that holds named properties only. */
export function check(type, v, at = 'body') {
  const no = (what) => bad(`${at} must be ${what}`)
  if (type.enum) return type.enum.includes(v) ? v : no(`one of ${type.enum.join(', ')}`)
  if (type.of) return Array.isArray(v) ? v.map((x, i) => check(type.of, x, `${at}[${i}]`)) : no('an array')
  if (type === 'int64' || type === 'int32') return int(Number(type.slice(3)), v) ? v : no(`an ${type}`)
  if (type === 'string' || type === 'boolean') return typeof v === type ? v : no(`a ${type}`)
  if (!isObject(v)) no('an object')
  const out = {}
  for (const k of Object.keys(S[type])) if (v[k] !== undefined) out[k] = check(S[type][k], v[k], `${at}.${k}`)
  for (const k of REQUIRED[type] ?? []) if (out[k] === undefined) bad(`${at}.${k} is required`)
  return out
}

/* ---------- XML ---------- */
const NAME = '[A-Za-z_:\\u00c0-\\ufffd][-A-Za-z0-9_:.\\u00b7-\\ufffd]*'
const OPEN = new RegExp(`<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'y')
const CLOSE = new RegExp(`</(${NAME})\\s*>`, 'y')
const PI = new RegExp(`<\\?(${NAME})(?:\\s[^]*?)?\\?>`, 'y')
const xmlChar = (c) =>
  c === 9 ||
  c === 10 ||
  c === 13 ||
  (c >= 32 && c < 0xd800) ||
  (c > 0xdfff && c < 0xfffe) ||
  (c > 0xffff && c < 0x110000)
const ENT = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const unref = (s) =>
  s.replace(/&([^;&\s]*;?)/g, (_, r) => {
    if (!r.endsWith(';')) bad('a bare &')
    const n = r.slice(0, -1),
      m = /^#(?:x([0-9a-fA-F]{1,8})|(\d{1,9}))$/.exec(n)
    if (m) {
      const c = m[1] ? parseInt(m[1], 16) : Number(m[2])
      return xmlChar(c) ? String.fromCodePoint(c) : bad('a forbidden character')
    }
    return Object.hasOwn(ENT, n) ? ENT[n] : bad(`unknown entity ${n}`)
  })
/** A tree of { name, kids, text }: names without their prefix, attributes read and dropped. No DTD. */
export function parseXml(src) {
  for (const ch of src) if (!xmlChar(ch.codePointAt(0))) bad('a character that XML forbids')
  const s = src.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  let i = 0
  const top = { kids: [], text: '' },
    stack = [top]
  const at = (re) => {
    re.lastIndex = i
    const m = re.exec(s)
    if (m) i = re.lastIndex
    return m
  }
  const upTo = (end, from) => {
    const j = s.indexOf(end, from)
    if (j < 0) bad(`${end} is missing`)
    i = j + end.length
    return s.slice(from, j)
  }
  while (i < s.length) {
    const node = stack.at(-1)
    let m
    if (s.startsWith('<!--', i)) {
      if (upTo('-->', i + 4).includes('--')) bad('-- in a comment')
    } else if (s.startsWith('<![CDATA[', i)) {
      if (node === top) bad('text outside the root')
      node.text += upTo(']]>', i + 9)
    } else if (s.startsWith('<!', i)) bad('no DOCTYPE, please')
    else if (s.startsWith('<?', i)) {
      const from = i
      m = at(PI) ?? bad('a bad processing instruction')
      if (/^xml$/i.test(m[1]) && from !== 0) bad('a late XML declaration')
    } else if ((m = at(CLOSE))) {
      if (node === top || node.full !== m[1]) bad(`</${m[1]}> closes nothing`)
      stack.pop()
    } else if ((m = at(OPEN))) {
      if (node === top && top.kids.length) bad('a second root')
      const names = [...m[2].matchAll(/([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g)].map((a) => (unref(a[2]), a[1]))
      if (new Set(names).size !== names.length) bad('a repeated attribute')
      const kid = { full: m[1], name: m[1].split(':').at(-1), kids: [], text: '' }
      node.kids.push(kid)
      if (!m[3]) {
        stack.push(kid)
        if (stack.length > 200) bad('nested too deeply')
      }
    } else if (s[i] === '<') bad('a bad tag')
    else {
      const j = s.indexOf('<', i),
        raw = s.slice(i, j < 0 ? s.length : j)
      if (node === top ? raw.trim() : raw.includes(']]>')) bad('text where none may be')
      node.text += unref(raw)
      i += raw.length
    }
  }
  if (stack.length > 1 || top.kids.length !== 1) bad('no complete XML document')
  return top.kids[0]
}
/** A node read by its schema. What does not fit stays as it is, for check() to refuse. */
export function fromXml(type, n) {
  const text = n.kids.length ? null : n.text
  if (type.enum || type === 'string') return text
  if (type === 'int64' || type === 'int32')
    return text !== null && /^\s*[+-]?\d{1,40}\s*$/.test(text) ? BigInt(text.trim().replace('+', '')) : text
  if (type === 'boolean') return { true: true, 1: true, false: false, 0: false }[text?.trim()] ?? text
  if (n.text.trim()) return n.text
  const o = {}
  for (const [k, t] of Object.entries(S[type])) {
    const all = n.kids.filter((x) => x.name === k)
    if (t.of) {
      if (all.length || REQUIRED[type]?.includes(k)) o[k] = all.map((x) => fromXml(t.of, x))
    } else if (all.length) o[k] = all.length === 1 ? fromXml(t, all[0]) : all
  }
  return o
}
export const xmlText = (s) =>
  s
    .toWellFormed()
    .replace(/[^]/gu, (c) => (xmlChar(c.codePointAt(0)) ? c : '\ufffd'))
    .replace(/[&<>\r]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' })[c])
export const xmlElement = (name, type, v, esc = xmlText) => {
  if (type.of) return v.map((x) => xmlElement(name, type.of, x, esc)).join('')
  const inner = S[type]
    ? Object.keys(S[type])
        .filter((k) => v[k] !== undefined && v[k] !== null)
        .map((k) => xmlElement(k, S[type][k], v[k], esc))
        .join('')
    : esc(String(v))
  return `<${name}>${inner}</${name}>`
}
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
export const writeXml = (type, v, esc) =>
  XML_HEAD + (type.of ? `<Pets>${xmlElement(type.of, type, v, esc)}</Pets>` : xmlElement(type, type, v, esc))

/* ---------- HTTP ---------- */
/** The parameters of a header value such as Content-Type, with quoted strings. */
export function parseHeader(v = '') {
  const [head] = v.split(';', 1),
    params = {}
  for (const m of v.slice(head.length).matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g))
    params[m[1].toLowerCase()] ??= m[2] !== undefined ? m[2].replace(/\\(["\\])/g, '$1') : m[3].trim()
  return { value: head.trim().toLowerCase(), params }
}
export const MIME = { json: 'application/json', xml: 'application/xml' }
/** Which of 'json' and 'xml' a client wants: the highest q, JSON first; undefined where it wants none. */
export function negotiate(accept, offers) {
  if (accept === undefined || !accept.trim()) return offers[0]
  const ranges = accept
    .split(',')
    .map((r) => parseHeader(r))
    .filter((r) => /^[^\s/]+\/[^\s/]+$/.test(r.value))
    .map((r) => ({
      t: r.value,
      q: r.params.q === undefined ? 1 : /^(0(\.\d*)?|1(\.0*)?)$/.test(r.params.q) ? Number(r.params.q) : 1,
    }))
  if (!ranges.length) return offers[0]
  const q = (mime) => {
    for (const p of [mime, 'application/*', '*/*']) {
      const r = ranges.filter((x) => x.t === p)
      if (r.length) return Math.max(...r.map((x) => x.q))
    }
    return 0
  }
  const best = Math.max(...offers.map((o) => q(MIME[o])))
  return best > 0 ? offers.find((o) => q(MIME[o]) === best) : undefined
}
/** multipart/form-data: a list of { name, filename, type, data }. */
export function parseMultipart(buf, boundary) {
  if (!boundary || boundary.length > 200) bad('no boundary')
  const b = Buffer.concat([Buffer.from('\r\n'), buf]),
    mark = Buffer.from(`\r\n--${boundary}`),
    parts = []
  let i = b.indexOf(mark)
  if (i < 0) bad('the boundary never appears')
  for (;;) {
    i += mark.length
    if (b.toString('latin1', i, i + 2) === '--') return parts
    const eol = b.indexOf('\r\n', i)
    if (eol < 0 || b.toString('latin1', i, eol).trim()) bad('a bad boundary line')
    const end = b.indexOf(mark, eol)
    if (end < 0) bad('the last boundary is missing')
    const split = b.indexOf('\r\n\r\n', eol)
    if (split < 0 || split > end) bad('a part without headers')
    const head = decodeText(b.subarray(eol + 2, split))
    const h = Object.fromEntries(
      head
        .split('\r\n')
        .filter(Boolean)
        .map((l) => {
          const c = l.indexOf(':')
          return c > 0 ? [l.slice(0, c).trim().toLowerCase(), l.slice(c + 1).trim()] : bad('a bad part header')
        }),
    )
    const cd = parseHeader(h['content-disposition'])
    if (cd.value !== 'form-data' || cd.params.name === undefined) bad('a part without a name')
    parts.push({
      name: cd.params.name,
      filename: cd.params.filename,
      type: h['content-type'],
      data: b.subarray(split + 4, Math.max(end, split + 4)),
    })
    i = end
  }
}
