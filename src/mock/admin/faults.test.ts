import { afterEach, expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock, type Mock } from '../../index.ts'

let mock: Mock = createMock()
afterEach(() => {
  expect(mock.defects).toEqual([])
  mock = createMock()
})

const admin = (method: 'get' | 'post' | 'delete', path: string, session = 'default') =>
  supertest(mock.app)[method](`/__admin${path}`).set('X-Mock-Session', session)
const FAULT = { match: { operationId: 'getPetById' }, steps: [{ kind: 'status', status: 503 }] }

test('a fault is added, given, met and removed', async () => {
  const standing = { id: 'fault-1', ...FAULT, met: 0, spent: false }
  await admin('post', '/faults').send(FAULT).expect(200, standing)
  await admin('get', '/faults').expect(200, [standing])
  await admin('get', '/faults/unmet').expect(200, [standing])
  await supertest(mock.app).get('/v2/pet/1').expect(503)
  await admin('get', '/faults/fault-1').expect(200, { ...standing, met: 1, spent: true })
  await admin('get', '/faults/unmet').expect(200, [])
  await admin('delete', '/faults/fault-1').expect(200)
  await admin('get', '/faults/fault-1').expect(404)
  await admin('delete', '/faults/fault-1').expect(404)
})

test('faults are the session’s own, and are removed together', async () => {
  for (const id of ['a', 'b'])
    await admin('post', '/faults', 'one')
      .send({ ...FAULT, id })
      .expect(200)
  await admin('get', '/faults').expect(200, [])
  await admin('delete', '/faults', 'one').expect(200)
  await admin('get', '/faults', 'one').expect(200, [])
})

test('what is in a fault comes back whole', async () => {
  const fault = {
    id: 'all',
    match: {
      method: 'PUT',
      path: '/v2/domain',
      headers: { 'x-a': 'b' },
      query: { c: 'd' },
      body: [{ pointer: '/tags', equals: [{ id: 1, name: null }] }],
    },
    steps: [
      { kind: 'status', status: 418, undocumented: true, body: { deep: [1, null] }, contentType: 'application/json' },
      { kind: 'delay', median: 1.5, sigma: 0.5 },
    ],
    times: 3,
    probability: 0.25,
  }
  await admin('post', '/faults')
    .send(fault)
    .expect(200, { ...fault, met: 0, spent: false })
})

test.each([
  ['no steps', {}, '/body/steps'],
  ['an unknown kind', { steps: [{ kind: 'statuss' }] }, '/body/steps/0/kind'],
  ['an unknown field', { steps: [{ kind: 'delay', milliseconds: 3 }] }, '/body/steps/0/milliseconds'],
  ['a wrong type', { steps: [{ kind: 'delay', ms: 'long' }] }, '/body/steps/0/ms'],
  ['an unknown operation', { ...FAULT, match: { operationId: 'getPet' } }, '/body/match/operationId'],
  ['an undocumented status', { steps: [{ kind: 'status', status: 418 }] }, '/body/steps/0/status'],
  ['a probability above 1', { ...FAULT, probability: 2 }, '/body/probability'],
  ['the id unmet', { ...FAULT, id: 'unmet' }, '/body/id'],
])('%s is refused with its pointer', async (_what, fault, pointer) => {
  const { body } = await admin('post', '/faults').send(fault).expect(400)
  expect(body).toMatchObject({ errors: [{ pointer }] })
  expect(mock.faults.size).toBe(0)
})
