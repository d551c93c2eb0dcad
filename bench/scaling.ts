import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { pathOf } from '../src/openapi/package-files.ts'
import { type Balanced, startBalanced } from '../test/scaling/balanced.ts'
import { type Load, load, type Pressure } from './load.ts'
import { number, ratioText, type Table } from './report.ts'
import { bytesOf, SAMPLES } from './requests.ts'
import { interleave, type Measured } from './rounds.ts'
import { pairedRatios, spreadOf } from './statistics.ts'

/** One load, and the CPU time that a request cost those behind it, in microseconds. */
interface Shared {
  readonly load: Load
  readonly mocks: number
  readonly nginx: number
}

const BASE = 'one mock'
const PAGE = readFileSync(pathOf('docs/scaling.md'), 'utf8')
const ONE_MOCK = PAGE.replace(/^ *server 127\.0\.0\.1:4012.*\n/m, '')

/** Whether nginx can be started here. */
export const hasNginx = (): boolean => spawnSync('nginx', ['-v']).error === undefined

/**
 * The set-up of `docs/scaling.md` under load, with as many sessions as connections, beside one mock behind nginx and one alone.
 * The client shares the cores of the machine with nginx and the mocks, so that the CPU time of a
 * request says more than the rate.
 */
export async function measureScaling(rounds: number, pressure: Pressure): Promise<Table> {
  const running: Balanced[] = []
  try {
    for (const page of [ONE_MOCK, PAGE]) running.push(await startBalanced(page))
    const [one, two] = running as [Balanced, Balanced]
    const things = {
      [BASE]: () => loadSessions(one, one.mocks[0] as number, pressure),
      'one mock behind nginx': () => loadSessions(one, one.port, pressure),
      'two mocks behind nginx': () => loadSessions(two, two.port, pressure),
    }
    return tableOf(await interleave(rounds, things))
  } finally {
    for (const { stop } of running) stop()
  }
}

async function loadSessions({ groups }: Balanced, port: number, pressure: Pressure): Promise<Shared> {
  const cpu = () => [cpuOfGroups(groups.mocks), cpuOfGroups([groups.nginx])] as const
  const [mocksBefore, nginxBefore] = cpu()
  const started = performance.now()
  const got = await load({ port, pid: 0 }, sessionRequest, pressure)
  const requests = (got.perSecond * (performance.now() - started)) / 1000
  const [mocks, nginx] = cpu()
  return { load: got, mocks: (mocks - mocksBefore) / requests, nginx: (nginx - nginxBefore) / requests }
}

/** Each connection asks for a session of its own. */
const sessionRequest = (connection: number): Buffer =>
  bytesOf({ ...SAMPLES.pet, headers: { 'X-Mock-Session': `bench-${connection}` } }, '/v2')

/** The CPU time, in microseconds, of all processes of some groups, as Linux tells it; 0 where the system does not tell. */
function cpuOfGroups(groups: readonly number[]): number {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return processes.map(statOf).reduce((sum, { group, cpu }) => (groups.includes(group) ? sum + cpu : sum), 0)
}

/** The group of a process and its CPU time. It may have ended meanwhile. */
function statOf(pid: string): { readonly group: number; readonly cpu: number } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return { group: Number(fields[2]), cpu: (Number(fields[11]) + Number(fields[12])) * 10_000 }
  } catch {
    return { group: 0, cpu: 0 }
  }
}

function tableOf(measured: Measured<Shared>): Table {
  const part = (name: string, of: (shared: Shared) => number) => (measured.get(name) ?? []).map(of)
  const rate = (name: string) => part(name, ({ load: { perSecond } }) => perSecond)
  const middle = (values: readonly number[]) => number(spreadOf(values).median)
  const rows = [...measured.keys()].map((name) => [
    name,
    ratioText(spreadOf(pairedRatios(rate(name), rate(BASE)))),
    middle(rate(name)),
    middle(part(name, ({ load: { p99 } }) => p99)),
    middle(part(name, ({ mocks }) => mocks)),
    middle(part(name, ({ nginx }) => nginx)),
  ])
  const head = ['', `requests/s to ${BASE}`, 'requests/s', 'p99 ms', 'µs of mocks a request', 'µs of nginx a request']
  return { title: 'GET /pet/1 of many sessions, behind nginx', head, rows }
}
