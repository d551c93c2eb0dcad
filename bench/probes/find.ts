import { createMock } from 'inboxes-mock'

/**
 * Prints the cost of finding pets among so many: microseconds by a tag that 100 of them have, and by a status, which a
 * third of them have, for each pet found. A pet is written before each time, so that no list is remembered.
 */
const { store } = createMock({ pets: Number(process.argv[2]) })
const TAGGED = 100
for (let id = 1; id <= TAGGED; id++) store.pets.put(tagged(id))

const byTag = median(200, () => store.pets.byTags(['bench']).length)
if (byTag.found !== TAGGED) throw new Error(`${byTag.found} pets were found.`)
const byStatus = median(10, () => store.pets.byStatus(['available']).length)
console.log(JSON.stringify({ byTag: byTag.microseconds, byStatus: byStatus.microseconds / byStatus.found }))

function tagged(id: number) {
  return { id, name: `pet ${id}`, photoUrls: [], tags: [{ id: 1, name: 'bench' }] }
}

/** The middle one of the times, in microseconds; the first rounds, in which the pets are made, do not count. */
function median(rounds: number, find: () => number): { readonly found: number; readonly microseconds: number } {
  const times: number[] = []
  let found = 0
  for (let round = 0; round < rounds + 2; round++) {
    store.pets.put(tagged(1))
    const started = performance.now()
    found = find()
    if (round >= 2) times.push((performance.now() - started) * 1000)
  }
  times.sort((a, b) => a - b)
  return { found, microseconds: times[Math.floor(times.length / 2)] ?? Number.NaN }
}
