import { expect, test } from '@jest/globals'
import { loadDocument } from '../load-document.ts'
import type { OperationId } from '../operation.ts'
import { pathOf } from '../package-files.ts'
import { createValidator } from './express-validator.ts'

const document = loadDocument(pathOf('openapi.yaml'))
const validator = createValidator(document)

function operation(id: OperationId) {
  const found = document.operations.find((candidate) => candidate.id === id)
  if (!found) throw new Error(id)
  return found
}

const request = (id: OperationId, body: unknown, mediaType = 'application/json') =>
  validator.validateRequest(operation(id), { path: {}, query: {}, headers: {}, body, mediaType })

test('validateRequest passes a valid body', async () => {
  expect(await request('updatePet', { id: 1, name: 'a', photoUrls: [] })).toEqual([])
})

test('validateRequest gives every violation, with its place', async () => {
  const found = await request('updatePet', { id: 'x', photoUrls: [1], status: 'gone' })
  expect(found.map(({ path, keyword }) => [path, keyword])).toEqual([
    ['/body/name', 'required'],
    ['/body/id', 'type'],
    ['/body/photoUrls/0', 'type'],
    ['/body/status', 'enum'],
  ])
})

test.each([
  ['int32', { userStatus: 2 ** 31 }, '/body/userStatus'],
  ['int64', { id: 2 ** 53 }, '/body/id'],
  ['null', { phone: null }, '/body/phone'],
])('validateRequest knows the range of %s', async (_name, user, path) => {
  expect((await request('createUser', user)).map((violation) => violation.path)).toEqual([path])
})

test('validateRequest validates parameters', async () => {
  const values = { path: {}, query: { status: ['sold', 'gone'] }, headers: {}, body: undefined }
  expect(await validator.validateRequest(operation('findPetsByStatus'), values)).toEqual([
    expect.objectContaining({ path: '/query/status/1', keyword: 'enum' }),
  ])
  expect(await validator.validateRequest(operation('findPetsByStatus'), { ...values, query: {} })).toEqual([
    expect.objectContaining({ path: '/query/status', keyword: 'required' }),
  ])
})

test('validateRequest takes a body that may be left out', async () => {
  const values = { path: { petId: 1 }, query: {}, headers: {}, body: undefined }
  expect(await validator.validateRequest(operation('updatePetWithForm'), values)).toEqual([])
})

test('validateReply validates the value by status and media type', async () => {
  const validate = (status: number, value: unknown, type = 'application/json') =>
    validator.validateReply(operation('getPetById'), status, type, value)
  expect(await validate(200, { name: 'a', photoUrls: [] })).toEqual([])
  expect(await validate(200, { name: 'a', photoUrls: [] }, 'application/xml')).toEqual([])
  expect(await validate(200, { name: 'a' })).toEqual([expect.objectContaining({ path: '/response/photoUrls' })])
  expect(await validate(200, { name: 'a', photoUrls: [], id: 2 ** 53 })).toHaveLength(1)
  expect(await validate(404, { title: 'x' }, 'application/problem+json')).not.toEqual([])
})

test('validateReply refuses a body where none is documented, and a status that is not', async () => {
  expect(await validator.validateReply(operation('deletePet'), 200, 'application/json', {})).toHaveLength(1)
  expect(await validator.validateReply(operation('deletePet'), 200, '', undefined)).toEqual([])
  expect(await validator.validateReply(operation('getPetById'), 302, 'application/json', {})).toHaveLength(1)
})
