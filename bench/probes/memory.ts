import { createMock } from 'inboxes-mock'

/** Prints the cost of so many pets: milliseconds to start, and the heap in bytes after the start and after reading all. */
const pets = Number(process.argv[2])
const started = performance.now()
const mock = createMock({ pets })
const milliseconds = performance.now() - started
const start = heapUsed()
for (const _pet of mock.store.pets.values());
const read = heapUsed()
if (mock.store.pets.size !== pets) throw new Error('The mock must still be there, or nothing was measured.')
console.log(JSON.stringify({ milliseconds, start, read }))

function heapUsed(): number {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('Start this with --expose-gc.')
  gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
