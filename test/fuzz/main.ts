// Fuzzes a reader, guided by coverage: `npm run fuzz -- xml --runs 1000000`. Findings are printed with the shortest input that still
// shows them. `--minutes 10` stops earlier; `--save` stores the inputs that reached something new.

import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { pathOf } from '../../src/openapi/package-files.ts'
import { loadCorpus, saveCorpus } from './corpus.ts'
import { buildInstrumented, countersOf } from './coverage.ts'
import { type Finding, fuzz, shrinkInput } from './fuzz.ts'
import { loadReader, READERS, sourceOf } from './readers.ts'

const SAVED_BYTES = 24 * 1024
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
    save: { type: 'boolean', default: false },
  },
})

const [name = ''] = positionals
const source = sourceOf(name)
if (source === undefined) {
  console.error(`There is no reader ${name}. Name one of ${READERS.join(', ')}.`)
  process.exit(2)
}

const built = await buildInstrumented(source, pathOf(`.compiled/fuzz-${name}.mjs`))
const reader = await loadReader(name, pathToFileURL(built).href)
const counters = countersOf(built)
const started = process.cpuUsage()
const { runs, milliseconds, corpus, findings } = await fuzz(reader, {
  runs: Number(values.runs),
  milliseconds: Number(values.minutes) * 60_000,
  seed: Number(values.seed),
  corpus: loadCorpus(name),
  counters,
  onProgress: (done, inputs) =>
    console.error(`${done} runs, ${inputs.length} inputs, ${counters.reached()} of ${counters.total} counters`),
})
const cpu = process.cpuUsage(started)
for (const finding of findings) await report(finding)
if (values.save) console.log(`${saveCorpus(name, corpus, SAVED_BYTES)} of ${corpus.length} inputs are stored.`)
console.log(
  `${name}: ${runs} runs in ${Math.round(milliseconds / 1000)} s (${Math.round((cpu.user + cpu.system) / 1e6)} s of CPU time), ` +
    `${corpus.length} inputs reached ${counters.reached()} of ${counters.total} counters, ${findings.length} findings`,
)
process.exitCode = findings.length > 0 ? 1 : 0

async function report(finding: Finding): Promise<void> {
  const shortest = await shrinkInput(reader, finding)
  const { reason } = finding
  console.log(`\n${reason instanceof Error ? reason.stack : reason}\n  ${JSON.stringify(shortest.toString('latin1'))}`)
}
