import { describe, expect, test } from '@jest/globals'
import { type Client, makeClient } from './client.ts'
import { AREAS, type Fault } from './fault.ts'
import { FAULTS } from './faults.ts'
import { ODD_REQUESTS } from './odd-requests.ts'
import type { Incoming } from './server/handling.ts'
import { matchOperation } from './server/match.ts'
import { smoke } from './smoke.ts'
import { applicationOf, type StartOptions, startServer } from './start-server.ts'
import { transcribe } from './transcript.ts'
import { VARIANTS } from './variants.ts'

async function on<T>(options: StartOptions, act: (client: Client) => Promise<T>): Promise<T> {
  const server = await startServer(options)
  const client = makeClient(server.url)
  try {
    return await act(client)
  } finally {
    client.close()
    await server.close()
  }
}

describe('a fault shows over HTTP where it is, and not on the correct server', () => {
  test.each(FAULTS)('$area: $id', async ({ id, witness }) => {
    expect([await on({ fault: id }, witness), await on({}, witness)]).toEqual([true, false])
  })
})

test.each([1, 2, 3])('the correct server with seed %i passes the smoke sequence', async (seed) => {
  expect(await on({ seed }, smoke)).toEqual([])
})

test.each(VARIANTS.filter(({ isTimed }) => !isTimed))(
  'the correct server $id passes the smoke sequence',
  async ({ id, otherwise = [] }) => {
    expect(await on({ variant: id }, smoke)).toEqual(otherwise)
  },
)

test('the smoke sequence sees a fault', async () => {
  expect(await on({ fault: 'deleted-pet-still-found' }, smoke)).toEqual(['a deleted pet is missing'])
})

/** To a client that waits and asks again nothing but the time tells these apart. */
const PATIENCE = [
  ...['slow', 'busy-now-and-then', 'limited-now-and-then'],
  ...['gateway-now-and-then', 'gateway-times-out', 'connection-lost-now-and-then'],
]

test('each variant answers otherwise than the plain server', async () => {
  const plain = await on({}, transcribe)
  expect(await on({}, transcribe)).toBe(plain)
  for (const { id } of VARIANTS.filter((variant) => !PATIENCE.includes(variant.id))) {
    expect([id, await on({ variant: id }, transcribe)]).not.toEqual([id, plain])
  }
})

function defectsOf(options: StartOptions, requests: readonly Incoming[]): readonly unknown[] {
  const { answer, defects } = applicationOf(options)
  for (const request of requests) answer(request)
  return [options, ...defects]
}

/** A fault lies dormant on requests of other operations. */
function oddRequestsFor({ operation }: Fault): readonly Incoming[] {
  if (operation === 'any') return ODD_REQUESTS
  return ODD_REQUESTS.filter(({ method, path }) =>
    [operation].flat().includes(matchOperation(method, path).operation?.id ?? ''),
  )
}

test.each(AREAS)('no fault of the area %s fails by accident', (area) => {
  for (const fault of FAULTS.filter((candidate) => candidate.area === area)) {
    expect(defectsOf({ fault: fault.id }, oddRequestsFor(fault))).toEqual([{ fault: fault.id }])
  }
})

test('no correct server fails by accident', () => {
  expect(defectsOf({}, ODD_REQUESTS)).toEqual([{}])
  for (const { id } of VARIANTS) expect(defectsOf({ variant: id }, ODD_REQUESTS)).toEqual([{ variant: id }])
})

test('each area has faults', () => {
  expect(AREAS.filter((area) => !FAULTS.some((fault) => fault.area === area))).toEqual([])
})

test('the ids of faults and variants are unique', () => {
  const ids = [...FAULTS, ...VARIANTS].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
