import { expect, test } from '@jest/globals'
import { createMock } from '../../index.ts'
import { type ApiDocument, basePathOf, operationsOf, refusalsOf } from './api-document.ts'

const load = async (): Promise<ApiDocument> => (await createMock().fetch('/openapi.json')).json()

test('the operations of the document are read, with what references stand for', async () => {
  const operations = operationsOf(await load())
  expect(operations).toHaveLength(19)
  const operation = operations.find(({ id }) => id === 'createUsersWithListInput')
  expect(operation?.requestBody?.content).toHaveProperty('application/json')
  expect(operations.find(({ id }) => id === 'getPetById')).toMatchObject({
    method: 'GET',
    path: '/pet/{petId}',
    tag: 'pet',
    secured: true,
    responses: { 401: { description: 'The api_key header is missing or not accepted', 'x-inferred': true } },
  })
})

test('the base path and the refusals of an operation are known', async () => {
  const document = await load()
  expect(basePathOf(document)).toBe('/v2')
  expect(refusalsOf(document, 'getPetById')).toEqual([400, 401, 404, 406, 413, 415, 429, 500, 503])
  expect(refusalsOf(document, undefined)).toEqual([])
})
