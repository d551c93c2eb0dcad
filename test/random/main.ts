// Plays random requests on the built package: `npm run random -- --requests 1000000 --seed 7`. Each finding is printed with the
// shortest run that still shows it. `--only 3,17` plays some steps of a seed again; `--sources` plays on the sources.

import { parseArgs } from 'node:util'
import { createCheck } from './check-answer.ts'
import { describeStep } from './describe-step.ts'
import { pickSteps, stepsOf } from './numbered-steps.ts'
import { type Finding, type Numbered, play } from './play.ts'
import { shrink } from './shrink.ts'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    sources: { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed)
const { createMock } = await (values.sources ? import('../../src/index.ts') : import('inboxes-mock'))
const subject = { createMock, check: createCheck('openapi.yaml', 'src/mock/admin/openapi.yaml') }

/** Says how far a long run is. */
function* counted(steps: Iterable<Numbered>): Generator<Numbered> {
  for (const numbered of steps) {
    if (numbered.index > 0 && numbered.index % 50_000 === 0) console.error(`${numbered.index} steps`)
    yield numbered
  }
}

async function shortest({ index, kind }: Finding): Promise<readonly number[]> {
  const fails = async (indexes: readonly number[]) =>
    (await play(pickSteps(seed, indexes), subject)).findings.some((finding) => finding.kind === kind)
  return shrink(
    Array.from({ length: index + 1 }, (_, at) => at),
    fails,
  )
}

async function report(finding: Finding): Promise<void> {
  const indexes = values.only === undefined ? await shortest(finding) : values.only.split(',').map(Number)
  console.log(`\n${finding.text}\n  npm run random -- --seed ${seed} --only ${indexes}`)
  for (const { index, step } of pickSteps(seed, indexes)) console.log(`  ${index}: ${describeStep(step)}`)
}

const steps =
  values.only === undefined
    ? counted(stepsOf(seed, Number(values.requests)))
    : pickSteps(seed, values.only.split(',').map(Number))
const started = process.cpuUsage()
const { findings, requests, digest, statuses } = await play(steps, subject)
const { user, system } = process.cpuUsage(started)
for (const finding of findings) await report(finding)
console.log(
  [...statuses]
    .sort()
    .map(([status, count]) => `${status}: ${count}`)
    .join(', '),
)
console.log(
  `${requests} requests, ${findings.length} findings, ${Math.round((user + system) / 1e6)} s of CPU time, digest ${digest}`,
)
process.exitCode = findings.length > 0 ? 1 : 0
