import type { RandomRequest } from './requests.test.support.ts'

const FORM = 'application/x-www-form-urlencoded'
const XML = 'application/xml'
const UPLOAD = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nx\r\n--b--\r\n'

const get = (path: string): RandomRequest => ({ method: 'GET', path })
const getXml = (path: string): RandomRequest => ({ method: 'GET', path, accept: XML })
const both = (...paths: readonly string[]) => paths.flatMap((path) => [get(path), getXml(path)])
const put = (path: string, json: unknown): RandomRequest => ({ method: 'PUT', path, json })
const post = (path: string, json: unknown): RandomRequest => ({ method: 'POST', path, json })
const form = (path: string, body: string): RandomRequest => ({ method: 'POST', path, type: FORM, body })

const pet = { id: 3, name: 'rex', photoUrls: ['a', 'b'], tags: [{ id: 1, name: 'alone' }], status: 'available' }
const many = Array.from({ length: 12 }, (_, index) => ({ id: index, name: `t${index}` }))
const petXml =
  '<Pet><id>1</id><name>Zoë &amp; co</name><photoUrls>a</photoUrls><photoUrls>b</photoUrls>' +
  '<tags><id>1</id><name>fresh</name></tags><status>pending</status></Pet>'
const user = { username: 'ada', firstName: 'a<b & 🦜', phone: '2025550100', userStatus: 1 }
const accepting = (accept: string, ...paths: readonly string[]): RandomRequest[] =>
  paths.map((path) => ({ method: 'GET', path, accept }))

/** Sixty requests as applications make them: each operation, in JSON and XML where there are both, with several forms of Accept. */
export const ORDINARY: readonly RandomRequest[] = [
  ...both('/pet/1', '/pet/2', '/pet/4', '/user/user1', '/store/order/1'),
  ...both('/pet/findByStatus?status=sold', '/pet/findByStatus?status=available', '/pet/findByTags?tags=tag1'),
  ...accepting('*/*', '/pet/1', '/user/user1'),
  ...accepting('application/json, application/xml;q=0.5, */*;q=0.1', '/pet/findByStatus?status=sold'),
  ...accepting('application/*', '/user/user1'),
  ...accepting('application/json;q=0, application/xml', '/user/user2'),
  ...accepting('Application/JSON', '/pet/2', '/pet/findByTags?tags=tag2,tag3'),
  get('/store/inventory'),
  ...both('/user/login?username=user1&password=secret-1-1'),
  get('/user/login?username=user1&password=secret-1-1'),
  get('/user/logout'),
  { method: 'PUT', path: '/domain', type: XML, body: petXml },
  ...both('/pet/1'),
  put('/domain', pet),
  ...both('/pet/3', '/pet/findByTags?tags=alone', '/pet/findByTags?tags=nobody'),
  put('/domain', { ...pet, id: 4, photoUrls: [], tags: many }),
  get('/pet/4'),
  put('/domain', { id: 4, name: 'a & b', photoUrls: [] }),
  ...both('/pet/4'),
  ...[2, 5, 8].map((id) => form(`/pet/${id}`, 'name=rex&status=available')),
  get('/store/inventory'),
  { method: 'POST', path: '/pet/3/uploadImage', type: 'multipart/form-data; boundary=b', body: UPLOAD },
  post('/domain', { name: 'new.example' }),
  post('/store/order', { id: '7', active: true }),
  { ...post('/store/order', { name: 'order.example', active: true }), accept: XML },
  get('/store/order/7'),
  post('/user', user),
  ...both('/user/ada'),
  post('/user/createWithList', [{ username: 'bob' }]),
  put('/user/ada', { ...user, firstName: 'Eve' }),
  { method: 'DELETE', path: '/user/ada' },
  { method: 'DELETE', path: '/pet/5' },
  { method: 'DELETE', path: '/store/order/2' },
]
