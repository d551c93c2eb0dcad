import { HOSTILE } from './hostile.ts'
import { type Ask, type Memory, startObserved } from './observed.ts'

/** The memory of a mock after a number of requests. */
export interface SoakSample extends Memory {
  readonly minutes: number
  readonly requests: number
}

const json = { 'Content-Type': 'application/json' }

/** The mixed requests of the clients: reads, overwrites and refused requests. */
const MIX: readonly Ask[] = [
  { method: 'GET', path: '/pet/1' },
  { method: 'GET', path: '/pet/2', headers: { Accept: 'application/xml' } },
  { method: 'GET', path: '/pet/findByStatus?status=available,pending' },
  { method: 'GET', path: '/pet/findByTags?tags=tag1' },
  { method: 'GET', path: '/store/inventory' },
  { method: 'PUT', path: '/domain', headers: json, body: '{"id":1,"name":"a","photoUrls":[],"status":"sold"}' },
  { method: 'PUT', path: '/domain', headers: json, body: '{"id":1,"name":"b","photoUrls":[],"status":"pending"}' },
  { method: 'POST', path: '/user', headers: json, body: '{"username":"soak"}' },
  { method: 'POST', path: '/user', headers: json, body: '{"username":1}' },
  { method: 'DELETE', path: '/user/soak' },
  { method: 'POST', path: '/store/order', headers: json, body: '{"id":"7","name":"a.example"}' },
  { method: 'GET', path: '/pet/999999' },
  { method: 'GET', path: '/user/login?username=a&password=b' },
  { method: 'POST', path: '/pet/1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'name=c' },
]

/** Asks a mock for so many minutes, and looks at its memory at even distances. */
export async function soak(minutes: number, samples: number): Promise<SoakSample[]> {
  const mock = await startObserved(1_000)
  const taken: SoakSample[] = []
  let requests = 0
  const started = performance.now()
  const elapsed = () => (performance.now() - started) / 60_000
  try {
    for (let sample = 1; sample <= samples; sample++) {
      while (elapsed() < (minutes * sample) / samples) {
        await mock.ask(batch(requests))
        requests += BATCH
      }
      taken.push({ minutes: elapsed(), requests, ...(await mock.memory()) })
    }
  } finally {
    await mock.stop()
  }
  return taken
}

const BATCH = 1_000
const HOSTILE_EVERY = 20

/** The mix, with some requests among them that never come twice. */
function batch(from: number): Ask[] {
  const hostile = Object.values(HOSTILE)
  return Array.from({ length: BATCH }, (_, index) => {
    const n = from + index
    const usual = MIX[n % MIX.length] as Ask
    return n % HOSTILE_EVERY === 0 ? (hostile[(n / HOSTILE_EVERY) % hostile.length]?.(n) ?? usual) : usual
  })
}
