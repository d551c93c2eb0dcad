import { type Interaction, isDocumentedMethod, isSuccess } from '../contract/interaction.ts'
import type { Profile } from '../ways/profile.ts'

/** Measures how long successes take, by operation. */
export interface Stopwatch {
  readonly saw: (interaction: Interaction) => void
  /** The median, and the standard deviation of the logarithm about it. An operation without a success has none. */
  readonly latency: () => NonNullable<Profile['latency']>
}

export function createStopwatch(): Stopwatch {
  const times = new Map<string, number[]>()
  return {
    saw: (interaction) => {
      const { operation, ms } = interaction
      if (!operation || !isSuccess(interaction) || !isDocumentedMethod(interaction)) return
      times.set(operation.id, [...(times.get(operation.id) ?? []), ms])
    },
    latency: () => Object.fromEntries([...times].map(([id, some]) => [id, distributionOf(some)])),
  }
}

/** A clock of whole milliseconds cannot tell less from nothing. */
const LEAST_MS = 0.5

function distributionOf(times: readonly number[]): { readonly median: number; readonly sigma: number } {
  const sorted = times.map((ms) => Math.max(ms, LEAST_MS)).toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? LEAST_MS
  const squares = sorted.map((ms) => Math.log(ms / median) ** 2)
  const sigma = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)
  return { median, sigma: Number(sigma.toFixed(3)) }
}
