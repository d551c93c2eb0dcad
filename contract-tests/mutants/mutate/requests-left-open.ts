import { gzipSync } from 'node:zlib'
import { pick, type Stream } from '../../../fixtures/stream.ts'
import { OPEN_IDS } from './known.ts'
import { petOf, userOf } from './records.ts'
import type { Make } from './requests-of-pets.ts'
import { FORM_TYPE, JSON_TYPE, ODD_ACCEPTS, stepOf, withKey, XML_TYPE } from './sent.ts'
import type { Step } from './step.ts'
import { happens, text } from './words.ts'

/** Each method that no operation has on the path. */
const OTHER_METHODS: readonly (readonly [path: string, methods: readonly string[]])[] = [
  ['/domain', ['GET', 'DELETE', 'PATCH']],
  ['/pet/findByStatus', ['POST', 'PUT', 'DELETE', 'PATCH']],
  ['/pet/findByTags', ['POST', 'PUT', 'DELETE']],
  ['/pet/5000000', ['PUT', 'PATCH']],
  ['/pet/5000000/uploadImage', ['GET', 'PUT', 'DELETE']],
  ['/store/inventory', ['POST', 'PUT', 'DELETE']],
  ['/store/order', ['GET', 'PUT', 'DELETE']],
  ['/store/order/70000', ['POST', 'PUT', 'PATCH']],
  ['/user', ['GET', 'PUT', 'DELETE']],
  ['/user/login', ['POST', 'PATCH']],
  ['/user/logout', ['POST', 'PATCH']],
  ['/user/nobody', ['POST', 'PATCH']],
]

export const otherMethod: Make = (stream) => {
  const [path, methods] = pick(stream, OTHER_METHODS)
  return stepOf('', [pick(stream, methods), path], { headers: withKey(stream), demand: 'method' })
}

/** OPTIONS and CORS are not in the document; a server answers them as it likes. */
export const options: Make = (stream) => {
  const [path] = pick(stream, OTHER_METHODS)
  const preflight = { Origin: 'http://a.example', 'Access-Control-Request-Method': 'PUT' }
  return stepOf('', ['OPTIONS', path], { headers: happens(stream, 0.5) ? preflight : {}, demand: 'open' })
}

const READINGS = [
  '/pet/findByStatus?status=sold',
  '/pet/findByTags?tags=tag1',
  '/pet/1',
  '/store/order/1',
  '/user/nobody',
  '/store/inventory',
]

/** Readings that the reference, the decisions or HTTP leave to the server. */
export const openReading: Make = (stream, { pets }) =>
  pick<() => Step>(stream, [
    () =>
      stepOf('', ['GET', pick(stream, READINGS)], {
        headers: { ...withKey(stream), Accept: pick(stream, ODD_ACCEPTS) },
        demand: 'open',
      }),
    () => stepOf('', ['GET', `/pet/${pick(stream, OPEN_IDS)}`], { headers: withKey(stream), demand: 'open' }),
    () => stepOf('', ['GET', `/store/order/${pick(stream, OPEN_IDS)}`], { demand: 'open' }),
    () => stepOf('', ['GET', pick(stream, ODD_QUERIES)], { headers: withKey(stream), demand: 'open' }),
    () => stepOf('', ['GET', pick(stream, ODD_PATHS)], { headers: withKey(stream), demand: 'open' }),
    () =>
      stepOf('', ['GET', `/pet/${pick(stream, pets)}?unknown=1&api_key=x`], {
        headers: withKey(stream),
        demand: 'open',
      }),
  ])()

const ODD_QUERIES = [
  ...[
    '/pet/findByStatus?status=',
    '/pet/findByStatus?status=sold&status=pending',
    '/pet/findByStatus?status=%zz',
    '/pet/findByStatus?status=,',
  ],
  ...[
    '/pet/findByTags?tags=',
    '/pet/findByTags?tags=tag1&tags=tag2',
    '/pet/findByTags?tags=%ff',
    '/pet/findByTags?tags=%20,',
  ],
  ...[
    '/user/login?username=nobody&password=x',
    '/user/login?username=a&username=b&password=x',
    '/user/login?username=%20&password=x',
  ],
]
const ODD_PATHS = [
  '/pet/1/',
  '/PET/1',
  '/user/%20',
  '/user/%zz',
  '/user/%ff',
  '/pet/%zz',
  '/store/order/%00',
  '/nothing',
  '/user/a/b',
]

/** Writes of the last part of a session: after them, servers that are right may hold different records. */
export const openWrite: Make = (stream, { pets }) => {
  const id = pick(stream, pets)
  const pet = JSON.stringify(petOf(stream, id))
  return pick<() => Step>(stream, [
    () =>
      put(
        stream,
        JSON_TYPE,
        pick(stream, [
          `\ufeff${pet}`,
          pet.replace('{', '{"name":"twice",'),
          pet.replace('{', '{"__proto__":{"a":1},'),
          `${'['.repeat(300)}${']'.repeat(300)}`,
        ]),
      ),
    () =>
      put(
        stream,
        JSON_TYPE,
        pet.replace(/"id":\d+/, `"id":${pick(stream, ['-1', '1.0', '1e0', '9007199254740993', '1e400', '0'])}`),
      ),
    () => put(stream, XML_TYPE, pick(stream, OPEN_XML).replaceAll('ID', String(id))),
    () => put(stream, pick(stream, [...OPEN_TYPES, XML_TYPE]), pet),
    () => put(stream, JSON_TYPE, Buffer.from([0x7b, 0xff, 0xfe])),
    () =>
      put(stream, JSON_TYPE, gzipSync(pet), { 'Content-Encoding': pick(stream, ['gzip', 'deflate', 'identity', 'x']) }),
    () =>
      stepOf('', ['POST', `/pet/${id}`], {
        headers: { ...withKey(stream), 'Content-Type': FORM_TYPE },
        body: pick(stream, OPEN_FORMS),
        demand: 'open',
      }),
    () => stepOf('', ['POST', `/pet/${pick(stream, [id, ...OPEN_IDS])}`], { headers: withKey(stream), demand: 'open' }),
    () => openUpload(stream, id),
    () => openUser(stream),
    () => openOrder(stream),
    () =>
      stepOf('', ['POST', '/domain'], {
        headers: { ...withKey(stream), 'Content-Type': JSON_TYPE },
        body: pick(stream, ['{}', '{"name":""}', '{"name":" "}']),
        demand: 'open',
      }),
  ])()
}

const put = (stream: Stream, type: string, body: string | Buffer, more: Readonly<Record<string, string>> = {}) =>
  stepOf('', ['PUT', '/domain'], {
    headers: { ...withKey(stream), 'Content-Type': type, ...more },
    body,
    demand: 'open',
  })

const OPEN_TYPES = [
  'text/json',
  'text/xml',
  'application/vnd.api+json',
  'application/json; charset=utf-16',
  'application/json;',
  '*/*',
  'json',
  ';',
  '',
]
const OPEN_FORMS = [
  'name=a&name=b',
  'status=solt',
  'name=%zz',
  'name=%ff',
  'name',
  '=',
  '&&',
  '',
  'name[]=a',
  'name=a;status=sold',
]
const OPEN_XML = [
  '<Pet a="1"><id>ID</id><name>a</name><photoUrls>b</photoUrls></Pet>',
  '<Pet xmlns="urn:x"><id>ID</id><name>a</name><photoUrls>b</photoUrls></Pet>',
  '<p:Pet xmlns:p="urn:x"><p:id>ID</p:id><p:name>a</p:name></p:Pet>',
  '<!DOCTYPE Pet [<!ENTITY a "b">]><Pet><id>ID</id><name>&a;</name><photoUrls>b</photoUrls></Pet>',
  '<Pet><id> ID </id><name>a<b>c</b></name><photoUrls/><category/><tags/></Pet>',
  '<Animal><id>ID</id><name>a</name><photoUrls>b</photoUrls></Animal>',
  '<?xml version="1.1"?><Pet><id>ID</id><id>ID</id><name>&#0;</name><photoUrls>b</photoUrls></Pet>',
  '<?xml version="1.0" encoding="ISO-8859-1"?><Pet><id>ID</id><name>a</name></Pet>',
]

const openUpload = (stream: Stream, id: number) =>
  stepOf('', ['POST', `/pet/${id}/uploadImage`], {
    headers: {
      ...withKey(stream),
      'Content-Type': pick(stream, ['multipart/form-data; boundary=b', 'multipart/mixed; boundary=b']),
    },
    body: pick(stream, [
      '--b--',
      'before\r\n--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\nafter',
      '--b\nContent-Disposition: form-data; name="file"\n\nx\n--b--\n',
      '--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n',
      '--b\r\n\r\nx\r\n--b--\r\n',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="b"\r\n\r\ny\r\n--b--\r\n',
    ]),
    demand: 'open',
  })

/** Names that are taken, blank or reserved, and PUTs that leave something out. */
function openUser(stream: Stream): Step {
  const name = pick(stream, ['taken', 'taken2', 'login', 'logout', 'createWithList', ' ', ''])
  const body = JSON.stringify(userOf(stream, name))
  const headers = { 'Content-Type': JSON_TYPE }
  return pick(stream, [
    stepOf('', ['POST', '/user'], { headers, body, demand: 'open' }),
    stepOf('', ['POST', '/user'], {
      headers,
      body: pick(stream, ['{}', `{"email":${JSON.stringify(text(stream))}}`]),
      demand: 'open',
    }),
    stepOf('', ['POST', '/user/createWithList'], {
      headers,
      body: pick(stream, [`[${body},${body}]`, '[]']),
      demand: 'open',
    }),
    stepOf('', ['PUT', `/user/${pick(stream, ['taken', '%20', 'nobody'])}`], { headers, body, demand: 'open' }),
    stepOf('', ['GET', '/user/taken'], { demand: 'open' }),
    stepOf('', ['DELETE', '/user/taken'], { demand: 'open' }),
  ])
}

const openOrder = (stream: Stream) =>
  stepOf('', ['POST', '/store/order'], {
    headers: { 'Content-Type': JSON_TYPE, ...(happens(stream, 0.3) && { Accept: pick(stream, ODD_ACCEPTS) }) },
    body: JSON.stringify({ id: pick(stream, ['0', '-1', 'x', '007', '', '9007199254740993']), name: text(stream) }),
    demand: 'open',
  })
