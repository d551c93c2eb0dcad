import { expect, test } from '@jest/globals'
import { ApiError } from '../../openapi/api-error.ts'
import { loadDocument, parseApiDocument } from '../../openapi/document.ts'
import type { OperationId } from '../../openapi/operation.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { enforcerOf, NonConformingReply } from './enforcer.ts'

const own = loadDocument(pathOf('openapi.yaml'))
const other = parseApiDocument(JSON.stringify(own.json), 'other.json')
const NO_PARAMETERS = { path: {}, query: {}, headers: {}, violations: [], unknownQuery: [] }

function operationOf(document: typeof own, id: OperationId) {
  const found = document.operations.find((operation) => operation.id === id)
  if (!found) throw new Error(id)
  return found
}

const jsonBody = (value: unknown) => ({
  value,
  mediaType: 'application/json',
  bytes: Buffer.alloc(0),
  violations: [],
})

test('what looks like a file in a JSON body is what it is, not a file', async () => {
  const pet = { id: 1, name: 'a', photoUrls: [], category: { id: 1, filename: 'a.png', size: 1 } }
  const operation = operationOf(own, 'updatePet')
  await enforcerOf(own).enforceRequest(operation, NO_PARAMETERS, jsonBody(pet))
})

test('the own document is enforced at once, without a promise', () => {
  const { enforceRequest, enforceReply } = enforcerOf(own)
  const operation = operationOf(own, 'createUser')
  expect(enforceRequest(operation, NO_PARAMETERS, jsonBody({ username: 'a' }))).toBeUndefined()
  expect(() => enforceRequest(operation, NO_PARAMETERS, jsonBody({ id: 'x' }))).toThrow(ApiError)
  const pet = operationOf(own, 'getPetById')
  const reply = { status: 200, value: { name: 'a', photoUrls: [] } }
  expect(enforceReply(pet, reply, 'application/json')).toBeUndefined()
  expect(() => enforceReply(pet, { status: 200, value: {} }, 'application/json')).toThrow(NonConformingReply)
})

test('another document is enforced by the validator itself, in time', async () => {
  const { enforceRequest, enforceReply } = enforcerOf(other)
  const operation = operationOf(other, 'createUser')
  await expect(enforceRequest(operation, NO_PARAMETERS, jsonBody({ id: 'x' }))).rejects.toThrow(ApiError)
  const pet = operationOf(other, 'getPetById')
  await expect(enforceReply(pet, { status: 200, value: {} }, 'application/json')).rejects.toThrow(NonConformingReply)
})

test('a reply that is remembered as judged is a frozen one, and for its own schema alone', () => {
  const { enforceReply } = enforcerOf(own)
  const pet = operationOf(own, 'getPetById')
  const changing: Record<string, unknown> = { name: 'a', photoUrls: [] }
  expect(enforceReply(pet, { status: 200, value: changing }, 'application/json')).toBeUndefined()
  changing.name = 1
  expect(() => enforceReply(pet, { status: 200, value: changing }, 'application/json')).toThrow(NonConformingReply)
  const frozen = Object.freeze({ name: 'a', photoUrls: Object.freeze([]) })
  expect(enforceReply(pet, { status: 200, value: frozen }, 'application/json')).toBeUndefined()
  const list = operationOf(own, 'findPetsByStatus')
  expect(() => enforceReply(list, { status: 200, value: frozen }, 'application/json')).toThrow(NonConformingReply)
})
