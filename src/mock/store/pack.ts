import { didYouMean } from '../../openapi/nearest.ts'

/** The names of the packs: fixtures for one purpose each. */
export const PACKS = ['default', 'empty', 'one', 'many', 'long-text', 'unicode', 'bare'] as const

export type PackName = (typeof PACKS)[number]

/** Throws a RangeError with what to do for a name that the compiler did not check, as in JavaScript. */
export function requirePack(name: PackName): void {
  if (!PACKS.includes(name))
    throw new RangeError(`There is no pack ${name}. ${didYouMean(name, PACKS, `There is ${PACKS.join(', ')}.`)}`)
}
