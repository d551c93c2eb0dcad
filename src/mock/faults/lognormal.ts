import type { Stream } from './kind.ts'

/** A lognormal distribution: the median, and the standard deviation of the logarithm. */
export interface Lognormal {
  readonly median: number
  readonly sigma: number
}

/** Draws a number of the distribution. */
export const lognormalFrom = (stream: Stream, { median, sigma }: Lognormal): number =>
  median * Math.exp(sigma * normalFrom(stream))

/** A number of the standard normal distribution (Box and Muller, 1958). */
function normalFrom(stream: Stream): number {
  return Math.sqrt(-2 * Math.log(1 - stream.next())) * Math.cos(2 * Math.PI * stream.next())
}
