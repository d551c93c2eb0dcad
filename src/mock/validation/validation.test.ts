import { expect, test } from '@jest/globals'
import { ApiError } from '../../openapi/api-error.ts'
import { loadDocument, parseApiDocument } from '../../openapi/load-document.ts'
import type { OperationId } from '../../openapi/operation.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { NonConformingReply, validationOf } from './validation.ts'

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
  await expect(validationOf(own).request(operation, NO_PARAMETERS, jsonBody(pet))).resolves.toBeUndefined()
})

test.each([
  ['the packaged document', own],
  ['another document', other],
])('%s is enforced on requests and replies', async (_name, document) => {
  const { request, reply } = validationOf(document)
  const operation = operationOf(document, 'createUser')
  await request(operation, NO_PARAMETERS, jsonBody({ username: 'a' }))
  await expect(request(operation, NO_PARAMETERS, jsonBody({ id: 'x' }))).rejects.toThrow(ApiError)
  const pet = operationOf(document, 'getPetById')
  await reply(pet, { status: 200, value: { name: 'a', photoUrls: [] } }, 'application/json')
  await expect(reply(pet, { status: 200, value: {} }, 'application/json')).rejects.toThrow(NonConformingReply)
})

test('a value that passed is validated again when it has changed, and by the schema of each operation', async () => {
  const { reply } = validationOf(own)
  const pet = operationOf(own, 'getPetById')
  const changing: Record<string, unknown> = { name: 'a', photoUrls: [] }
  await reply(pet, { status: 200, value: changing }, 'application/json')
  changing.name = 1
  await expect(reply(pet, { status: 200, value: changing }, 'application/json')).rejects.toThrow(NonConformingReply)
  const frozen = Object.freeze({ name: 'a', photoUrls: Object.freeze([]) })
  await reply(pet, { status: 200, value: frozen }, 'application/json')
  const list = operationOf(own, 'findPetsByStatus')
  await expect(reply(list, { status: 200, value: frozen }, 'application/json')).rejects.toThrow(NonConformingReply)
})
