import { describe, expect, test } from '@jest/globals'
import { type Client, makeClient } from './client.ts'
import { AREAS } from './fault.ts'
import { FAULTS } from './faults.ts'
import { smoke } from './smoke.ts'
import { type StartOptions, startServer } from './start-server.ts'
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

test.each(VARIANTS)('the correct server $id passes the smoke sequence', async ({ id, otherwise = [] }) => {
  expect(await on({ variant: id }, smoke)).toEqual(otherwise)
})

test('the smoke sequence sees a fault', async () => {
  expect(await on({ fault: 'deleted-pet-still-found' }, smoke)).toEqual(['a deleted pet is missing'])
})

/** To a client that waits and asks again nothing but the time tells these apart. */
const PATIENCE = ['slow', 'busy-now-and-then']

test('each variant answers otherwise than the plain server', async () => {
  const plain = await on({}, transcribe)
  expect(await on({}, transcribe)).toBe(plain)
  for (const { id } of VARIANTS.filter((variant) => !PATIENCE.includes(variant.id))) {
    expect([id, await on({ variant: id }, transcribe)]).not.toEqual([id, plain])
  }
})

test('each area has faults', () => {
  expect(AREAS.filter((area) => !FAULTS.some((fault) => fault.area === area))).toEqual([])
})

test('the ids of faults and variants are unique', () => {
  const ids = [...FAULTS, ...VARIANTS].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
