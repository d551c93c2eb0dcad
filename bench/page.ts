import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type CDPSession, chromium, type Page } from 'playwright-core'
import { cpuTimeOf, cpuTimeOfTree } from './cpu-time.ts'
import { load } from './load.ts'
import { type Observed, startObserved } from './observed.ts'
import { markdownOf, number, ratioText, type Table } from './report.ts'
import { bytesOf, SAMPLES } from './requests.ts'
import { interleave, type Measured } from './rounds.ts'
import { pairedRatios, spreadOf } from './statistics.ts'

/** Pets of the mocks. */
const PETS = 100
/** Requests of a round: as many as a page hears of in one go. */
const REQUESTS = 10_000
const PRESSURE = { connections: 32, milliseconds: 500 }
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync']

/** Bytes that the mock and its page hold after a garbage collection. */
interface Held {
  readonly mock: number
  readonly page: number
}

/**
 * Measures one mock with and without a page in turn, asked as fast as it answers, and prints tables. Two mocks would differ by what V8
 * has made of each.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } })
  const server = await chromium.launchServer({ executablePath: '/usr/bin/chromium', args: [...FLAGS, ...QUIET] })
  const browser = await chromium.connect(server.wsEndpoint())
  const mock = await startObserved(PETS)
  try {
    const page = await browser.newPage()
    const heap = await page.context().newCDPSession(page)
    const ask = createAsking(mock, server.process().pid ?? 0)
    const held: Held[] = []
    const watch = async () => {
      await openPage(page, mock)
      const round = await ask()
      held.push(await heldBy(mock, heap))
      await page.goto('about:blank')
      return round
    }
    const listen = () => whileHeard(mock, ask)
    // The journal is full, and V8 has compiled what runs often.
    for (const warmUp of [ask, listen, watch]) await warmUp()
    held.length = 0
    const measured = await interleave(Number(values.rounds), { [NO_PAGE]: ask, [LISTENER]: listen, [PAGE]: watch })
    process.stdout.write([rateTable(measured), heldTable(held)].map(markdownOf).join('\n'))
  } finally {
    await browser.close()
    await server.close()
    await mock.stop()
  }
}

const NO_PAGE = 'no page'
/** Costs the mock what a page does, and the machine next to nothing: a browser takes the core of the mock away, too. */
const LISTENER = 'events are read'
const PAGE = 'page open'

/** Reads the events as a page does, and shows them to nobody. */
async function whileHeard<T>({ url }: Observed, work: () => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const { body } = await fetch(`${url}/__admin/events`, { signal: stop.signal })
  const reading = readAll(body).catch(() => undefined)
  const result = await work()
  stop.abort()
  await reading
  return result
}

async function readAll(body: ReadableStream<Uint8Array> | null): Promise<void> {
  for await (const _piece of body ?? []);
}

/** Opens the requests, and waits until the page hears of them. */
async function openPage(page: Page, mock: Observed): Promise<void> {
  await page.goto(`${mock.url}/#/requests`)
  await page.getByText('Live').waitFor()
}

/** One round. */
interface Round {
  readonly requests: number
  readonly perSecond: number
  /** Microseconds of the mock's CPU time for a request. */
  readonly cpu: number
  /** Milliseconds of the mock's CPU time after the requests: a page asks once for those that it was not told of. */
  readonly after: number
  /** The CPU time of the browser, as a share of one core. */
  readonly browser: number
}

/** Milliseconds after the requests, in which a page has asked for the rest. */
const REST = 3_000

/** Asks for a pet, again and again. */
function createAsking({ url, pid }: Observed, browser: number): () => Promise<Round> {
  const target = { port: Number(new URL(url).port), pid }
  return async () => {
    const before = { mock: cpuTimeOf(pid), browser: cpuTimeOfTree(browser), at: performance.now() }
    let requests = 0
    let rounds = 0
    for (; requests < REQUESTS; rounds++) {
      const { perSecond } = await load(target, bytesOf(SAMPLES.pet, '/v2'), PRESSURE)
      requests += perSecond * (PRESSURE.milliseconds / 1_000)
    }
    const milliseconds = performance.now() - before.at
    const cpu = (cpuTimeOf(pid) - before.mock) / requests
    const share = (cpuTimeOfTree(browser) - before.browser) / 1_000 / milliseconds
    const ended = cpuTimeOf(pid)
    await sleep(REST)
    const after = (cpuTimeOf(pid) - ended) / 1_000
    return { requests, perSecond: requests / (rounds * (PRESSURE.milliseconds / 1_000)), cpu, after, browser: share }
  }
}

async function heldBy(mock: Observed, heap: CDPSession): Promise<Held> {
  await heap.send('HeapProfiler.collectGarbage')
  const { usedSize } = await heap.send('Runtime.getHeapUsage')
  return { mock: (await mock.memory()).held, page: usedSize }
}

function rateTable(measured: Measured<Round>): Table {
  const of = (name: string, key: keyof Round) => (measured.get(name) ?? []).map((one) => one[key])
  const rows = [NO_PAGE, LISTENER, PAGE].map((name) => [
    name,
    // Less CPU time for a request is a higher rate that one core can keep.
    ratioText(spreadOf(pairedRatios(of(NO_PAGE, 'cpu'), of(name, 'cpu')))),
    ratioText(spreadOf(pairedRatios(of(name, 'perSecond'), of(NO_PAGE, 'perSecond')))),
    number(spreadOf(of(name, 'cpu')).median),
    number(spreadOf(of(name, 'perSecond')).median),
    number(spreadOf(of(name, 'after')).median),
    `${(100 * spreadOf(of(name, 'browser')).median).toFixed(1)} %`,
  ])
  const mine = ['rate by CPU time', 'rate by the clock', 'µs of CPU a request', 'requests/s', 'ms of CPU after them']
  const head = ['', ...mine, 'browser, of a core']
  const requests = Math.round(of(PAGE, 'requests').reduce((sum, one) => sum + one, 0))
  return { title: `GET /pet/1 with the page of the mock open, ${requests.toLocaleString('en')} requests`, head, rows }
}

function heldTable(held: readonly Held[]): Table {
  const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1)
  const rows = held.map(({ mock, page }, at) => [String(at), megabytes(mock), megabytes(page)])
  return { title: 'Held after a garbage collection', head: ['after rounds', 'MB by the mock', 'MB by the page'], rows }
}

await main()
