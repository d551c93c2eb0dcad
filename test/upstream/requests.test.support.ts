import type { Sending } from '../../contract-tests/mutants/client.ts'

/** One request as a client sends it. */
export interface RandomRequest extends Sending {
  readonly method: string
  readonly path: string
}

const FORM = 'application/x-www-form-urlencoded'
const NAMES = ['rex', 'Zoë', 'a & b', '', 'x'.repeat(300)]
const ACCEPTS = [
  'application/json',
  'application/xml',
  '*/*',
  'application/json, */*;q=0.5',
  'text/html',
  'application/xml;q=0.9, application/json',
]

type Random = () => number

const pick = <T>(random: Random, list: readonly [T, ...T[]] | readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T

const petOf = (random: Random) => ({
  id: pick(random, [1, 2, 3, 5, 11, 77, 99_999]),
  name: pick(random, NAMES),
  photoUrls: random() < 0.5 ? [] : ['https://images.example/a.png'],
  ...(random() < 0.5 && { tags: [{ id: 1, name: pick(random, ['tag1', 'tag2', 'fresh']) }] }),
  ...(random() < 0.7 && { status: pick(random, ['available', 'pending', 'sold']) }),
})

const userOf = (random: Random) => ({
  username: pick(random, ['user1', 'user2', 'ada', 'bob']),
  firstName: pick(random, NAMES),
  password: pick(random, ['a', 'secret']),
})

/** Makes a request: mostly valid ones to all operations, some that are not. */
export function randomRequest(random: Random): RandomRequest {
  const pet = pick(random, ['1', '2', '3', '4', '5', '11', '77', '0', '-1', 'x', '1.5', '9007199254740993'])
  const order = pick(random, ['1', '2', '5', '10', '11', '0', 'x', '77'])
  const user = pick(random, ['user1', 'user2', 'user3', 'ada', 'bob', 'nobody', '%20', 'a%2Fb'])
  const status = pick(random, ['available', 'pending', 'sold', 'available,sold', 'bogus', ''])
  const tags = pick(random, ['tag1', 'tag2,tag3', 'fresh', '', 'no%20one'])
  const makers: readonly (() => RandomRequest)[] = [
    () => ({ method: 'GET', path: `/pet/${pet}` }),
    () => ({ method: 'GET', path: `/pet/${pet}` }),
    () => ({ method: 'GET', path: `/pet/findByStatus?status=${status}` }),
    () => ({ method: 'GET', path: `/pet/findByTags?tags=${tags}` }),
    () => ({ method: 'GET', path: '/store/inventory' }),
    () => ({ method: 'GET', path: `/store/order/${order}` }),
    () => ({ method: 'GET', path: `/user/${user}` }),
    () => ({
      method: 'GET',
      path: `/user/login?username=${user}&password=${pick(random, ['a', 'secret', 'secret-1-1'])}`,
    }),
    () => ({ method: 'GET', path: '/user/logout' }),
    () => ({ method: 'HEAD', path: `/pet/${pet}` }),
    () => ({ method: 'PUT', path: '/domain', json: petOf(random) }),
    () => ({ method: 'PUT', path: '/domain', json: { ...petOf(random), name: 1 } }),
    () => ({ method: 'POST', path: '/domain', json: { name: 'shop.example' } }),
    () => ({
      method: 'POST',
      path: `/pet/${pet}`,
      type: FORM,
      body: `name=new&status=${pick(random, ['sold', 'bogus'])}`,
    }),
    () => ({ method: 'DELETE', path: `/pet/${pet}` }),
    () => ({ method: 'POST', path: `/pet/${pet}/uploadImage`, type: 'multipart/form-data; boundary=b', body: UPLOAD }),
    () => ({
      method: 'POST',
      path: '/store/order',
      json: random() < 0.5 ? {} : { id: pick(random, ['3', '11', 'x']), name: 'a.example' },
    }),
    () => ({ method: 'DELETE', path: `/store/order/${order}` }),
    () => ({ method: 'POST', path: '/user', json: userOf(random) }),
    () => ({ method: 'POST', path: '/user/createWithList', json: [userOf(random), userOf(random)] }),
    () => ({ method: 'PUT', path: `/user/${user}`, json: userOf(random) }),
    () => ({ method: 'DELETE', path: `/user/${user}` }),
    () => ({ method: 'POST', path: '/user', type: 'application/json', body: '{"username":' }),
    () => ({ method: 'PUT', path: '/domain', type: 'text/plain', body: 'x' }),
    () => ({ method: pick(random, ['PATCH', 'OPTIONS', 'DELETE']), path: '/store/inventory' }),
    () => ({ method: 'GET', path: '/nothing/here' }),
  ]
  const made = pick(random, makers)()
  const accept = random() < 0.6 ? { accept: pick(random, ACCEPTS) } : {}
  const key = random() < 0.05 ? { key: pick(random, ['wrong', null]) } : {}
  return { ...made, ...accept, ...key }
}

const UPLOAD = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nbytes\r\n--b--\r\n'
