import type { Depth, Mode } from '../contract/report.ts'

/**
 * How many cases the next fuller mode asks of a mock besides, with the usual seed: to play that plan takes up to four times as long
 * as to compare. Random sequences of other seeds are a few in a hundred shorter or longer. A test plays the plans.
 */
export const PLAN_SIZES: Readonly<Record<Depth, Readonly<Record<Exclude<Mode, 'full'>, number>>>> = {
  quick: { safe: 168, owned: 258 },
  usual: { safe: 1096, owned: 1222 },
  thorough: { safe: 2571, owned: 2337 },
}
