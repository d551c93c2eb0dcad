import { expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock, type Exchange, type StoredPet } from '../../index.ts'
import { loadDocument } from '../../openapi/load-document.ts'
import type { Operation, OperationId } from '../../openapi/operation.ts'
import { pathOf } from '../../openapi/package-files.ts'
import type { Reply } from '../exchange/reply.ts'
import { validationOf } from './validation.ts'

const document = loadDocument(pathOf('openapi.yaml'))
const validation = validationOf(document)
const JSON_TYPE = 'application/json'
const PROBLEM = 'application/problem+json'
const PET = { id: 1, name: 'a', photoUrls: [] }
const LOGIN = { 'X-Rate-Limit': '5000', 'X-Expires-After': '2030-01-01T00:00:00Z' }
const REFUSED = { type: 'about:blank', title: 'Method Not Allowed', status: 405, detail: 'no' }

const operation = (id: OperationId) => document.operations.find((one) => one.id === id) as Operation
const validate = async (id: OperationId, reply: Reply, mediaType: string) =>
  validation.reply(operation(id), reply, mediaType)

test.each<[string, OperationId, Reply, string, string]>([
  ['a status', 'getPetById', { status: 302 }, '', 'status 302 is not documented'],
  ['a 5xx', 'getPetById', { status: 502, value: REFUSED }, PROBLEM, 'status 502 is not documented'],
  ['a media type', 'getPetById', { status: 200, value: PET }, 'text/xml', 'media type text/xml is not documented'],
  [
    'XML of a JSON-only operation',
    'getInventory',
    { status: 200, value: {} },
    'application/xml',
    'application/xml is not',
  ],
  ['a body where none is', 'deletePet', { status: 200, value: {} }, JSON_TYPE, 'a body is not documented for 200'],
  ['no body where one is', 'getPetById', { status: 200 }, JSON_TYPE, 'a body is documented for 200 and missing'],
  ['a header', 'getPetById', { status: 200, value: PET, headers: { ETag: '"1"' } }, JSON_TYPE, 'header ETag is not'],
  ['no X-Rate-Limit', 'loginUser', { status: 200, value: 't' }, JSON_TYPE, 'header X-Rate-Limit is missing'],
  [
    'an X-Rate-Limit beyond int32',
    'loginUser',
    { status: 200, value: 't', headers: { ...LOGIN, 'X-Rate-Limit': '2147483648' } },
    JSON_TYPE,
    'header X-Rate-Limit must be integer (int32)',
  ],
  [
    'an X-Expires-After without a time',
    'loginUser',
    { status: 200, value: 't', headers: { ...LOGIN, 'X-Expires-After': '2030-01-01' } },
    JSON_TYPE,
    'header X-Expires-After must be string (date-time)',
  ],
  ['a 405 without Allow', 'addDomain', { status: 405, value: REFUSED }, PROBLEM, 'header Allow is missing'],
  ['a value', 'getPetById', { status: 200, value: { id: 1 } }, JSON_TYPE, '/response/name'],
  ['the same value in XML', 'getPetById', { status: 200, value: { id: 1 } }, 'application/xml', '/response/name'],
  ['a value of an enum', 'getPetById', { status: 200, value: { ...PET, status: 'x' } }, JSON_TYPE, '/response/status'],
  [
    'an int64 that is rounded',
    'getPetById',
    { status: 200, value: { ...PET, id: 2 ** 53 } },
    JSON_TYPE,
    '/response/id',
  ],
  [
    'a problem without detail',
    'getPetById',
    { status: 404, value: { ...REFUSED, detail: 1 } },
    PROBLEM,
    '/response/detail',
  ],
])('enforceReply refuses what is not documented: %s', async (_what, id, reply, mediaType, message) => {
  await expect(validate(id, reply, mediaType)).rejects.toThrow(message)
  await expect(validate(id, reply, mediaType)).rejects.toThrow(`${id} ${reply.status}: `)
})

test.each<[OperationId, Reply, string]>([
  ['getPetById', { status: 200, value: PET }, JSON_TYPE],
  ['getPetById', { status: 200, value: PET }, 'application/xml'],
  ['loginUser', { status: 200, value: 't', headers: LOGIN }, JSON_TYPE],
  ['addDomain', { status: 405, value: REFUSED, headers: { Allow: 'POST' } }, PROBLEM],
  ['deletePet', { status: 200 }, ''],
])('enforceReply passes what %s documents', async (id, reply, mediaType) => {
  await expect(validate(id, reply, mediaType)).resolves.toBeUndefined()
})

test('a reply that breaks the document leaves as a 500, and is told of with operation, place and rule', async () => {
  const exchanges: Exchange[] = []
  const mock = createMock({ onExchange: (exchange) => exchanges.push(exchange) })
  mock.store.pets.put({ id: 1, photoUrls: [], status: 'gone' } as unknown as StoredPet)
  for (const accept of [JSON_TYPE, 'application/xml']) {
    const { status, headers, body } = await supertest(mock.app).get('/v2/pet/1').set({ api_key: 'special-key', accept })
    expect([status, headers['content-type']]).toEqual([500, PROBLEM])
    expect(JSON.stringify(body)).not.toMatch(/gone|at Object|node_modules/)
  }
  const defect = expect.stringMatching(
    /^NonConformingReply: getPetById 200: .*\/response\/name must have required property 'name'$/,
  )
  expect(mock.defects).toEqual([defect, defect])
  expect(exchanges).toEqual([expect.objectContaining({ defect }), expect.objectContaining({ defect })])
})
