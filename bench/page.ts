import { readdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
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

/** Measures a mock whose page is open beside one whose page is not, both asked as fast as they answer, and prints tables. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } })
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...FLAGS, ...QUIET] })
  const [without, heard, watched] = [await startObserved(PETS), await startObserved(PETS), await startObserved(PETS)]
  try {
    const { page, heap } = await openPage(browser, watched)
    // The end of the mock ends the stream too.
    readAll(heard).catch(() => undefined)
    const [plain, told, shown] = [createAsking(without), createAsking(heard), createAsking(watched)]
    // Each journal is full, and V8 has compiled what runs often.
    for (const ask of [plain, told, shown]) await ask()
    const held: Held[] = []
    const look = async () => {
      held.push(await heldBy(watched, heap))
      return shown()
    }
    const measured = await interleave(Number(values.rounds), { [NO_PAGE]: plain, [LISTENER]: told, [PAGE]: look })
    held.push(await heldBy(watched, heap))
    await page.getByText('Live').waitFor()
    process.stdout.write([rateTable(measured), heldTable(held)].map(markdownOf).join('\n'))
  } finally {
    await browser.close()
    await Promise.all([without.stop(), heard.stop(), watched.stop()])
  }
}

const NO_PAGE = 'no page'
/** Costs the mock what a page does, and the machine next to nothing: a browser takes the core of the mock away, too. */
const LISTENER = 'events are read'
const PAGE = 'page open'

/** Reads the events as a page does, and shows them to nobody. */
async function readAll({ url }: Observed): Promise<void> {
  const { body } = await fetch(`${url}/__admin/events`)
  for await (const _piece of body ?? []);
}

/** Opens the requests, and waits until the page hears of them. */
async function openPage(browser: Browser, mock: Observed): Promise<{ page: Page; heap: CDPSession }> {
  const page = await browser.newPage()
  await page.goto(`${mock.url}/#/requests`)
  await page.getByText('Live').waitFor()
  return { page, heap: await page.context().newCDPSession(page) }
}

/** One round. CPU time is in microseconds for a request. */
interface Round {
  readonly requests: number
  readonly perSecond: number
  readonly cpu: number
}

/** Asks for a pet, again and again. What the mock does for its page between two rounds counts too. */
function createAsking({ url, pid }: Observed): () => Promise<Round> {
  const target = { port: Number(new URL(url).port), pid }
  let before = cpuOf(pid)
  return async () => {
    let requests = 0
    let rounds = 0
    for (; requests < REQUESTS; rounds++) {
      const { perSecond } = await load(target, bytesOf(SAMPLES.pet, '/v2'), PRESSURE)
      requests += perSecond * (PRESSURE.milliseconds / 1_000)
    }
    const now = cpuOf(pid)
    const cpu = (now - before) / requests
    before = now
    return { requests, perSecond: requests / (rounds * (PRESSURE.milliseconds / 1_000)), cpu }
  }
}

/** The CPU time of all threads of a process in microseconds, as Linux tells it: in nanoseconds, where `stat` counts hundredths of a second. */
function cpuOf(pid: number): number {
  const tasks = `/proc/${pid}/task`
  const times = readdirSync(tasks).map((task) => readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0])
  return times.reduce((sum, time) => sum + Number(time), 0) / 1_000
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
  ])
  const head = ['', 'rate by CPU time', 'rate by the clock', 'µs of CPU a request', 'requests/s']
  const requests = Math.round(of(PAGE, 'requests').reduce((sum, one) => sum + one, 0))
  return { title: `GET /pet/1 with the page of the mock open, ${requests.toLocaleString('en')} requests`, head, rows }
}

function heldTable(held: readonly Held[]): Table {
  const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1)
  const rows = held.map(({ mock, page }, at) => [String(at), megabytes(mock), megabytes(page)])
  return { title: 'Held after a garbage collection', head: ['after rounds', 'MB by the mock', 'MB by the page'], rows }
}

await main()
