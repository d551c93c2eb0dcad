import { runProbe } from './probe.ts'

/** The cost of one session over a number of pets. */
export interface SessionCost {
  readonly pets: number
  readonly microseconds: number
  readonly bytes: number
  readonly bytesChanged: number
}

/** Starts sessions of one mock after the other, each in its own process. */
export async function measureSessions(sizes: readonly number[]): Promise<SessionCost[]> {
  const costs: SessionCost[] = []
  for (const pets of sizes) {
    const cost = JSON.parse(await runProbe('sessions', '--expose-gc', String(pets))) as Omit<SessionCost, 'pets'>
    costs.push({ pets, ...cost })
  }
  return costs
}
