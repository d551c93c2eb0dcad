/**
 * The first module of a worker that runs a mutant. It defines the two functions that instrumented code calls: one asks if a mutant is
 * on, the other says which ones a piece of code has. Both count, so that the parent sees which code ran how often.
 */
export const ENTRY = `import { workerData } from 'node:worker_threads'

const { hits, on, server } = workerData
const active = new Set(on.map(String))
globalThis.stryMutAct_9fa48 = (number) => {
  if (!active.has(number)) return false
  hits[number]++
  return true
}
globalThis.stryCov_9fa48 = (...numbers) => {
  for (const number of numbers) hits[number]++
}
await import(server)
`
