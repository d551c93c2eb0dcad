import fc from 'fast-check'
import type { Numbered } from './play.ts'
import { type Step, step } from './steps.ts'

/** How many steps are drawn at once: drawing one alone would cost more than it. */
const BATCH = 1_000

/** The steps of a seed. The step of a number is the same however many are asked for. */
export function* stepsOf(seed: number, count: number): Generator<Numbered> {
  for (let start = 0; start < count; start += BATCH) {
    const batch = batchOf(seed, start / BATCH)
    for (const [offset, drawn] of batch.slice(0, count - start).entries()) yield { index: start + offset, step: drawn }
  }
}

/** Some steps of a seed, by their numbers. */
export function pickSteps(seed: number, indexes: readonly number[]): Numbered[] {
  const batches = new Map<number, Step[]>()
  return indexes.flatMap((index) => {
    const number = Math.floor(index / BATCH)
    const batch = batches.get(number) ?? batchOf(seed, number)
    batches.set(number, batch)
    const found = batch[index % BATCH]
    return found ? [{ index, step: found }] : []
  })
}

/** 2654435761 spreads neighbouring numbers (Knuth, The Art of Computer Programming, 6.4). */
const batchOf = (seed: number, number: number): Step[] =>
  fc.sample(step, { seed: (seed + Math.imul(number + 1, 2_654_435_761)) | 0, numRuns: BATCH })
