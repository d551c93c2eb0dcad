/** The names of the packs: fixtures for one purpose each. */
export const PACKS = ['default', 'empty', 'one', 'many', 'long-text', 'unicode', 'bare'] as const

export type PackName = (typeof PACKS)[number]
