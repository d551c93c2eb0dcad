import { type Client, makeClient } from '../../contract-tests/mutants/client.ts'
import type { Fault } from '../../contract-tests/mutants/fault.ts'
import { seamsOf } from '../../contract-tests/mutants/fault.ts'
import { makeApplication } from '../../contract-tests/mutants/server/application.ts'
import type { Incoming } from '../../contract-tests/mutants/server/handling.ts'
import { listen } from '../../contract-tests/mutants/server/listen.ts'
import { makeRecords } from '../../contract-tests/mutants/server/records.ts'
import type { Seams } from '../../contract-tests/mutants/server/seams.ts'
import type { Records } from '../../contract-tests/mutants/server/store.ts'
import type { Variant } from '../../contract-tests/mutants/variant.ts'
import { createMock, type Mock, type UpstreamOptions } from '../../src/index.ts'

/** A live server, with a mock in front of it that listens. */
export interface MockBefore {
  readonly mock: Mock
  /** Asks through the mock. */
  readonly client: Client
  /** Asks the live server itself. */
  readonly direct: Client
  readonly liveUrl: string
  /** All requests that the live server got. */
  readonly log: Incoming[]
  readonly stopLive: () => Promise<void>
  readonly close: () => Promise<void>
}

/** How the live server differs from the plain one. */
export interface LiveParts {
  readonly fault?: Fault
  readonly variant?: Variant
  readonly seed?: number
}

const NONE: Seams = {}

/** Starts both. */
export async function startBoth(parts: LiveParts, upstream: Partial<UpstreamOptions>): Promise<MockBefore> {
  const { fault, variant, seed = 1 } = parts
  const plain: Records = makeRecords(seed)
  const records = variant?.records?.(plain) ?? plain
  const seams = [variant?.seams?.() ?? NONE, fault ? seamsOf(fault) : NONE]
  const application = makeApplication({ seams, records })
  const log: Incoming[] = []
  const live = await listen({
    ...application,
    answer: (request) => {
      log.push(request)
      return application.answer(request)
    },
  })
  const mock = createMock({ upstream: { url: live.url, timeoutMs: 5_000, ...upstream } })
  const { url, close } = await mock.listen()
  const [client, direct] = [makeClient(url), makeClient(live.url)]
  let isLive = true
  const stopLive = async () => {
    if (isLive) await live.close()
    isLive = false
  }
  return {
    mock,
    client,
    direct,
    liveUrl: live.url,
    log,
    stopLive,
    close: async () => {
      client.close()
      direct.close()
      await close()
      await stopLive()
    },
  }
}

/** True to try all of them, not a sample: `npm run upstream`. */
export const isWhole = process.env.INBOXES_TEST_WHOLE === '1'

/** Some of a list, spread over it; the whole list if all are wanted. */
export const sampleOf = <T>(list: readonly T[], every: number): readonly T[] =>
  isWhole ? list : list.filter((_one, index) => index % every === 0)

/** Numbers from 0 to 1 that follow from a seed (mulberry32, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
