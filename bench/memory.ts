import { runProbe } from './probe.ts'

/** The memory of a number of pets. Bytes are per pet, beyond those of a mock with 10 pets. */
export interface MemoryCost {
  readonly pets: number
  /** To make the mock. */
  readonly milliseconds: number
  readonly bytesAtStart: number
  readonly bytesAfterReading: number
}

interface Heap {
  readonly milliseconds: number
  readonly start: number
  readonly read: number
}

/** Starts one mock after the other, each in its own process. */
export async function measureMemory(sizes: readonly number[]): Promise<MemoryCost[]> {
  const base = await readHeap(10)
  const costs: MemoryCost[] = []
  for (const pets of sizes) costs.push(costOf(pets, await readHeap(pets), base))
  return costs
}

async function readHeap(pets: number): Promise<Heap> {
  return JSON.parse(await runProbe('memory', '--expose-gc', String(pets))) as Heap
}

function costOf(pets: number, heap: Heap, base: Heap): MemoryCost {
  const perPet = (bytes: number) => bytes / (pets - 10)
  return {
    pets,
    milliseconds: heap.milliseconds,
    bytesAtStart: perPet(heap.start - base.start),
    bytesAfterReading: perPet(heap.read - base.start),
  }
}
