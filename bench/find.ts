import { runProbe } from './probe.ts'

/** The cost of finding pets among a number of pets, in microseconds. */
export interface FindCost {
  readonly pets: number
  /** 100 pets by their tag. */
  readonly byTag: number
  /** Each of the pets, a third of all, that have a status. */
  readonly byStatus: number
}

/** Looks for pets in one mock after the other, each in its own process. */
export async function measureFind(sizes: readonly number[]): Promise<FindCost[]> {
  const costs: FindCost[] = []
  for (const pets of sizes) {
    const cost = JSON.parse(await runProbe('find', String(pets))) as Omit<FindCost, 'pets'>
    costs.push({ pets, ...cost })
  }
  return costs
}
