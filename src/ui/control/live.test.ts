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

test('events are given, and the next connection goes on after the last one', async () => {
  const { asked, events, states, loads } = follow([stream('id: 7\nevent: state\ndata: {}\n\n'), stream('')])
  await until(() => asked.length >= 2 && events.length > 0)
  expect(asked.slice(0, 2).map((headers) => headers['Last-Event-ID'])).toEqual([undefined, '7'])
  expect(events).toEqual([{ id: '7', event: 'state', data: '{}' }])
  expect(states.slice(0, 2)).toEqual(['live', 'lost'])
  expect(loads()).toBeGreaterThanOrEqual(2)
})

test('a mock without a place for a listener is asked again and again', async () => {
  const { states, loads, live } = follow(Array.from({ length: 5 }, () => refusal(503)))
  await until(() => loads() >= 3)
  expect(states[0]).toBe('polling')
  await until(() => live.connection.get() === 'lost')
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
