import { pick, type Stream } from '../../../fixtures/stream.ts'
import { anyName, anyOrder, freshName, type Known, NO_IDS, orderNumber, segment, wrongPassword } from './known.ts'
import { type Fields, orderOf, userOf } from './records.ts'
import type { Make } from './requests-of-pets.ts'
import { acceptBoth, JSON_TYPE, stepOf, typeHeader } from './sent.ts'
import { spellJson } from './spell.ts'
import { breakJson, NO_RECORDS, spoil } from './spoil.ts'
import { below, happens } from './words.ts'

const remember = ({ users }: Known, { username, password }: Fields) =>
  void users.set(String(username), password === undefined ? undefined : String(password))

export const placeOrder: Make = (stream, known) => {
  const { headers, wants } = acceptBoth(stream)
  const order = orderOf(stream, happens(stream, 0.6) ? orderNumber(stream, known) : undefined)
  return stepOf('placeOrder', ['POST', '/store/order'], {
    headers: { ...headers, ...typeHeader(stream, JSON_TYPE) },
    wants,
    body: spellJson(stream, order),
  })
}

export const placeWrongOrder: Make = (stream) => {
  const order = { name: 'a', ...orderOf(stream, String(50_000 + below(stream, 9))) }
  const body = happens(stream, 0.6)
    ? JSON.stringify(spoil(stream, order, 'text', []))
    : pick(stream, [...NO_RECORDS, breakJson(stream, JSON.stringify(order))])
  return stepOf('placeOrder', ['POST', '/store/order'], { headers: { 'Content-Type': JSON_TYPE }, body })
}

export const getOrder: Make = (stream, known) => {
  const { headers, wants } = acceptBoth(stream)
  const method = happens(stream, 0.1) ? 'HEAD' : 'GET'
  return stepOf('getOrderById', [method, `/store/order/${anyOrder(stream, known)}`], { headers, wants })
}

export const deleteOrder: Make = (stream, known) => {
  const id = anyOrder(stream, known)
  known.orders.delete(id.replace(/[{}]/g, ''))
  return stepOf('deleteOrder', ['DELETE', `/store/order/${id}`])
}

export const noOrder: Make = (stream) => {
  const path = `/store/order/${pick(stream, [...NO_IDS, '0'])}`
  return pick(stream, [
    stepOf('getOrderById', ['GET', path], { demand: 'nothing' }),
    stepOf('deleteOrder', ['DELETE', path], { demand: 'nothing' }),
  ])
}

export const createUser: Make = (stream, known) => {
  const user = userOf(stream, freshName(stream, known))
  remember(known, user)
  return stepOf('createUser', ['POST', '/user'], {
    headers: typeHeader(stream, JSON_TYPE),
    body: spellJson(stream, user),
  })
}

export const createWrongUser: Make = (stream, known) => {
  const user = userOf(stream, freshName(stream, known), true)
  const body = happens(stream, 0.6)
    ? JSON.stringify(spoil(stream, user, 'number', []))
    : pick(stream, [...NO_RECORDS, breakJson(stream, JSON.stringify(user))])
  return stepOf('createUser', ['POST', '/user'], { headers: { 'Content-Type': JSON_TYPE }, body })
}

export const createUsers: Make = (stream, known) => {
  const users = Array.from({ length: 1 + below(stream, 4) }, () => userOf(stream, freshName(stream, known)))
  const body = spellJson(stream, users)
  for (const user of users) remember(known, user)
  return stepOf('createUsersWithListInput', ['POST', '/user/createWithList'], {
    headers: typeHeader(stream, JSON_TYPE),
    body,
  })
}

export const createWrongUsers: Make = (stream, known) => {
  const users = Array.from({ length: 1 + below(stream, 3) }, () => userOf(stream, freshName(stream, known), true))
  const at = below(stream, users.length)
  const wrong = users.map((user, index) => (index === at ? spoil(stream, user, 'number', []) : user))
  const other = pick(stream, [
    '{}',
    '5',
    '"x"',
    'null',
    '[5]',
    '[null]',
    '["x"]',
    '[[]]',
    '',
    breakJson(stream, JSON.stringify(users)),
  ])
  return stepOf('createUsersWithListInput', ['POST', '/user/createWithList'], {
    headers: { 'Content-Type': JSON_TYPE },
    body: happens(stream, 0.6) ? JSON.stringify(wrong) : other,
  })
}

const loginPath = (name: string, password: string) =>
  `/user/login?username=${encodeURIComponent(name)}&password=${encodeURIComponent(password)}`

export const login: Make = (stream, { users }) => {
  const able = [...users].filter(([, password]) => password !== undefined && password.trim() !== '')
  const [name = 'nobody', password = 'x'] = able.length > 0 ? pick(stream, able) : []
  const given = happens(stream, 0.6) ? password : wrongPassword(stream, password)
  const { headers, wants } = acceptBoth(stream)
  if (able.length === 0) return stepOf('logoutUser', ['GET', '/user/logout'])
  const path = happens(stream, 0.9) ? loginPath(name, given) : withMissing(stream, name, given)
  return stepOf('loginUser', ['GET', path], { headers, wants })
}

const withMissing = (stream: Stream, name: string, password: string) =>
  pick(stream, [
    '/user/login',
    `/user/login?username=${encodeURIComponent(name)}`,
    `/user/login?password=${encodeURIComponent(password)}`,
  ])

export const logout: Make = () => stepOf('logoutUser', ['GET', '/user/logout'])

export const getUser: Make = (stream, known) => {
  const { headers, wants } = acceptBoth(stream)
  const method = happens(stream, 0.1) ? 'HEAD' : 'GET'
  return stepOf('getUserByName', [method, `/user/${segment(stream, anyName(stream, known))}`], { headers, wants })
}

export const putUser: Make = (stream, known) => {
  const name = anyName(stream, known)
  const user = userOf(stream, name, true)
  if (known.users.has(name)) remember(known, user)
  return stepOf('updateUser', ['PUT', `/user/${segment(stream, name)}`], {
    headers: typeHeader(stream, JSON_TYPE),
    body: spellJson(stream, user),
  })
}

export const putWrongUser: Make = (stream, { users }) => {
  const [name = 'nobody'] = users.size > 0 ? [pick(stream, [...users.keys()])] : []
  const user = userOf(stream, name, true)
  const body = happens(stream, 0.6)
    ? JSON.stringify(spoil(stream, user, 'number', []))
    : pick(stream, [...NO_RECORDS, breakJson(stream, JSON.stringify(user))])
  return stepOf('updateUser', ['PUT', `/user/${segment(stream, name)}`], {
    headers: { 'Content-Type': JSON_TYPE },
    body,
    demand: users.size > 0 ? 'exact' : 'nothing',
  })
}

export const deleteUser: Make = (stream, known) => {
  const name = anyName(stream, known)
  known.users.delete(name)
  return stepOf('deleteUser', ['DELETE', `/user/${segment(stream, name)}`])
}
