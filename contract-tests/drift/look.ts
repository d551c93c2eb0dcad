import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { compile } from '../../scripts/compile.js'
import type { Mode } from '../../src/contract/report.ts'
import { FAULTS } from '../mutants/faults.ts'
import { VARIANTS } from '../mutants/variants.ts'
import type { Pairing } from './compare-servers.ts'

const { values } = parseArgs({
  options: {
    ids: { type: 'string', default: 'variants' },
    modes: { type: 'string', default: 'full' },
    seeds: { type: 'string', default: '1' },
    threads: { type: 'string', default: '1' },
    adopt: { type: 'boolean', default: false },
  },
})
const ids =
  values.ids === 'variants'
    ? ['plain', ...VARIANTS.map(({ id }) => id)]
    : values.ids === 'faults'
      ? FAULTS.map(({ id }) => id)
      : values.ids.split(',')
const pairings: Pairing[] = ids.flatMap((id) =>
  values.seeds.split(',').flatMap((seed) =>
    (values.modes.split(',') as Mode[]).map((mode) => ({
      ...(id === 'plain' ? {} : FAULTS.some((f) => f.id === id) ? { fault: id } : { variant: id }),
      seed: Number(seed),
      mode,
    })),
  ),
)
const script = await compile('contract-tests/drift/score-worker.ts')
const threads = Number(values.threads)
await Promise.all(
  Array.from({ length: threads }, (_, share) => {
    const mine = pairings.filter((_p, index) => index % threads === share)
    return new Promise<void>((resolve, reject) => {
      const worker = new Worker(script, { workerData: { pairings: mine, atOnce: 3, adopt: values.adopt } })
      worker.on('message', ({ pairing, report, adopted, defects }) => {
        const name = pairing.variant ?? pairing.fault ?? 'plain'
        console.log(
          `${name} ${pairing.mode} ${pairing.seed}: ${report.differences.length} in ${report.cases.asked} (${report.cases.notAsked} not), ${report.requests} requests ${report.problem}`,
        )
        for (const d of report.differences.slice(0, 8))
          console.log(
            `   ${d.kind} ${d.id} ${d.statement}  [${d.operations.join(',')}] ${d.cases} ${d.adoptable ? 'adoptable' : d.reason} ${d.finding}`,
          )
        if (adopted) {
          console.log(`   ADOPTED ${JSON.stringify(report.profile)}`.slice(0, 400))
          for (const d of adopted.differences)
            console.log(
              `   LEFT ${d.id} ${d.statement} [${d.operations.slice(0, 5).join(',')}] ${d.adoptable}`.slice(0, 300),
            )
          if (adopted.problem) console.log(`   PROBLEM ${adopted.problem}`)
          for (const d of [...new Set(defects)].slice(0, 4)) console.log(`   DEFECT ${d}`)
        }
      })
      worker.on('error', reject)
      worker.on('exit', () => resolve())
    })
  }),
)
