import { parseArgs } from 'node:util'
import type { Mode } from '../../src/contract/report.ts'
import { runBeside } from './beside-writer.ts'

/** Runs the suite beside another writer, many times in each mode. The exit code is 1 if it accused the server. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '50' },
    modes: { type: 'string', default: 'safe,owned,full' },
    rates: { type: 'string', default: '2,20' },
    latencies: { type: 'string', default: '0,25,100' },
  },
})
const numbers = (text: string) => text.split(',').map(Number)

let alarms = 0
for (const mode of values.modes.split(',') as Mode[])
  for (const perSecond of numbers(values.rates))
    for (const latencyMs of numbers(values.latencies)) {
      let accused = 0
      for (let seed = 1; seed <= Number(values.runs); seed += 1) {
        const { failures, problem } = await runBeside({ mode, perSecond, latencyMs, seed })
        for (const { operation, check, place, expected, actual } of failures)
          process.stdout.write(
            `  seed ${seed}: ${operation} ${check} (${place}): expected ${expected}, got ${actual}\n`,
          )
        if (failures.length > 0 || problem !== '') accused += 1
      }
      alarms += accused
      process.stdout.write(
        `${mode}, ${perSecond} writes a second, ${latencyMs} ms: ${accused} of ${values.runs} runs accused the server\n`,
      )
    }
process.exitCode = alarms === 0 ? 0 : 1
