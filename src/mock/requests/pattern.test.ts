import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createMock } from '../../index.ts'
import type { FaultMatch } from '../faults/fault.ts'
import type { Exchange } from './exchange.ts'
import { type Criteria, differences } from './pattern.ts'

const exchange: Exchange = {
  operationId: 'findPetsByStatus',
  method: 'GET',
  target: '/v2/pet/findByStatus?status=available&status=sold&api_key=k&a=b?c',
  requestHeaders: { accept: 'a/b', cookie: 'c', many: ['1', '2'] },
  requestBody: new Uint8Array(),
  requestValue: { name: 'Rex', tags: [{ id: 1 }], password: 'p' },
  status: 200,
  responseHeaders: {},
  responseText: '',
  milliseconds: 0,
  violations: [
    { pointer: '/b', expected: 'x' },
    { pointer: '/a', expected: 'x' },
  ],
  admitted: false,
  unknownQuery: [],
}

test.each<Criteria>([
  {},
  { operationId: 'findPetsByStatus', method: 'get', path: '/v2/pet/findByStatus' },
  { query: { status: 'available' } },
  { query: { status: 'sold', a: 'b?c' } },
  { headers: { Accept: 'a/b', many: '1, 2' } },
  {
    body: [
      { pointer: '/tags', equals: [{ id: 1 }] },
      { pointer: '/tags/0/id', equals: 1 },
    ],
  },
  { status: 200, violations: ['/a', '/b'] },
])('%j matches', (pattern) => {
  expect(differences(pattern, exchange)).toEqual([])
})

test('a header of a name that every object inherits is absent unless it came', () => {
  for (const name of Object.getOwnPropertyNames(Object.prototype)) {
    const headers = Object.fromEntries([[name, 'x']])
    expect(differences({ headers }, exchange)).toEqual([{ pointer: `/headers/${name}`, expected: 'x' }])
  }
})

test.each<[Criteria, object]>([
  [{ operationId: 'getPetById' }, { pointer: '/operationId', expected: 'getPetById', received: 'findPetsByStatus' }],
  [{ method: 'post' }, { pointer: '/method', expected: 'POST', received: 'GET' }],
  [{ path: '/v2/pet' }, { pointer: '/path', expected: '/v2/pet', received: '/v2/pet/findByStatus' }],
  [{ query: { status: 'lost' } }, { pointer: '/query/status', expected: 'lost', received: ['available', 'sold'] }],
  [{ query: { a: 'b' } }, { pointer: '/query/a', expected: 'b', received: 'b?c' }],
  [{ query: { none: '' } }, { pointer: '/query/none', expected: '' }],
  [{ query: { api_key: 'l' } }, { pointer: '/query/api_key', expected: '(hidden)', received: '(hidden)' }],
  [{ headers: { 'X-None': '' } }, { pointer: '/headers/X-None', expected: '' }],
  [{ headers: { Cookie: 'd' } }, { pointer: '/headers/Cookie', expected: '(hidden)', received: '(hidden)' }],
  [{ body: [{ pointer: '/name', equals: 'rex' }] }, { pointer: '/body/0', expected: 'rex', received: 'Rex' }],
  [
    { body: [{ pointer: '/password', equals: 'q' }] },
    { pointer: '/body/0', expected: '(hidden)', received: '(hidden)' },
  ],
  [{ status: 404 }, { pointer: '/status', expected: 404, received: 200 }],
  [{ violations: [] }, { pointer: '/violations', expected: [], received: ['/a', '/b'] }],
])('%j differs by %j', (pattern, difference) => {
  expect(differences(pattern, exchange)).toEqual([difference])
})

const anyPair = fc.tuple(fc.constantFrom('status', 'x', 'a b'), fc.constantFrom('available', 'sold', '', '1,2', 'b?c'))
const anyHeader = fc.tuple(
  fc.constantFrom('accept', 'x-trace', 'Prefer'),
  fc.constantFrom('a', 'b', 'application/json'),
)
const anyValue = fc.constantFrom<unknown>('Rex', '', 1, null, [], ['u'], { id: 1 })
const PLACES = [
  ['GET', '/v2/pet/findByStatus', 'findPetsByStatus'],
  ['GET', '/v2/pet/1', 'getPetById'],
  ['HEAD', '/v2/pet/1', 'getPetById'],
  ['POST', '/v2/pet/1', 'updatePetWithForm'],
  ['POST', '/v2/user', 'createUser'],
  ['PUT', '/v2/domain', 'updatePet'],
] as const
const anyPlace = fc.constantFrom(...PLACES)
const anyPointer = fc.constantFrom('', '/name', '/id', '/tags', '/tags/0', '/username')

const anyRequest = fc.record({
  place: anyPlace,
  query: fc.array(anyPair, { maxLength: 4 }),
  headers: fc.array(anyHeader, { maxLength: 2 }),
  key: fc.boolean(),
  body: fc.oneof(
    fc.dictionary(fc.constantFrom('name', 'id', 'tags', 'username'), anyValue).map((body) => JSON.stringify(body)),
    fc.constant('{"name":'),
  ),
})

const anyPart = fc.oneof(
  anyPlace.map(([method, path]) => ({ method: method.toLowerCase(), path })),
  anyPlace.map(([, , operationId]) => ({ operationId })),
  fc.array(anyPair, { maxLength: 2 }).map((pairs) => ({ query: Object.fromEntries(pairs) })),
  fc.array(anyHeader, { maxLength: 2 }).map((pairs) => ({ headers: Object.fromEntries(pairs) })),
  fc.array(fc.record({ pointer: anyPointer, equals: anyValue }), { maxLength: 2 }).map((body) => ({ body })),
)
const anyPattern = fc.array(anyPart, { maxLength: 2 }).map((parts): FaultMatch => Object.assign({}, ...parts))

/** A fault is refused if no operation can match it. */
const isPossible = ({ method, path, operationId }: FaultMatch) =>
  PLACES.some(
    ([...place]) =>
      (method === undefined || place[0] === method.toUpperCase()) &&
      (path === undefined || place[1] === path) &&
      (operationId === undefined || place[2] === operationId),
  )

test('a fault applies to the requests that the journal finds by the same pattern', async () => {
  const mock = createMock()
  let met = 0
  await fc.assert(
    fc.asyncProperty(
      anyPattern.filter(isPossible),
      fc.array(anyRequest, { minLength: 5, maxLength: 10 }),
      async (match, requests) => {
        mock.reset()
        const { id } = mock.faults.add({ match, steps: [{ kind: 'none' }], times: 100 })
        for (const { place, query, headers, key, body } of requests) {
          const [method, path] = place
          await mock.fetch(`http://mock${path}?${new URLSearchParams(query)}`, {
            method,
            headers: [
              ...headers,
              ['Content-Type', 'application/json'],
              ...(key ? [['api_key', 'special-key'] as [string, string]] : []),
            ],
            ...(['POST', 'PUT'].includes(method) && { body }),
          })
        }
        const applied = mock.faults.get(id)?.met ?? 0
        met += applied
        expect(applied).toBe(mock.journal.count(match))
      },
    ),
    { numRuns: 300 },
  )
  expect(met).toBeGreaterThan(100)
  expect(mock.defects).toEqual([])
})
