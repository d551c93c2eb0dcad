import { expect, test } from '@jest/globals'
import { exchangeJson, exchangeText } from '../src/cli/output/request-log.ts'
import { REPORTS } from '../src/contract/reports/index.ts'
import { runContract } from '../src/contract/run-contract.ts'
import { createRedaction } from '../src/http/redaction/redaction.ts'
import { createMock, type Exchange } from '../src/index.ts'
import { loadDocument } from '../src/openapi/load-document.ts'
import { pathOf } from '../src/openapi/package-files.ts'
import { contractErrorOf } from '../src/testing/contract-errors.ts'

/** Gives secrets that are like nothing else in any output. */
function createSecrets() {
  const all: string[] = []
  const next = () => {
    const secret = `Zq${all.length}Kx9wTr5`
    all.push(secret)
    return secret
  }
  return { all, next }
}

/** The secrets that a text shows, each with what stands around it. */
const shownOf = (secrets: readonly string[], text: string) =>
  secrets
    .filter((secret) => text.includes(secret))
    .map((secret) => text.slice(Math.max(0, text.indexOf(secret) - 150), text.indexOf(secret) + 50))

const HEADERS =
  `X-Api-Key X-Auth-Token X-CSRF-Token X-XSRF-Token Proxy-Authorization Authentication Authorization Cookie
  X-Amz-Security-Token X-Access-Token X-Goog-Api-Key X-Vault-Token Private-Token X-Secret X-Password X-Session-Token
  X-Client-Secret Ocp-Apim-Subscription-Key X-Functions-Key X-Refresh-Token X-Id-Token X-Amz-Signature X-User-Pin`.split(
    /\s+/,
  )
const NAMES =
  `password Password passwd user_password userPassword passphrase pwd api_key apiKey API-KEY apikey key secret
  client_secret token id_token access_token refreshToken authorization auth signature jwt csrf_token sessionid otp pin
  private_key accessKey credentials user[password] user.password`.split(/\s+/)

/** The base64url of the header and payload of a token, with a signature that is the secret. */
const jwt = (secret: string) => `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${secret}`

/** Texts in which a secret hides whatever the field is called. */
const FORMS: readonly ((secret: string) => string)[] = [
  (secret) => jwt(secret),
  (secret) => `Bearer ${secret}`,
  (secret) => `see https://ada:${secret}@host/x`,
  (secret) => `https://host/?password=${secret}&a=b`,
  (secret) => `{"password":"${secret}"}`,
  (secret) => JSON.stringify({ a: JSON.stringify({ token: secret }) }),
  (secret) => `<a><password>${secret}</password></a>`,
  (secret) => `a=b;password=${secret};${secret}`,
]

interface Sent {
  readonly path: string
  readonly init?: RequestInit
}

const OTHER_TYPES = { json: 'application/json', xml: 'application/xml', form: 'application/x-www-form-urlencoded' }
const post = (path: string, type: keyof typeof OTHER_TYPES, body: string, method = 'POST'): Sent => ({
  path,
  init: { method, headers: { 'content-type': OTHER_TYPES[type] }, body },
})

const multipart = (head: string, content: string): Sent => ({
  path: '/v2/pet/1/uploadImage',
  init: {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n--b--\r\n`,
  },
})

const escaped = (name: string) => `\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}`
const percent = (name: string) => `%${name.charCodeAt(0).toString(16)}${encodeURIComponent(name.slice(1))}`
const isElement = (name: string) => /^[\w.-]+$/.test(name)

/** Requests with a secret in every place that a client has. */
function requestsWith(next: () => string): Sent[] {
  return [
    ...HEADERS.map((name) => ({ path: '/v2/pet/1', init: { headers: { [name]: next() } } })),
    ...FORMS.map((form) => ({ path: '/v2/pet/1', init: { headers: { 'X-Note': form(next()) } } })),
    ...NAMES.map((name) => ({ path: `/v2/pet/1?a=b&${name}=${next()}` })),
    ...NAMES.map((name) => ({ path: `/v2/pet/findByStatus?status=lost&${percent(name)}=${next()};REST${next()}` })),
    ...FORMS.map((form) => ({ path: `/v2/pet/1?a=${encodeURIComponent(form(next()))}` })),
    ...FORMS.map((form) => ({ path: `/v2/pet/findByStatus?status=${encodeURIComponent(form(next()))}` })),
    ...NAMES.filter(isElement).map((name) => ({ path: `/v2/pet/1;${name}=${next()}` })),
    { path: `/v2/user/login?username=ada&password=${next()}` },
    { path: `/v2/user/login?${next()}` },
    { path: `/v2/user/%6Cogin?user=${next()}` },
    ...NAMES.map((name) => post('/v2/user', 'json', JSON.stringify({ username: 'ada', [name]: next() }))),
    ...NAMES.map((name) => post('/v2/user', 'json', `{"username":"ada","${escaped(name)}":{"a":["${next()}"]}}`)),
    ...NAMES.map((name) => post('/v2/user', 'json', `{"username":"ada","${name}":"${next()}`)),
    ...FORMS.map((form) => post('/v2/user', 'json', JSON.stringify({ username: 'ada', firstName: form(next()) }))),
    post('/v2/user', 'json', `{username: ada, password: ${next()}}`),
    post('/v2/user/ada', 'json', JSON.stringify({ password: [next()] }), 'PUT'),
    post(
      '/v2/user/createWithList',
      'json',
      JSON.stringify([{ username: 'a', password: next() }, { password: next() }]),
    ),
    ...NAMES.filter(isElement).map((name) =>
      post('/v2/domain', 'xml', `<Pet><id>1</id><name>a</name><${name}>${next()}<b/>${next()}</${name}></Pet>`, 'PUT'),
    ),
    post(
      '/v2/domain',
      'xml',
      `<Pet password="${next()}"><id>1</id><name><![CDATA[${jwt(next())}]]></name></Pet>`,
      'PUT',
    ),
    ...NAMES.map((name) => post('/v2/pet/1', 'form', `name=a&${percent(name)}=${next()};${next()}`)),
    ...NAMES.map((name) => multipart(`name="${name}"`, `${next()}--b${next()}`)),
    multipart(`name*=UTF-8''pass%77ord`, next()),
    ...FORMS.slice(0, 3).map((form) => multipart('name="additionalMetadata"', form(next()))),
    { path: '/v2/pet/x', init: { headers: { Prefer: `token=${next()}` } } },
  ]
}

/** The mock's own keys, wherever they stand. */
function requestsWithKey(key: string, token: string): Sent[] {
  return [
    { path: `/v2/pet/${key}` },
    { path: `/v2/user/${token}` },
    { path: `/v2/pet/1?a=${key}&b=x${token}x` },
    { path: '/v2/pet/1', init: { headers: { api_key: key, 'X-Note': token, Referer: `http://h/${key}` } } },
    post('/v2/user', 'json', JSON.stringify({ username: key, firstName: token })),
    { path: `/v2/user/${key}` },
  ]
}

test('no output of a mock has any of 400 secrets that clients planted in every place', async () => {
  const { all, next } = createSecrets()
  const [apiKey, adminToken] = [next(), next()]
  const exchanges: Exchange[] = []
  const mock = createMock({ apiKeys: [apiKey], adminToken, onExchange: (exchange) => exchanges.push(exchange) })
  const outputs: string[] = []
  const requests = [...requestsWith(next), ...requestsWithKey(apiKey, adminToken)]
  for (const { path, init } of requests) {
    const headers = { api_key: apiKey, ...init?.headers }
    const response = await mock.fetch(path, { ...init, headers })
    const text = await response.text()
    // A record is given as it is stored; a refusal must not repeat what it refuses.
    if (response.status >= 400) outputs.push(text)
  }
  expect(all.length).toBeGreaterThan(400)
  expect(exchanges).toHaveLength(requests.length)
  const { journal } = mock.session()
  const redaction = createRedaction([apiKey, adminToken])
  outputs.push(
    ...exchanges.map((exchange) => exchangeText(exchange, (_colour, text) => text, redaction)),
    ...exchanges.map((exchange) => exchangeJson(exchange, redaction)),
    JSON.stringify(journal.find()),
    ...journal.find().map((entry) => contractErrorOf(entry) ?? ''),
    JSON.stringify(journal.verify({ request: { method: 'GET', path: '/v2/pet/2', headers: { a: 'b' } }, exactly: 9 })),
    JSON.stringify(journal.har()),
    journal.curl(),
    journal.jest(),
    JSON.stringify(mock.session().coverage.cells()),
  )
  const shown = outputs.join('\n')
  expect(shown.length).toBeGreaterThan(100_000)
  expect(shownOf(all, shown)).toEqual([])
  expect(shown).toContain('/v2/pet/1?a=b&')
})

test('no report, log or command of a contract run has the key, or what the base URL and the server tell', async () => {
  const { all, next } = createSecrets()
  const [apiKey, user, password, token, cookie] = [next(), next(), next(), next(), next()]
  const mock = createMock({ apiKeys: [apiKey] })
  const lines: string[] = []
  const quoting: typeof fetch = async (input, init) => {
    const response = await mock.fetch(String(input), init)
    const sent = JSON.stringify(Object.fromEntries(new Headers(init?.headers)))
    const headers = new Headers(response.headers)
    headers.set('Set-Cookie', cookie)
    headers.set('X-Expires-After', `${apiKey} ${jwt(token)}`)
    const text = await response.text()
    const isBroken = String(input).includes('/pet/') && response.ok
    return new Response(isBroken ? `{"detail":${JSON.stringify(sent)},"note":"${jwt(token)}"}` : text, {
      status: response.status,
      headers,
    })
  }
  const report = await runContract({
    document: loadDocument(pathOf('openapi.yaml')),
    baseUrl: `http://${user}:${password}@127.0.0.1:4010/v2`,
    apiKey,
    mode: 'full',
    sequences: 0,
    only: ['getPetById', 'findPetsByStatus', 'loginUser', 'addDomain'],
    fetch: quoting,
    journal: (line) => lines.push(JSON.stringify(line)),
    now: Date.now,
  })
  const shown = [...lines, ...Object.values(REPORTS).map((write) => write(report))].join('\n')
  expect(report.problem).toBe('')
  expect(report.findings.length).toBeGreaterThan(3)
  expect(shown).toContain('http://127.0.0.1:4010/v2')
  expect(shownOf(all, shown)).toEqual([])
})
