import { createMockCore, type MockCore } from '../create-mock.ts'
import type { MockFetch } from '../doors.ts'
import { nodePlatform } from '../files/node-platform.ts'
import type { MockOptions } from '../options.ts'
import type { Platform } from '../platform.ts'
import { createFeed } from './feed.ts'

/** An event as a client reads it. */
export interface Received {
  readonly id: string
  readonly event: string
  // The data of any event.
  readonly data: Readonly<Record<string, unknown>>
}

/** A mock whose ticks and time the test makes. */
export interface TickedMock {
  readonly core: MockCore
  readonly fetch: MockFetch
  /** True while a timer runs. */
  isTicking(): boolean
  /** Lets so many milliseconds pass, at whose end the timer calls back. */
  tick(ms?: number): void
  /** Lets time pass in which no timer calls back. */
  pass(ms: number): void
}

export function tickedMock(options: MockOptions = {}, lastId = 0, further: Partial<Platform> = {}): TickedMock {
  let work: (() => void) | undefined
  let time = 1_000_000
  const core = createMockCore(options, {
    ...nodePlatform,
    ...further,
    events: (services) =>
      createFeed({
        ...services,
        lastId,
        uptime: () => time,
        every: (_ms, given) => {
          work = given
          return () => {
            work = undefined
          }
        },
      }),
  })
  return {
    core,
    fetch: core.fetchFor('default'),
    isTicking: () => work !== undefined,
    tick: (ms = 100) => {
      time += ms
      work?.()
    },
    pass: (ms) => {
      time += ms
    },
  }
}

/** A stream that is read as a client does. */
export interface Ear {
  readonly response: Response
  /** All text so far. */
  text(): string
  /** Reads until there are so many events in all. */
  events(count: number): Promise<Received[]>
  /** Reads to the end, or to the error. */
  end(): Promise<'ended' | 'failed'>
  leave(): Promise<void>
}

/** Listens, and reads the greeting. */
export async function listenTo(
  fetch: MockFetch | typeof globalThis.fetch,
  init: RequestInit = {},
  url = '/__admin/events',
): Promise<Ear> {
  const response = await fetch(url, init)
  const reader = response.body?.getReader()
  if (!reader || response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
  const decoder = new TextDecoder()
  let text = ''
  const more = async () => {
    const { done, value } = await reader.read()
    text += decoder.decode(value, { stream: true })
    return !done
  }
  await more()
  return {
    response,
    text: () => text,
    events: async (count) => {
      while (eventsIn(text).length < count && (await more()));
      return eventsIn(text)
    },
    end: async () => {
      try {
        while (await more());
        return 'ended'
      } catch {
        return 'failed'
      }
    },
    leave: () => reader.cancel(),
  }
}

export function eventsIn(text: string): Received[] {
  const blocks = text.split('\n\n').slice(0, -1)
  return blocks.flatMap((block) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
    const data = field('data')
    return data === undefined
      ? []
      : [{ id: field('id') ?? '', event: field('event') ?? '', data: JSON.parse(data) as Received['data'] }]
  })
}
