import { describe, expect, test } from '@jest/globals'
import { type Client, makeClient } from './client.ts'
import { FAULTS } from './faults.ts'
import { smoke } from './smoke.ts'
import { type StartOptions, startServer } from './start-server.ts'
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

test('the correct server passes the smoke sequence', async () => {
  expect(await on({}, smoke)).toEqual([])
})

test('the ids of faults and variants are unique', () => {
  const ids = [...FAULTS, ...VARIANTS].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
