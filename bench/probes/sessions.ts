import { createMock } from 'inboxes-mock'

/** Prints the cost of a session over so many pets: microseconds and bytes to start one, and bytes for its first change. */
const pets = Number(process.argv[2])
const COUNT = 2_000
const mock = createMock({ pets, maxSessions: COUNT })
const names = Array.from({ length: COUNT }, (_, index) => `s${index}`)
mock.session('warm-up').store.pets.get(1)
const before = heapUsed()
const started = performance.now()
for (const name of names) mock.session(name)
const milliseconds = performance.now() - started
const begun = heapUsed()
for (const name of names) mock.session(name).store.pets.delete(1)
const changed = heapUsed()
if (mock.session('s0').store.pets.has(1)) throw new Error('The sessions must still be there, or nothing was measured.')
console.log(
  JSON.stringify({
    microseconds: (milliseconds * 1000) / COUNT,
    bytes: (begun - before) / COUNT,
    bytesChanged: (changed - begun) / COUNT,
  }),
)

function heapUsed(): number {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('Start this with --expose-gc.')
  gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
