import { afterEach, expect, test } from '@jest/globals'
import type { StreamEvent } from './event-stream.ts'
import { createLive, type Live, type LiveOptions } from './live.ts'

/** A mock that answers each connection with the next of some responses, and then no more. */
function follow(responses: readonly (() => Response)[], options: Partial<LiveOptions> = {}) {
  const asked: Record<string, string>[] = []
  const events: StreamEvent[] = []
  const states: string[] = []
  let loads = 0
  const live = createLive({
    open: async (headers) => {
      asked.push(headers)
      const next = responses[asked.length - 1]
      if (next === undefined) throw new TypeError('refused')
      return next()
    },
    onEvents: (together) => events.push(...together),
    onGap: async () => {
      loads += 1
    },
    onFrame: (work) => work(),
    retry: 1,
    poll: 1,
    ...options,
  })
  live.connection.follow(() => states.push(live.connection.get()))
  running.push(live)
  return { live, asked, events, states, loads: () => loads }
}

const running: Live[] = []
afterEach(() => {
  for (const live of running.splice(0)) live.stop()
})

const stream = (text: string) => () => new Response(text, { headers: { 'Content-Type': 'text/event-stream' } })
const refusal = (status: number) => () => new Response('{}', { status })

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 500) throw new Error('It never came true.')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('events are given, and the next connection goes on after the last one without a question', async () => {
  const { asked, events, states, loads } = follow([stream('id: 7\nevent: state\ndata: {}\n\n'), stream('')])
  await until(() => asked.length >= 2 && events.length > 0)
  expect(asked.slice(0, 2).map((headers) => headers['Last-Event-ID'])).toEqual([undefined, '7'])
  expect(events).toEqual([{ id: '7', event: 'state', data: '{}' }])
  expect(states.slice(0, 2)).toEqual(['live', 'lost'])
  expect(loads()).toBe(1)
})

test('a stream that ends before its first event goes on after the place that it began with', async () => {
  const { asked, loads } = follow([stream('retry: 1000\n\nid: 41\n\n'), stream('')])
  await until(() => asked.length >= 2)
  expect([asked[1]?.['Last-Event-ID'], loads()]).toEqual(['41', 1])
})

test('a mock without a place for a listener is asked again and again', async () => {
  const { states, loads, live } = follow(Array.from({ length: 5 }, () => refusal(503)))
  await until(() => loads() >= 3)
  expect(states[0]).toBe('polling')
  await until(() => live.connection.get() === 'lost')
})

/** A page that is drawn when the test says so. */
function createFrames() {
  let waiting: (() => void)[] = []
  return {
    onFrame: (work: () => void) => void waiting.push(work),
    asked: () => waiting.length,
    draw: () => {
      const due = waiting
      waiting = []
      for (const work of due) work()
    },
  }
}

const state = (id: number) => `id: ${id}\nevent: state\ndata: {}\n\n`
const many = (count: number) => Array.from({ length: count }, (_one, at) => state(at + 1)).join('')

test('a page that is not drawn is given its events together when it is', async () => {
  const frames = createFrames()
  const { events, asked } = follow([stream(state(1)), stream(state(2))], frames)
  await until(() => asked.length >= 3 && frames.asked() === 2)
  expect(events).toEqual([])
  frames.draw()
  expect(events.map(({ id }) => id)).toEqual(['1', '2'])
})

test('events that are too many to wait for a drawing are a gap', async () => {
  const frames = createFrames()
  const { events } = follow([stream(many(2_001))], frames)
  await until(() => frames.asked() === 1)
  frames.draw()
  expect(events).toEqual([{ id: '', event: 'gap', data: '{"reason":"unknown-id"}' }])
})

test('a flood is given in few pieces', async () => {
  const pieces: number[] = []
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  follow([() => new Response(readable)], { onEvents: (together) => pieces.push(together.length) })
  for (let sent = 0; sent < 12; sent++) {
    await writer.write(new TextEncoder().encode(many(20)))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await until(() => pieces.reduce((sum, count) => sum + count, 0) === 240)
  // After the first, one in a second; a slow machine may bring a piece late.
  expect(pieces.length).toBeLessThanOrEqual(3)
  await writer.close()
})

test('a page that is not drawn does not ask either', async () => {
  const frames = createFrames()
  const { asked } = follow([refusal(503), refusal(503)], frames)
  await until(() => frames.asked() === 1)
  expect(asked.length).toBe(1)
  frames.draw()
  await until(() => asked.length === 2)
})

test('a mock that wants its token is not asked again before there is one', async () => {
  const { live, asked, loads } = follow([refusal(401), stream('')])
  await until(() => live.connection.get() === 'locked')
  expect([asked.length, loads()]).toEqual([1, 0])
  live.restart()
  await until(() => loads() > 0)
})

test('a stream that is silent for too long is lost', async () => {
  const { states } = follow([], { silence: 20, open: openSilent })
  await until(() => states.includes('lost'))
  expect(states.slice(0, 2)).toEqual(['live', 'lost'])
})

/** Ends with its signal, as `fetch` does. */
const openSilent: LiveOptions['open'] = async (_headers, signal) =>
  new Response(
    new ReadableStream({
      start: (controller) => signal.addEventListener('abort', () => controller.error(new Error('aborted'))),
    }),
  )

test('after a stop nothing is asked', async () => {
  const { live, asked } = follow([])
  await until(() => asked.length > 0)
  live.stop()
  const before = asked.length
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(asked.length).toBeLessThanOrEqual(before + 1)
})
