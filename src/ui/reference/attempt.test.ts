import { expect, test } from '@jest/globals'
import { createMock } from '../../index.ts'
import { type ApiDocument, type Operation, operationsOf } from '../app/api-document.ts'
import { firstAttempt, initOf, targetOf } from './attempt.ts'
import { provenanceOf } from './provenance.ts'
import { namedIn, schemaText } from './schema-text.ts'

const load = async (): Promise<ApiDocument> => (await createMock().fetch('/openapi.json')).json()

test('the examples of the document make a request of each operation that the mock does not refuse for its form', async () => {
  const statuses: Record<string, number> = {}
  for (const operation of operationsOf(await load())) {
    const attempt = firstAttempt(operation)
    const response = await createMock().fetch(
      targetOf(operation, attempt, '/v2'),
      initOf(operation, attempt, 'default'),
    )
    statuses[operation.id] = response.status
  }
  expect(Object.values(statuses).filter((status) => ![200, 404].includes(status))).toEqual([])
  expect(statuses).toMatchObject({ getPetById: 200, findPetsByStatus: 200, addDomain: 200, updatePetWithForm: 200 })
})

test('values are escaped, and a list keeps its commas', async () => {
  const operations = new Map(operationsOf(await load()).map((one) => [one.id, one]))
  const target = (id: string, values: Record<string, string>) => {
    const operation = operations.get(id) as Operation
    return targetOf(operation, { ...firstAttempt(operation), values }, '/v2')
  }
  expect(target('getUserByName', { 'path username': 'a/b?c' })).toBe('/v2/user/a%2Fb%3Fc')
  expect(target('findPetsByStatus', { 'query status': 'sold,pe&d' })).toBe('/v2/pet/findByStatus?status=sold,pe%26d')
  expect(target('findPetsByStatus', { 'query status': '' })).toBe('/v2/pet/findByStatus')
})

test('parts tell where they come from', () => {
  expect([{}, { 'x-inferred': true }, { 'x-observed': true }].map(provenanceOf)).toEqual([
    'published',
    'inferred',
    'observed',
  ])
})

test('schemas are told in words', async () => {
  const { schemas = {} } = (await load()).components
  expect(schemaText({ type: 'array', items: { $ref: '#/components/schemas/Pet' } }, schemas)).toBe('array of Pet')
  expect(namedIn({ $ref: '#/components/schemas/Pet' }, schemas)).toEqual(['Pet', 'DomainIn', 'Tag'])
})
