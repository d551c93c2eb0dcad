/** The middle of some values, and the quartiles around it. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** The value below which the share `q` (0 to 1) of the values lies, interpolated between neighbours. NaN for no values. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = Float64Array.from(values).sort()
  const place = (sorted.length - 1) * q
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/** Median and quartiles. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), low: quantile(values, 0.25), high: quantile(values, 0.75) }
}

/**
 * The ratios of values that were measured in the same rounds: noise that lasts longer than a round strikes both sides
 * of a ratio and falls out of it.
 */
export function pairedRatios(values: readonly number[], bases: readonly number[]): number[] {
  if (values.length !== bases.length) throw new RangeError('Only values of the same rounds can be paired.')
  return values.map((value, round) => value / (bases[round] ?? Number.NaN))
}
