import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from '@jest/globals'
import { eventsIn, type Received, tickedMock } from './events.test.support.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** In bytes, of what is still in use. */
function heap(): number {
  collect()
  return process.memoryUsage().heapUsed
}

const MB = 1024 * 1024

test('10,000 requests all arrive, or a gap is said, and the heap stays flat', async () => {
  const { fetch, tick } = tickedMock()
  const response = await fetch('/__admin/events')
  const counts = { request: 0, missed: 0, last: 0 }
  const count = ({ id, event, data }: Received) => {
    expect(Number(id)).toBe(counts.last + 1)
    counts.last += 1
    if (event === 'request') counts.request += 1
    if (event === 'gap') counts.missed += Number(data.missed)
  }
  const reading = read(response, count)
  const play = async (requests: number, perTick: number) => {
    const before = counts.request + counts.missed
    for (let sent = 1; sent <= requests; sent++) {
      await fetch('/v2/pet/1', { headers: { api_key: 'special-key' } })
      if (sent % perTick === 0) tick()
    }
    for (let ticks = 0; counts.request + counts.missed < before + requests && ticks < 1_000; ticks++) {
      tick()
      await new Promise(setImmediate)
    }
  }
  await play(3_000, 50)
  const before = heap()
  await play(3_500, 50)
  expect(counts).toMatchObject({ request: 6_500, missed: 0 })
  await play(3_500, 2_000)
  expect(counts.request + counts.missed).toBe(10_000)
  expect(counts.missed).toBeGreaterThan(1_000)
  expect(heap() - before).toBeLessThan(4 * MB)
  await reading.stop()
})

function read({ body }: Response, onEvent: (event: Received) => void) {
  const reader = body?.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  const readAll = async (): Promise<void> => {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) return
      const text = rest + decoder.decode(value, { stream: true })
      const end = text.lastIndexOf('\n\n') + 2
      rest = text.slice(end)
      eventsIn(text.slice(0, end)).forEach(onEvent)
    }
  }
  const ended = readAll()
  return {
    stop: async () => {
      await reader?.cancel()
      await ended
    },
  }
}
