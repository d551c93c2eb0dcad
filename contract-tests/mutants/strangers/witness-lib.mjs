// Requests for the witnesses: node:http without keep-alive, and raw sockets.

import { randomUUID } from 'node:crypto'
import http from 'node:http'
import net from 'node:net'

export const base = process.argv[2]?.replace(/\/$/, '')
export const id = process.argv[3]
const url = new URL(base)
export const KEY = 'special-key'
export const JSON_TYPE = 'application/json'
export const XML_TYPE = 'application/xml'
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
export const unique = (prefix) => prefix + randomUUID().slice(0, 8)

/** One request. `key: null` sends none; `json`, `xml`, `form` set body and type. */
export function call(
  method,
  path,
  { key = KEY, json, xml, form, body, type, accept, headers = {}, agent = false } = {},
) {
  if (json !== undefined) [body, type] = [JSON.stringify(json), type ?? JSON_TYPE]
  if (xml !== undefined) [body, type] = [xml, type ?? XML_TYPE]
  if (form !== undefined) [body, type] = [form, type ?? 'application/x-www-form-urlencoded']
  const all = { 'user-agent': 'witness', ...(key !== null && { api_key: key }), ...(accept && { accept }), ...headers }
  if (body !== undefined) {
    body = Buffer.from(body)
    all['content-type'] = type
    if (!('transfer-encoding' in all)) all['content-length'] = body.length
  }
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: url.hostname, port: url.port, path: url.pathname + path, method, headers: all, agent },
      (response) => {
        const chunks = []
        const done = (error) => {
          const bytes = Buffer.concat(chunks)
          const text = bytes.toString()
          const result = {
            status: response.statusCode,
            reason: response.statusMessage,
            headers: response.headers,
            raw: response.rawHeaders,
            version: response.httpVersion,
            trailers: response.trailers,
            bytes,
            text,
            error,
          }
          try {
            result.json = JSON.parse(text)
          } catch {}
          resolve(result)
        }
        response
          .on('data', (chunk) => chunks.push(chunk))
          .on('end', () => done())
          .on('error', done)
      },
    )
    request.setTimeout(9000, () => request.destroy(new Error('timeout')))
    request.on('error', reject)
    request.end(body)
  })
}
export const get = (path, options) => call('GET', path, options)
export const post = (path, options) => call('POST', path, options)
export const put = (path, options) => call('PUT', path, options)
export const del = (path, options) => call('DELETE', path, options)

/** Raw bytes over one connection (with {{base}} as the base path); resolves with all that came within ms. */
export function raw(parts, ms = 700) {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = net.connect(Number(url.port), url.hostname, async () => {
      for (const part of [].concat(parts)) {
        if (typeof part === 'number') await sleep(part)
        else socket.write(part.replaceAll('{{base}}', url.pathname))
      }
      setTimeout(() => {
        socket.destroy()
        resolve(text)
      }, ms)
    })
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('error', (error) => (text ? resolve(text) : reject(error)))
  })
}

export const ok = (response) => response.status >= 200 && response.status < 300
export const bad = (response) => response.status >= 500

export async function allPets() {
  const { json } = await get('/pet/findByStatus?status=available,pending,sold')
  return [].concat(json)
}
/** The complete record of some pet (the n-th). */
export async function somePet(n = 0) {
  const pets = await allPets()
  return pets[n % pets.length]
}
export const basic = (pet, more = {}) => ({ id: pet.id, name: pet.name, photoUrls: [], status: 'available', ...more })
export async function newUser(more = {}) {
  const user = {
    id: 41,
    username: unique('w'),
    firstName: 'Fern',
    lastName: 'Moss',
    email: `${unique('e')}@w.test`,
    password: unique('p'),
    phone: '12',
    userStatus: 3,
    ...more,
  }
  return [user, await post('/user', { json: user })]
}
export const login = (name, password, options) =>
  get(`/user/login?username=${encodeURIComponent(name)}&password=${encodeURIComponent(password)}`, options)
export const member = (name) => `/user/${encodeURIComponent(name)}`
export function multipart(fields, boundary = 'wwwwBOUNDARYwwww') {
  const body = Buffer.concat([
    ...fields.flatMap(({ name, filename, type, value }) => [
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n`,
      ),
      Buffer.from(value),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return { body, type: `multipart/form-data; boundary=${boundary}` }
}

/** Runs the one named by the command line: exit 0 seen, 1 not seen, 2 could not look. */
export async function run(checks) {
  if (!checks[id]) {
    console.error(`no check ${id}`)
    process.exit(2)
  }
  try {
    const seen = await checks[id]()
    console.log(`${id}: ${seen ? 'seen' : 'not seen'}`)
    process.exit(seen ? 0 : 1)
  } catch (error) {
    console.error(`${id}: ${error.stack}`)
    process.exit(2)
  }
}
