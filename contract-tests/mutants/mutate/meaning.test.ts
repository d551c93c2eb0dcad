import { expect, test } from '@jest/globals'
import type { Answer } from '../../../src/http/answers/answer.ts'
import { loadDocument } from '../../../src/openapi/load-document.ts'
import { pathOf } from '../../../src/openapi/package-files.ts'
import { differenceOf, meaningOf } from './meaning.ts'
import { createOrderNames } from './order-names.ts'
import { JSON_TYPE, stepOf, XML_TYPE } from './sent.ts'
import type { Step } from './step.ts'

const { operations } = loadDocument(pathOf('openapi.yaml'))

const answer = (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  bytes: Buffer.from(body),
})
const json = (value: unknown, headers = {}) =>
  answer(200, JSON.stringify(value), { 'content-type': JSON_TYPE, ...headers })
const xml = (text: string) => answer(200, text, { 'content-type': `${XML_TYPE}; charset=utf-8` })

function between(step: Step, one: Answer | undefined, other: Answer | undefined) {
  const operation = operations.find(({ id }) => id === step.operation)
  const meaning = (given: Answer | undefined) => meaningOf({ step, answer: given, order: 'an order' }, operation)
  return differenceOf(meaning(one), meaning(other))
}

const getPet = stepOf('getPetById', ['GET', '/pet/1'])
const asXml = { ...getPet, wants: XML_TYPE } as const
const lists = stepOf('findPetsByStatus', ['GET', '/pet/findByStatus?status=sold'])
const getUser = stepOf('getUserByName', ['GET', '/user/ann'])
const getOrder = stepOf('getOrderById', ['GET', '/store/order/1'])
const order = stepOf('placeOrder', ['POST', '/store/order'], { body: '{"name":"a"}' })
const login = stepOf('loginUser', ['GET', '/user/login?username=a&password=b'])
const domain = stepOf('addDomain', ['POST', '/domain'], { body: '{"name":"b"}' })
const upload = stepOf('uploadFile', ['POST', '/pet/1/uploadImage'])
const overlap = stepOf('', ['POST', '/pet/findByTags'], { demand: 'method' })
const DATES = { 'x-rate-limit': '1', 'x-expires-after': '2031-01-01T00:00:00Z' }
const pet = { id: 1, name: 'a', photoUrls: [] }

test.each<[string, Step, Answer | undefined, Answer | undefined]>([
  ['the body of a refusal', getPet, answer(404, 'a'), answer(404, 'b', { 'content-type': 'text/html' })],
  ['the class of a refusal', order, answer(400), answer(422)],
  ['401 and 403', getPet, answer(401), answer(403)],
  ['400 and 404 for an order', getOrder, answer(400), answer(404)],
  [
    'the status of a success that nobody documents',
    stepOf('deletePet', ['DELETE', '/pet/1']),
    answer(200),
    answer(204),
  ],
  ['JSON and XML, if neither is asked for', getPet, json(pet), xml('<Pet><id>1</id><name>a</name></Pet>')],
  ['properties that the document does not name', getPet, json(pet), json({ ...pet, more: 1 })],
  ['the order of a list', lists, json([pet, { ...pet, id: 2 }]), json([{ ...pet, id: 2 }, pet])],
  ['a password that is shown', getUser, json({ username: 'a' }), json({ username: 'a', password: 'b' })],
  [
    'a field of an order that was not sent',
    order,
    json({ id: '5', name: 'a' }),
    json({ id: '5', name: 'a', active: true }),
  ],
  ['the token', login, json('a', DATES), json('b', DATES)],
  ['a refused HEAD', { ...getPet, method: 'HEAD' }, answer(200), answer(405)],
  ['anything, where all is open', { ...getPet, demand: 'open' }, answer(200), answer(418)],
  ['a domain that is not shown', domain, json({ id: 'a', name: 'b' }), answer(204)],
  ['a 405 that may be of the template', overlap, answer(405, '', { allow: 'GET' }), answer(405)],
  ['refusals of a method', { ...getPet, demand: 'method' }, answer(404), answer(501)],
  ['a 404 for a method', { ...getPet, demand: 'method' }, answer(405, '', { allow: 'GET' }), answer(404)],
  ['an upload that is answered in other words', upload, json({ code: 1, message: 'a' }), json({})],
])('%s: both answers are right', (_, step, one, other) => {
  expect(between(step, one, other)).toBeUndefined()
})

test.each<[string, Step, Answer | undefined, Answer | undefined]>([
  ['no answer', { ...getPet, demand: 'open' }, answer(404), undefined],
  ['a failure of the server', { ...getPet, demand: 'open' }, answer(404), answer(500)],
  ['a success for a refusal', order, answer(400), answer(200)],
  ['404 for a refusal of a pet', getPet, answer(400), answer(404)],
  ['a success for a wrong method', { ...getPet, demand: 'method' }, answer(405), answer(200)],
  ['a 405 with other methods', { ...getPet, demand: 'method' }, answer(405, '', { allow: 'GET' }), answer(405)],
  ['another status of a documented success', getPet, json(pet), answer(204)],
  ['another type than was asked for', asXml, xml('<Pet><id>1</id></Pet>'), json({ id: 1 })],
  ['another root', asXml, xml('<Pet><id>1</id></Pet>'), xml('<pet><id>1</id></pet>')],
  ['a field of another value', getPet, json(pet), json({ ...pet, name: 'b' })],
  ['a field of another type', getPet, json(pet), json({ ...pet, id: '1' })],
  ['a field that is lost', getPet, json(pet), json({ id: 1, photoUrls: [] })],
  ['a record that is not in the list', lists, json([pet]), json([])],
  ['a field of an order that was sent', order, json({ id: '5', name: 'a' }), json({ id: '5', name: 'b' })],
  ['an empty token', login, json('a', DATES), json('', DATES)],
  ['a login without a header', login, json('a', DATES), json('a', { ...DATES, 'x-rate-limit': '' })],
  ['bytes that are no JSON', getPet, json(pet), answer(200, '{', { 'content-type': JSON_TYPE })],
])('%s is a difference', (_, step, one, other) => {
  expect(between(step, one, other)).toEqual(expect.any(String))
})

const place = (id: string | undefined) =>
  stepOf('placeOrder', ['POST', '/store/order'], { body: JSON.stringify({ id, name: 'a' }) })
const readOrder = (name: string) => stepOf('getOrderById', ['GET', `/store/order/{${name}}`])

test('an order that the server numbers is read by its number', () => {
  const orders = createOrderNames()
  expect(orders.note(place('40'), json({ id: '11' }))).toBe('40')
  expect(orders.note(place(undefined), json({ id: '12' }))).toBe('order 2')
  expect([readOrder('40'), readOrder('auto'), readOrder('41')].map(orders.pathOf)).toEqual([
    '/store/order/11',
    '/store/order/12',
    '/store/order/41',
  ])
})

test('a number that is given twice names the first order, unless that was deleted', () => {
  const orders = createOrderNames()
  expect(orders.note(place('40'), json({ id: '11' }))).toBe('40')
  expect(orders.note(place('41'), json({ id: '11' }))).toBe('40')
  orders.note(stepOf('deleteOrder', ['DELETE', '/store/order/{40}']), answer(200))
  expect(orders.note(place('42'), json({ id: '11' }))).toBe('42')
})

test('an order whose id is no number is not read', () => {
  const orders = createOrderNames()
  orders.note(place('40'), json({ id: 'ord_x' }))
  expect(orders.pathOf(readOrder('40'))).toBeUndefined()
})
