/** A request that every contender answers with the same bytes. */
export interface Sample {
  readonly name: string
  readonly method: string
  /** Below the base path. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** With this many pets, 100 of seed 1 are available. */
export const PETS = 297

const USER = JSON.stringify({
  id: 4711,
  username: 'ada',
  firstName: 'Ada',
  lastName: 'Example',
  email: 'ada@inboxes.example',
  password: 'not a secret',
  phone: '+1-202-555-0100',
  userStatus: 1,
})

/** The requests of the load. The first one is also sent when a server starts. */
export const SAMPLES = {
  pet: { name: 'GET /pet/1', method: 'GET', path: '/pet/1' },
  list: { name: 'GET /pet/findByStatus, 100 pets', method: 'GET', path: '/pet/findByStatus?status=available' },
  user: {
    name: 'POST /user',
    method: 'POST',
    path: '/user',
    headers: { 'Content-Type': 'application/json' },
    body: USER,
  },
  petJson: { name: 'GET /pet/1 in JSON', method: 'GET', path: '/pet/1', headers: { Accept: 'application/json' } },
  petWithHeader: {
    name: 'GET /pet/1 with another header',
    method: 'GET',
    path: '/pet/1',
    headers: { 'X-Some-Header1': 'bench' },
  },
  petOfSession: {
    name: 'GET /pet/1 of a session',
    method: 'GET',
    path: '/pet/1',
    headers: { 'X-Mock-Session': 'bench' },
  },
  inventory: { name: 'GET /store/inventory', method: 'GET', path: '/store/inventory' },
  petXml: { name: 'GET /pet/1 as XML', method: 'GET', path: '/pet/1', headers: { Accept: 'application/xml' } },
  listXml: {
    name: 'GET /pet/findByStatus as XML',
    method: 'GET',
    path: '/pet/findByStatus?status=available',
    headers: { Accept: 'application/xml' },
  },
} satisfies Record<string, Sample>

/** The request as it goes over the wire. */
export function bytesOf({ method, path, headers = {}, body = '' }: Sample, basePath: string): Buffer {
  const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
  const lines = Object.entries({ Host: '127.0.0.1', api_key: 'special-key', ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return Buffer.from(`${method} ${basePath}${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}
