import { afterEach, describe, expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock, type FaultInput, type FaultMatch, type Mock } from '../../index.ts'

let mock: Mock = createMock()
afterEach(() => {
  expect(mock.defects).toEqual([])
  mock = createMock()
})

const MET = { kind: 'status', status: 503 } as const
const get = (path: string, session = 'default', headers: Record<string, string> = {}) =>
  supertest(mock.app)
    .get(path)
    .set({ api_key: 'special-key', 'X-Mock-Session': session, ...headers })

/** The statuses of so many requests; 0 for a connection that broke. */
async function statuses(n: number, session = 'default'): Promise<number[]> {
  const found = []
  for (let i = 0; i < n; i++)
    found.push(
      await get('/v2/pet/1', session).then(
        ({ status }) => status,
        () => 0,
      ),
    )
  return found
}

test('503, connection reset, then as usual', async () => {
  mock.faults.add({ match: { operationId: 'getPetById' }, steps: [MET, { kind: 'reset' }] })
  expect(await statuses(4)).toEqual([503, 0, 200, 200])
  expect(mock.faults.list()).toEqual([
    { id: 'fault-1', match: { operationId: 'getPetById' }, steps: [MET, { kind: 'reset' }], met: 2, spent: true },
  ])
  expect(mock.session('default').journal.find({ status: 503 })).toMatchObject([{ interference: 'fault-1' }])
})

test('a sequence is gone through as often as it is asked for', async () => {
  mock.faults.add({ steps: [{ kind: 'none' }, MET], times: 2 })
  expect(await statuses(6)).toEqual([200, 503, 200, 503, 200, 200])
})

test('probability draws from the seed: it repeats, and another fault draws in its own way', async () => {
  const fault: FaultInput = { steps: [MET], times: 1000, probability: 0.5 }
  const series = async (session: string, faults: readonly FaultInput[]) => {
    for (const each of faults) mock.session(session).faults.add(each)
    return statuses(24, session)
  }
  const first = await series('a', [fault])
  const met = first.filter((status) => status === 503).length
  expect(met).toBeGreaterThan(4)
  expect(met).toBeLessThan(20)
  expect(await series('b', [fault])).toEqual(first)
  mock.session('a').reset()
  expect(await series('a', [fault])).toEqual(first)
  expect(await series('c', [{ ...fault, id: 'other' }])).not.toEqual(first)
  mock = createMock({ seed: 2 })
  expect(await series('a', [fault])).not.toEqual(first)
})

test('probability 0 meets nobody and 1 everybody', async () => {
  mock.faults.add({ steps: [MET], times: 9, probability: 0 })
  expect(await statuses(3)).toEqual([200, 200, 200])
  mock.faults.add({ steps: [MET], times: 9, probability: 1 })
  expect(await statuses(3)).toEqual([503, 503, 503])
})

test('the first fault that matches and has a step left is met', async () => {
  mock.faults.add({ steps: [MET] })
  mock.faults.add({ steps: [{ kind: 'status', status: 429 }] })
  expect(await statuses(3)).toEqual([503, 429, 200])
})

test('faults are the session’s own, and a reset ends them', async () => {
  mock.session('a').faults.add({ steps: [MET], times: 9 })
  expect(await statuses(1)).toEqual([200])
  expect(await statuses(1, 'a')).toEqual([503])
  mock.session('a').reset()
  expect(await statuses(1, 'a')).toEqual([200])
  expect(mock.session('a').faults.add({ steps: [MET] }).id).toBe('fault-1')
})

test('what no request has met is unmet', async () => {
  mock.faults.add({ match: { operationId: 'getPetById' }, steps: [MET] })
  mock.faults.add({ match: { operationId: 'deletePet' }, steps: [MET] })
  await statuses(1)
  expect(mock.faults.unmet()).toMatchObject([{ id: 'fault-2', met: 0, spent: false }])
})

describe('matching', () => {
  const request = () =>
    supertest(mock.app).put('/v2/domain?a=1&a=2').set({ api_key: 'special-key', 'X-Kind': 'slow' }).type('json')
  const PET = { id: 1, name: 'rex', photoUrls: ['x'], tags: [{ name: 'a/b' }] }

  test.each<[string, FaultMatch, number]>([
    ['operationId', { operationId: 'updatePet' }, 503],
    ['another operationId', { operationId: 'addDomain' }, 200],
    ['method', { method: 'put' }, 503],
    ['another method', { method: 'POST' }, 200],
    ['path', { path: '/v2/domain' }, 503],
    ['another path', { path: '/v2/user' }, 200],
    ['header', { headers: { 'x-KIND': 'slow' } }, 503],
    ['another header', { headers: { 'x-kind': 'fast' } }, 200],
    ['query', { query: { a: '2' } }, 503],
    ['another query', { query: { a: '3' } }, 200],
    ['body', { body: [{ pointer: '/tags/0/name', equals: 'a/b' }] }, 503],
    ['whole body', { body: [{ pointer: '', equals: PET }] }, 503],
    ['another body', { body: [{ pointer: '/id', equals: 2 }] }, 200],
    ['all but one', { operationId: 'updatePet', query: { a: '1' }, headers: { 'x-kind': '' } }, 200],
  ])('%s', async (_what, match, status) => {
    mock.faults.add({ match, steps: [MET] })
    await request().send(PET).expect(status)
  })

  test('a body that cannot be read is refused as usual, by who may ask', async () => {
    mock.faults.add({ match: { body: [{ pointer: '/id', equals: 1 }] }, steps: [MET] })
    await request().set('content-type', 'text/plain').send('x').expect(415)
    await request().set('api_key', 'wrong').set('content-type', 'text/plain').send('x').expect(401)
    await request().send('{').expect(405)
  })
})

test.each<[string, unknown, string, string | undefined]>([
  ['an unknown operation', { match: { operationId: 'getPetByID' }, steps: [MET] }, '/match/operationId', 'getPetById'],
  ['a path nowhere', { match: { path: '/v2/pets' }, steps: [MET] }, '/match', undefined],
  ['a method elsewhere', { match: { operationId: 'getPetById', method: 'PUT' }, steps: [MET] }, '/match', undefined],
  ['no step', { steps: [] }, '/steps', undefined],
  ['no list of steps', { kind: 'reset' }, '/steps', undefined],
  ['steps that are no list', { steps: MET }, '/steps', undefined],
  ['a step that is null', { steps: [null] }, '/steps/0/kind', undefined],
  ['an unknown kind', { steps: [{ kind: 'statu' }] }, '/steps/0/kind', 'status'],
  ['a kind of another’s', { steps: [{ kind: 'constructor' }] }, '/steps/0/kind', undefined],
  ['no status', { steps: [{ kind: 'status' }] }, '/steps/0/status', undefined],
  ['a foreign field', { steps: [MET, { kind: 'reset', ms: 1 }] }, '/steps/1/ms', undefined],
  ['an undocumented status', { steps: [{ kind: 'status', status: 418 }] }, '/steps/0/status', undefined],
  [
    'a status that some lack',
    { match: { method: 'GET' }, steps: [{ kind: 'status', status: 404 }] },
    '/steps/0/status',
    undefined,
  ],
  ['a body of a documented status', { steps: [{ ...MET, body: 1 }] }, '/steps/0/body', undefined],
  ['no final status', { steps: [{ kind: 'status', status: 101, undocumented: true }] }, '/steps/0/status', undefined],
  ['two forms of a delay', { steps: [{ kind: 'delay', ms: 1, min: 1, max: 2 }] }, '/steps/0/ms', undefined],
  ['a delay of hours', { steps: [{ kind: 'delay', ms: 1e7 }] }, '/steps/0/ms', undefined],
  ['a delay from much to little', { steps: [{ kind: 'delay', min: 2, max: 1 }] }, '/steps/0/max', undefined],
  ['a way there is not', { steps: [{ kind: 'break-schema', way: 'enums' }] }, '/steps/0/way', 'enum'],
  ['a step after one that lasts', { steps: [{ kind: 'rate-limit', limit: 1, window: 1 }, MET] }, '/steps/0', undefined],
  ['times of one that lasts', { steps: [{ kind: 'rate-limit', limit: 1, window: 1 }], times: 2 }, '/times', undefined],
  ['no times', { steps: [MET], times: 0 }, '/times', undefined],
  ['no probability', { steps: [MET], probability: 2 }, '/probability', undefined],
  ['an id with a space', { id: 'a b', steps: [MET] }, '/id', undefined],
])('%s is refused', (_what, input, pointer, suggestion) => {
  const violation = { pointer: `/body${pointer}`, ...(suggestion !== undefined && { suggestion }) }
  let thrown: unknown
  try {
    mock.faults.add(input as FaultInput)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toMatchObject({ name: 'ApiError', status: 400, violations: [violation] })
  expect(mock.faults.size).toBe(0)
})

test('an id is given once; those that the mock gives pass over it', () => {
  mock.faults.add({ id: 'fault-1', steps: [MET] })
  expect(() => mock.faults.add({ id: 'fault-1', steps: [MET] })).toThrow('an id that no other fault has')
  expect(mock.faults.add({ steps: [MET] }).id).toBe('fault-2')
})
