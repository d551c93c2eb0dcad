import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { pathOf } from '../src/openapi/package-files.ts'
import { ours } from './contenders.ts'
import { number, ratioText, type Table } from './report.ts'
import { SAMPLES } from './requests.ts'
import { interleave, type Measured, withServers } from './rounds.ts'
import { pairedRatios, spreadOf } from './statistics.ts'

/** One run of the contract suite. */
interface SuiteRun {
  readonly milliseconds: number
  /** NaN where the run does not say. */
  readonly requests: number
}

const BASE = 'the command, on a mock of its own'

/** Runs the whole suite in each way in which it can be run, in a process of its own, from its start to its end. */
export async function measureContract(rounds: number): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-bench-'))
  try {
    return await withServers([ours('server', 100)], SAMPLES.pet, async ([server]) => {
      const url = `http://127.0.0.1:${server?.port}/v2`
      const ways = {
        [BASE]: () => runCommand(folder),
        'the command, on a server': () => runCommand(folder, '--base-url', url),
        'jest, on mocks of its own': () => runJest({}),
        'jest, on a server': () => runJest({ CONTRACT_BASE_URL: url }),
      }
      return tableOf(await interleave(rounds, ways))
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function runCommand(folder: string, ...flags: readonly string[]): Promise<SuiteRun> {
  const file = join(folder, 'report.json')
  const argv = [pathOf('dist/bundle/cli.cjs'), 'contract', '--quiet', '--api-key', 'special-key', ...flags]
  const milliseconds = await timeOf([...argv, '--report', `json=${file}`])
  const { requests } = JSON.parse(readFileSync(file, 'utf8'))
  return { milliseconds, requests }
}

/** The engine and the scenarios, as `npm run contract` runs them. */
async function runJest(env: Readonly<Record<string, string>>): Promise<SuiteRun> {
  const { scripts } = JSON.parse(readFileSync(pathOf('package.json'), 'utf8'))
  const [, args = ''] = scripts.contract.split(' -- ')
  const argv = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', ...args.split(' ')]
  return { milliseconds: await timeOf(argv, env), requests: Number.NaN }
}

/** Runs `node` to its end, which has to be a good one. */
async function timeOf(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  const started = performance.now()
  await promisify(execFile)(process.execPath, argv, { cwd: pathOf('.'), env: { ...process.env, ...env } })
  return performance.now() - started
}

function tableOf(measured: Measured<SuiteRun>): Table {
  const times = (name: string) => (measured.get(name) ?? []).map(({ milliseconds }) => milliseconds)
  const rows = [...measured].map(([name, [first]]) => [
    name,
    ratioText(spreadOf(pairedRatios(times(name), times(BASE)))),
    number(spreadOf(times(name)).median),
    number(first?.requests ?? Number.NaN),
  ])
  return { title: 'The contract suite, from start to end', head: ['', `to ${BASE}`, 'ms', 'requests'], rows }
}
