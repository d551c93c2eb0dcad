import type { Depth, Mode } from '../contract/report.ts'

/**
 * How many cases the next fuller mode asks of a mock besides, with the usual seed: to play that plan takes up to four times as long
 * as to compare. Random sequences of other seeds are a few in a hundred shorter or longer. A test plays the plans.
 */
export const PLAN_SIZES: Readonly<Record<Depth, Readonly<Record<Exclude<Mode, 'full'>, number>>>> = {
  quick: { safe: 169, owned: 262 },
  usual: { safe: 1103, owned: 1298 },
  thorough: { safe: 2584, owned: 2411 },
}
