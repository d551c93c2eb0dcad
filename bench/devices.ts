import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createMock } from '../src/index.ts'
import { type Contender, start } from './contender.ts'
import { bareServers, ours } from './contenders.ts'
import { markdownOf, ratioText, type Table } from './report.ts'
import { bytesOf, PETS, SAMPLES } from './requests.ts'
import { interleave, keepCode, type Measured, measureLoad, withServers } from './rounds.ts'
import { pairedRatios, spreadOf } from './statistics.ts'
import { buildVariant, VARIANTS, writeUnbundled } from './variants.ts'

const OURS = 'inboxes-mock'
const { pet, list, user, petXml } = SAMPLES
const ASKED = [pet, list, user, petXml]

/** The contenders on one Node: the command, the command without each device, and a bare Express. */
async function contendersOn(execPath: string, answersFile: string): Promise<Contender[]> {
  const built: [string, string][] = []
  for (const variant of VARIANTS) built.push([variant.device, await buildVariant(variant)])
  built.push(['bundle', writeUnbundled()])
  const { express } = bareServers(answersFile)
  const whole = ours(OURS, PETS)
  const variants = built.map(([name, script]) => ({
    ...whole,
    name,
    argv: (port: number) => [script, ...whole.argv(port).slice(1)],
  }))
  return [whole, express, ...variants].map((contender) => ({ ...contender, execPath }))
}

/** The CPU time that a start takes to the first 200, in milliseconds, over all threads. */
async function startCpu(contender: Contender): Promise<number> {
  const started = await start(contender, bytesOf(pet, contender.basePath))
  const milliseconds = cpuOf(started.pid)
  await started.stop()
  return milliseconds
}

/** From Linux, which counts in nanoseconds there. */
function cpuOf(pid: number): number {
  const nanoseconds = readdirSync(`/proc/${pid}/task`).map((task) =>
    Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]),
  )
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6
}

/** CPU times of the whole command as a share of those without a device: 0.8 says that the device saves a fifth. */
function columnOf(measured: Measured<number>): (name: string) => string {
  const whole = measured.get(OURS) ?? []
  return (name) => {
    const values = measured.get(name)
    return values ? ratioText(spreadOf(pairedRatios(whole, values))) : ''
  }
}

async function measureOn(execPath: string, answersFile: string, rounds: number): Promise<Table> {
  const contenders = await contendersOn(execPath, answersFile)
  for (const contender of contenders) await keepCode(contender, pet)
  const starts = await interleave(rounds, Object.fromEntries(contenders.map((one) => [one.name, () => startCpu(one)])))
  const columns = [columnOf(starts)]
  await withServers(contenders, pet, async (servers) => {
    for (const sample of ASKED) {
      const pressure = { connections: 32, milliseconds: 300 }
      const asked = sample === petXml ? servers.filter(({ contender }) => contender.name !== 'bare express') : servers
      const measured = await measureLoad(asked, () => sample, rounds, pressure)
      columns.push(columnOf(new Map([...measured].map(([name, loads]) => [name, loads.map(({ cpu }) => cpu)]))))
    }
  })
  const version = execFileSync(execPath, ['--version'], { encoding: 'utf8' }).trim()
  const rows = contenders.slice(1).map(({ name }) => [name, ...columns.map((column) => column(name))])
  return { title: `Node ${version.slice(1)}`, head: ['CPU time to', 'start', ...ASKED.map(({ name }) => name)], rows }
}

/** Prints the share of time that each device saves, on each Node that is named: `npm run bench:devices -- NODE...`. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '9' } },
  })
  const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-bench-'))
  const answersFile = join(folder, 'answers.json')
  try {
    const { pets } = createMock({ pets: PETS }).store
    writeFileSync(answersFile, JSON.stringify({ pet: pets.get(1), pets: pets.byStatus(['available']) }))
    for (const node of positionals.length > 0 ? positionals : [process.execPath])
      console.log(markdownOf(await measureOn(node, answersFile, Number(values.rounds))))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

await main()
