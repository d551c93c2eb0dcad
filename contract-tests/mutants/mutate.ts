import { parseArgs } from 'node:util'
import { describe, type Mutant } from './mutate/mutant.ts'
import { type Placed, place } from './mutate/place.ts'
import { reasonFor, reviewedOf } from './mutate/reviewed.ts'
import { sampleOf } from './mutate/sample.ts'
import { type Missed, type Score, score } from './mutate/score.ts'
import { describeStep } from './mutate/step.ts'
import { SUBJECTS } from './mutate/subjects.ts'

/**
 * Makes Stryker's mutants of two servers that the authors of the suite did not write, tells them from the originals by random
 * requests, and puts those that differ to the suite. The exit code is 1 if it misses more than 2 % and one of them has no reason.
 */
const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: SUBJECTS.map(({ id }) => id).join(',') },
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    sample: { type: 'string', default: '1' },
    part: { type: 'string', default: '0' },
    ids: { type: 'string' },
    lanes: { type: 'string', default: '2' },
  },
})
const print = (line: string) => void process.stdout.write(`${line}\n`)
const GOAL = 0.98
/** Progress is printed once in so many steps. */
const EVERY = 25

const chosen = (mutants: readonly Mutant[]) =>
  values.ids === undefined
    ? sampleOf(mutants, Number(values.sample), Number(values.part))
    : mutants.filter(({ number }) => values.ids?.split(',').includes(String(number)))

async function scoreServer(placed: Placed): Promise<void> {
  const reviewed = reviewedOf(placed.id)
  const options = { seed: Number(values.seed), requests: Number(values.requests), lanes: Number(values.lanes) }
  let steps = 0
  const progress = (text: string) => void (steps++ % EVERY === 0 && process.stderr.write(`${placed.id}: ${text}\n`))
  const onMissed = (one: Missed) => printMissed(placed.id, one, reasonFor(one.mutant, reviewed))
  const result = await score(placed, { ...options, mutants: chosen(placed.mutants), progress, onMissed })
  printSummary(placed.id, result)
  const isListed = result.missed.every(({ mutant }) => reasonFor(mutant, reviewed) !== undefined)
  if (shareOf(result) < GOAL && !isListed) process.exitCode = 1
}

function printMissed(server: string, { mutant, step, difference, problem }: Missed, reason: string | undefined): void {
  print(`MISSED   ${server} ${mutant.number} ${describe(mutant)}`)
  print(`  ${describeStep(step)}: ${difference}`)
  if (problem !== '') print(`  The suite could not run: ${problem}`)
  print(`  ${reason ?? 'No reason is listed.'}`)
}

const shareOf = ({ toldApart, missed }: Score) => (toldApart === 0 ? 1 : 1 - missed.length / toldApart)

function printSummary(server: string, result: Score): void {
  const { mutants, notStarting, toldApart, missed } = result
  const share = (100 * shareOf(result)).toFixed(1)
  print(
    `${server}: ${mutants} mutants, ${toldApart} told apart by ${values.requests} random requests, ${toldApart - missed.length} caught (${share} %); ${notStarting} do not start`,
  )
}

for (const subject of SUBJECTS.filter(({ id }) => values.servers.split(',').includes(id))) {
  const placed = await place(subject)
  try {
    await scoreServer(placed)
  } finally {
    placed.remove()
  }
}
