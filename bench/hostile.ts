import { type Ask, startObserved } from './observed.ts'

/** Requests that never come twice: the n-th of a kind. */
export const HOSTILE: Readonly<Record<string, (n: number) => Ask>> = {
  'Content-Types': (n) => ({
    method: 'POST',
    path: '/user',
    headers: { 'Content-Type': `application/x-${n}-${PADDING}` },
    body: '{}',
  }),
  'parameters of a Content-Type': (n) => ({
    method: 'POST',
    path: '/user',
    headers: { 'Content-Type': `application/json; n=${n}-${PADDING}` },
    body: '{"username":"same"}',
  }),
  'boundaries of a multipart body': (n) => ({
    method: 'POST',
    path: '/pet/1/uploadImage',
    headers: { 'Content-Type': `multipart/form-data; boundary=${n}-${PADDING.slice(0, 50)}` },
    body: 'x',
  }),
  sessions: (n) => ({ method: 'GET', path: '/pet/1', headers: { 'X-Mock-Session': `${n}-${PADDING.slice(0, 100)}` } }),
  paths: (n) => ({ method: 'GET', path: `/${n}/${PADDING}` }),
  'path parameters': (n) => ({ method: 'GET', path: `/user/${n}-${PADDING}` }),
  queries: (n) => ({ method: 'GET', path: `/pet/findByTags?tags=${n}-${PADDING}&${n}=${PADDING}` }),
  headers: (n) => ({ method: 'GET', path: '/pet/1', headers: { [`X-${n}`]: PADDING, Accept: `a/${n}, */*` } }),
  preferences: (n) => ({ method: 'GET', path: '/pet/1', headers: { Prefer: `code=${n}, ${n}-${PADDING}` } }),
  methods: (n) => ({ method: ['GET', 'PUT', 'PATCH'][n % 3] ?? 'GET', path: `/pet/x${n}-${PADDING}` }),
}

/** So long that a value which is kept is seen in the heap. */
const PADDING = 'x'.repeat(500)

/** Bytes that a mock holds after a number of hostile requests of one kind. The first counts include caches that fill once. */
export interface HostileCost {
  readonly kind: string
  readonly held: readonly number[]
}

/** How often the requests are sent before it counts: journal, sessions that left and compiled code fill up once. */
const WARM_UPS = 2

/** Sends `count` requests that differ, again and again others, and looks at the heap after each time. */
export async function measureHostile(count: number, kinds = Object.keys(HOSTILE)): Promise<HostileCost[]> {
  const costs: HostileCost[] = []
  for (const kind of kinds) costs.push({ kind, held: await holdAfter(count, HOSTILE[kind] ?? missing(kind)) })
  return costs
}

async function holdAfter(count: number, ask: (n: number) => Ask): Promise<number[]> {
  const mock = await startObserved(10)
  const held: number[] = []
  try {
    for (let pass = 0; pass < WARM_UPS + 2; pass++) {
      await mock.ask(Array.from({ length: count }, (_, n) => ask(pass * count + n)))
      const memory = await mock.memory()
      if (pass >= WARM_UPS) held.push(memory.held)
    }
  } finally {
    await mock.stop()
  }
  return held
}

function missing(kind: string): never {
  throw new Error(`There are no hostile ${kind}.`)
}
