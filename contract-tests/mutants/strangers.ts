import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import type { Mode } from '../../src/contract/report.ts'
import { inLanes } from './in-lanes.ts'
import { runStranger, type StrangerOutcome, scoreStranger } from './strangers/score-stranger.ts'
import { isInstalled, makeFile, startStranger } from './strangers/start-stranger.ts'
import { folderOf, PLAIN, STRANGERS, type Stranger, variantsOf } from './strangers/strangers.ts'

/**
 * Runs the suite against servers that its authors did not write, and prints the score. The exit code is 1 if a correct one is
 * accused or a plain one gets a failure, and 2 if a program is missing. With --witnesses it asks each fault's own witness instead.
 */
const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: STRANGERS.map(({ id }) => id).join(',') },
    ids: { type: 'string' },
    seed: { type: 'string', default: '1' },
    mode: { type: 'string', default: 'full' },
    lanes: { type: 'string', default: '2' },
    witnesses: { type: 'boolean', default: false },
  },
})
const print = (line: string) => void process.stdout.write(`${line}\n`)

const wanted = STRANGERS.filter(({ id }) => values.servers.split(',').includes(id))
const missing = wanted.filter((stranger) => !isInstalled(stranger))
for (const { id, program, packages } of missing)
  print(`NOT RUN  ${id}: ${program} is missing. On Debian: apt-get install ${packages}`)
let exitCode = missing.length > 0 ? 2 : 0

const idsOf = (stranger: Stranger) => values.ids?.split(',') ?? [PLAIN, ...variantsOf(stranger).map(({ id }) => id)]

async function printScore(stranger: Stranger): Promise<void> {
  const variants = variantsOf(stranger)
  const ids = [...new Set([PLAIN, ...idsOf(stranger)])]
  const how = { seed: Number(values.seed), mode: values.mode as Mode }
  const outcomes = await inLanes(Number(values.lanes), ids, (variant) => runStranger(stranger, variant, how))
  const score = scoreStranger(variants, outcomes)
  for (const id of score.missed) print(`MISSED   ${stranger.id} ${id}: ${variants.find((row) => row.id === id)?.title}`)
  for (const outcome of outcomes.filter(({ variant }) => [PLAIN, ...score.accused].includes(variant)))
    printAlarm(stranger, outcome)
  const { caught, faults, accused, freedoms, plainFailures } = score
  print(
    `${stranger.id}: ${caught} of ${faults} faults caught, ${accused.length} of ${freedoms} freedoms accused, ${plainFailures} failures on the plain server`,
  )
  if (accused.length + plainFailures > 0) exitCode ||= 1
}

function printAlarm({ id }: Stranger, { variant, failures, problem }: StrangerOutcome): void {
  if (failures.length === 0 && problem === '') return
  print(`ACCUSED  ${id} ${variant} ${problem}`.trimEnd())
  for (const { key, text } of failures.slice(0, 5)) print(`  ${key}: ${text}`)
}

/** A witness sees its variant over HTTP, without the suite: exit code 0. */
async function askWitnesses(stranger: Stranger): Promise<void> {
  for (const id of idsOf(stranger).filter((one) => one !== PLAIN)) {
    const { url, stop } = await startStranger(stranger, id)
    const { status } = spawnSync(process.execPath, ['witness.mjs', url, id], { cwd: folderOf(stranger) })
    await stop()
    if (status !== 0) exitCode ||= 1
    if (status !== 0) print(`UNSEEN   ${stranger.id} ${id}`)
  }
}

for (const stranger of wanted.filter((one) => !missing.includes(one))) {
  makeFile(stranger)
  await (values.witnesses ? askWitnesses(stranger) : printScore(stranger))
}
process.exitCode = exitCode
