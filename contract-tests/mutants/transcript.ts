import type { Client, Received, Sending } from './client.ts'

const ODD_EMAIL = ' Zoe\u0308@X.example'
const WRONG_LOGIN = ['GET', '/user/login?username=user2&password=wrong'] as const
const UPLOAD = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--b--\r\n'

/** Requests that touch all that a server can do differently; run in order. */
const SCRIPT: readonly (readonly [method: string, path: string, sending?: Sending])[] = [
  ['GET', '/pet/findByStatus?status=sold,pending,available', { headers: { 'accept-encoding': 'gzip' } }],
  ['GET', '/pet/findByTags?tags=tag1&tags=tag3', { accept: 'application/xml' }],
  ['GET', '/pet/4', { accept: 'application/xml' }],
  ['GET', '/pet/4', { accept: 'text/html' }],
  ['GET', '/pet/4?unknown=1'],
  ['GET', '/pet/987654'],
  ['GET', '/pet/4', { key: 'wrong' }],
  ['POST', '/pet/987654', { type: 'application/x-www-form-urlencoded', body: 'name=a' }],
  ['POST', '/pet/4/uploadImage'],
  ['PUT', '/domain', { json: { id: 4, name: 1 } }],
  ['PUT', '/domain', { json: { id: 6, name: 'b', photoUrls: [] } }],
  ['GET', '/pet/6'],
  ['POST', '/domain', { key: null, json: { name: 7 } }],
  ['PUT', '/user/user1', { json: { username: 'user1', unknown: 1 } }],
  ['PATCH', '/pet/4'],
  ['HEAD', '/pet/4'],
  ['GET', '/nowhere'],
  ['POST', '/pet/findByTags'],
  ['DELETE', '/pet/4'],
  ['OPTIONS', '/store/inventory'],
  ['POST', '/domain', { json: { name: 'a.example' } }],
  ['POST', '/store/order', { json: { name: 'a.example' } }],
  ['GET', '/store/order/987654'],
  ['DELETE', '/store/order/9'],
  ['DELETE', '/store/order/9'],
  ['POST', '/user', { json: { username: 'user1', password: 'p' } }],
  ['GET', '/user/user1', { accept: 'application/xml' }],
  ['GET', '/user/user1'],
  ['GET', '/user/login?username=new&password=a', { accept: 'application/xml' }],
  ['POST', '/pet/5', { type: 'application/x-www-form-urlencoded', body: 'status=pending' }],
  ...['2', '5', '8'].map((id) => ['DELETE', `/pet/${id}`] as const),
  ['GET', '/store/inventory'],
  ['GET', '/pet/-1'],
  ['PUT', '/domain', { json: { id: 6, name: ' b ', photoUrls: [], tags: [], status: 'sold' } }],
  ['GET', '/pet/6'],
  ['PUT', '/domain', { json: { id: 7, name: 'c', photoUrls: [], tags: [{ name: 'script' }] } }],
  ['GET', '/pet/findByTags?tags=script'],
  ['POST', '/pet/6/uploadImage', { type: 'multipart/form-data; boundary=b', body: UPLOAD }],
  ['GET', '/pet/6'],
  ['POST', '/domain', { json: { name: 'a.example' } }],
  ['POST', '/store/order', { json: { name: ' A.Example' } }],
  ['POST', '/store/order', { json: { name: 'A.Example' } }],
  ['GET', '/store/order/8'],
  ['POST', '/user', { json: { id: 7, username: 'Ada', email: ODD_EMAIL, firstName: ODD_EMAIL } }],
  ['GET', '/user/Ada'],
  ['GET', '/user/ada'],
  ['POST', '/user', { json: { username: 'bob', email: ODD_EMAIL } }],
  ['PUT', '/user/Ada', { json: { username: 'Ada' } }],
  ['GET', '/user/Ada'],
  ...Array.from({ length: 5 }, () => WRONG_LOGIN),
  ['GET', '/user/login?username=user2&password=secret-1-2'],
]

/** The responses of a server to a fixed script, without times. Servers with equal texts cannot be told apart. */
export async function transcribe({ send }: Client): Promise<string> {
  const answers: string[] = []
  for (const [method, path, sending] of SCRIPT) answers.push(spell(await send(method, path, sending)))
  return answers.join('\n')
}

function spell({ status, rawHeaders, bytes }: Received): string {
  const headers = rawHeaders.map((text) => text.replace(/\d{2,}/g, '0')).filter((text) => !text.includes('GMT'))
  return [status, ...headers, bytes.toString('latin1')].join(' ')
}
