import type { Variation } from './variation.ts'

type Headers = Readonly<Record<string, string>>

/** Headers by which a request may pass for one from inside, for another path, or for another method. */
const OPENING: readonly Headers[] = [
  ...['X-Original-URL', 'X-Rewrite-URL', 'X-Original-Path', 'X-Forwarded-Path'].map((name) => ({
    [name]: '/v2/user/logout',
  })),
  ...['X-Forwarded-For', 'X-Real-IP', 'X-Client-IP', 'True-Client-IP', 'X-Originating-IP', 'X-Remote-Addr'].map(
    (name) => ({ [name]: '127.0.0.1' }),
  ),
  { Forwarded: 'for=127.0.0.1;host=localhost;proto=https' },
  { 'X-Forwarded-Host': 'localhost' },
  { 'X-Forwarded-Proto': 'https' },
  { 'X-Forwarded-Prefix': '/user' },
  ...['GET', 'HEAD', 'OPTIONS'].map((method) => ({ 'X-HTTP-Method-Override': method })),
  { 'X-HTTP-Method': 'OPTIONS' },
  { 'X-Method-Override': 'OPTIONS' },
  { Origin: 'null', 'Access-Control-Request-Method': 'GET' },
  { Origin: 'http://localhost' },
  { Referer: 'http://localhost/' },
  { 'User-Agent': 'kube-probe/1.30' },
  { 'User-Agent': 'ELB-HealthChecker/2.0' },
  { Authorization: 'Bearer null' },
  { Authorization: 'Basic YWRtaW46YWRtaW4=' },
  { Cookie: 'session=1; admin=true; authenticated=true' },
  ...['X-Internal', 'X-Admin', 'X-Debug', 'X-Test', 'X-Authenticated', 'X-No-Auth'].map((name) => ({
    [name]: 'true',
  })),
  ...['X-User', 'X-Remote-User', 'X-Authenticated-User', 'X-Role'].map((name) => ({ [name]: 'admin' })),
  { 'X-Requested-With': 'XMLHttpRequest' },
  { Range: 'bytes=0-' },
  { 'If-None-Match': '*' },
  { 'Cache-Control': 'only-if-cached' },
  { Accept: 'text/html' },
  { Accept: 'application/xml' },
  { 'Accept-Language': 'de' },
]

const OPENING_QUERIES = ['debug=true', 'admin=true', 'test=1', 'auth=false', 'format=json', 'public=1', 'callback=a']

const OFTEN: readonly string[] = ['X-Original-URL', 'X-Forwarded-For', 'X-HTTP-Method-Override', 'X-Internal', 'Origin']

const isOften = (headers: Headers) => OFTEN.includes(Object.keys(headers).join())

/** Requests without a key that say something else of themselves. */
export const openingHeaders: readonly Variation[] = [
  ...OPENING.map(
    (headers): Variation => ({
      about: `without a key, and ${describe(headers)}`,
      demand: 'closed',
      ...(!isOften(headers) && { isRare: true }),
      change: () => ({ headers, key: { value: null } }),
    }),
  ),
  ...OPENING_QUERIES.map(
    (query): Variation => ({
      about: `without a key, and ?${query}`,
      demand: 'closed',
      isRare: true,
      change: () => ({ query, key: { value: null } }),
    }),
  ),
]

function describe(headers: Headers): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return lines.join(', ')
}
