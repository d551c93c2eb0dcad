import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createMock } from '../src/index.ts'
import { pathOf } from '../src/openapi/package-files.ts'
import type { Contender } from './contender.ts'
import { bareServers, ours } from './contenders.ts'
import { measureContract } from './contract.ts'
import { measureFind } from './find.ts'
import { measureHostile } from './hostile.ts'
import { measureMemory } from './memory.ts'
import { measureNpx } from './npx.ts'
import { installPeers, PRISM_XML, writePeerFiles } from './peers.ts'
import { runProbe } from './probe.ts'
import {
  findTable,
  hostileTable,
  loadTable,
  markdownOf,
  memoryTable,
  ratioTable,
  sessionTable,
  soakTable,
  type Table,
} from './report.ts'
import { PETS, SAMPLES, type Sample } from './requests.ts'
import { interleave, measureLoad, measureStarts, withServers } from './rounds.ts'
import { hasNginx, measureScaling } from './scaling.ts'
import { measureSessions } from './sessions.ts'
import { soak } from './soak.ts'
import { measureUpstream } from './upstream.ts'

/** How much is measured. */
interface Plan {
  readonly startRounds: number
  readonly loadRounds: number
  readonly pressure: { readonly connections: number; readonly milliseconds: number }
  readonly manyPets: number
  /** How many hostile requests of each kind. */
  readonly hostile: number
  readonly soakMinutes: number
  readonly peers: boolean
}

const FULL: Plan = {
  startRounds: 15,
  loadRounds: 7,
  pressure: { connections: 32, milliseconds: 1000 },
  manyPets: 1_000_000,
  hostile: 10_000,
  soakMinutes: 10,
  peers: true,
}
const QUICK: Plan = {
  startRounds: 2,
  loadRounds: 1,
  pressure: { connections: 32, milliseconds: 100 },
  manyPets: 1000,
  hostile: 200,
  soakMinutes: 0.02,
  peers: false,
}

const BASE = 'bare express'
const OURS = 'inboxes-mock'
const { pet, petJson, petOfSession, petWithHeader, list, user, inventory, petXml, listXml } = SAMPLES

async function measureAll(plan: Plan, answersFile: string, tell: (table: Table) => void): Promise<void> {
  const { http, express } = bareServers(answersFile)
  const contenders = [http, express, ours(OURS, PETS)]
  tell(ratioTable('Start to first 200', 'ms', await measureStarts(contenders, pet, plan.startRounds), BASE))
  tell(ratioTable('Import in a test file, ready to be asked', 'ms', await measureImports(plan), BASE))
  await measureRequests(plan, contenders, tell)
  if (plan.peers) await measurePeers(plan, [express, ours(OURS, 10)], tell)
  await measureXml(plan, tell)
  for (const table of await measureUpstream(answersFile, plan.loadRounds, plan.pressure)) tell(table)
  await measureGrowth(plan, tell)
  tell(findTable(await measureFind([10_000, plan.manyPets])))
  tell(memoryTable(await measureMemory([10_000, plan.manyPets])))
  await measureOneSession(plan, tell)
  tell(sessionTable(await measureSessions([10, plan.manyPets])))
  tell(hostileTable(await measureHostile(plan.hostile), plan.hostile))
  tell(soakTable(await soak(plan.soakMinutes, SOAK_SAMPLES)))
  tell(await measureContract(Math.ceil(plan.startRounds / 3)))
  if (hasNginx()) tell(await measureScaling(plan.loadRounds, plan.pressure))
  else console.log('nginx is not installed: no figure of several mocks.')
}

const SOAK_SAMPLES = 10

function measureImports({ startRounds }: Plan) {
  const probe = (name: string) => async () => Number(await runProbe(name))
  return interleave(startRounds, { [BASE]: probe('ready-express'), [OURS]: probe('ready-mock') })
}

function measureRequests(plan: Plan, contenders: readonly Contender[], tell: (table: Table) => void): Promise<void> {
  return withServers(contenders, pet, async (servers) => {
    for (const sample of [pet, list, user])
      tell(loadTable(sample.name, await measureLoad(servers, () => sample, plan.loadRounds, plan.pressure), BASE))
  })
}

/** Other mocks, which do less: none of them remembers and validates both ways. All are asked for JSON, as most clients do. */
async function measurePeers(plan: Plan, known: readonly Contender[], tell: (table: Table) => void): Promise<void> {
  const files = writePeerFiles(pathOf('openapi.yaml'), {
    ...createMock().store.pets.get(1),
  })
  tell(await measureNpx(Math.ceil(plan.startRounds / 3), files))
  const contenders = [...known, ...installPeers(files)]
  const starts = await measureStarts(contenders, pet, Math.ceil(plan.startRounds / 3))
  tell(ratioTable('Start to first 200, beside other mocks', 'ms', starts, BASE))
  await withServers(contenders, pet, async (servers) => {
    const sampleOf = (name: string) => (name === PRISM_XML ? petXml : petJson)
    const measured = await measureLoad(servers, sampleOf, Math.ceil(plan.loadRounds / 2), plan.pressure)
    tell(loadTable('GET /pet/1, beside other mocks', measured, BASE))
  })
}

/** Each request twice to the same server: as JSON and as XML. */
function measureXml(plan: Plan, tell: (table: Table) => void): Promise<void> {
  return withServers([ours('as JSON', PETS)], pet, async ([server]) => {
    if (server === undefined) return
    for (const [json, xml] of [[pet, petXml] as const, [list, listXml] as const]) {
      const both = [server, { ...server, contender: { ...server.contender, name: 'as XML' } }]
      const measured = await measureLoad(
        both,
        (name) => (name === 'as XML' ? xml : json),
        plan.loadRounds,
        plan.pressure,
      )
      tell(loadTable(xml.name, measured, 'as JSON'))
    }
  })
}

/** The same server, asked with and without a session; a header of the same length tells what the header alone costs. */
function measureOneSession(plan: Plan, tell: (table: Table) => void): Promise<void> {
  const samples: Readonly<Record<string, Sample>> = {
    'no session': pet,
    'no session, another header': petWithHeader,
    'a session': petOfSession,
  }
  const [base = '', ...others] = Object.keys(samples)
  return withServers([ours(base, PETS)], pet, async ([server]) => {
    if (server === undefined) return
    const ways = [server, ...others.map((name) => ({ ...server, contender: { ...server.contender, name } }))]
    const measured = await measureLoad(ways, (name) => samples[name] ?? pet, plan.loadRounds, plan.pressure)
    tell(loadTable(petOfSession.name, measured, base))
  })
}

async function measureGrowth(plan: Plan, tell: (table: Table) => void): Promise<void> {
  const few = ours('10 pets', 10)
  const many = ours(`${plan.manyPets.toLocaleString('en')} pets`, plan.manyPets)
  tell(ratioTable('Start to first 200 as it grows', 'ms', await measureStarts([few, many], pet, 3), few.name))
  await withServers([few, many], pet, async (servers) => {
    for (const sample of [pet, inventory, user]) {
      const measured = await measureLoad(servers, () => sample, plan.loadRounds, plan.pressure)
      tell(loadTable(`${sample.name} as it grows`, measured, few.name))
    }
  })
}

/** Writes the records of the mock, which bare servers send too. */
function writeAnswers(file: string): void {
  const { pets } = createMock({ pets: PETS }).store
  writeFileSync(file, JSON.stringify({ pet: pets.get(1), pets: pets.byStatus(['available']) }))
}

function heading(): string {
  const versions = ['express', 'express-openapi-validator'].map((name) => `${name} ${versionOf(name)}`)
  const machine = `${cpus()[0]?.model ?? arch()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`
  return [
    '# Results of the bench',
    '',
    `Written by \`npm run bench\` on ${machine}, ${platform()}; Node ${process.version}, ${versions.join(', ')}.`,
    'All in one run, in rounds that take turns; a ratio is the median of the ratios of the rounds, with its quartiles.',
    'Servers answer the same bytes; ours validates requests and replies. 32 connections.',
    '',
    '',
  ].join('\n')
}

function versionOf(name: string): string {
  const manifest = pathOf(`node_modules/${name}/package.json`)
  return String(JSON.parse(readFileSync(manifest, 'utf8')).version)
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, soak: { type: 'string' } } })
  const plan = values.quick ? QUICK : FULL
  const soakMinutes = Number(values.soak ?? plan.soakMinutes)
  const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-bench-'))
  const answersFile = join(folder, 'answers.json')
  let report = heading()
  try {
    writeAnswers(answersFile)
    await measureAll({ ...plan, soakMinutes }, answersFile, (table) => {
      report += `${markdownOf(table)}\n`
      console.log(markdownOf(table))
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
  if (!values.quick) writeFileSync(pathOf('bench/RESULTS.md'), `${report.trimEnd()}\n`)
}

await main()
