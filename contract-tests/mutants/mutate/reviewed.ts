import { readFileSync } from 'node:fs'
import { pathOf } from '../../../src/openapi/package-files.ts'
import { keyOf, type Mutant } from './mutant.ts'

/** A mutant that random requests tell from its server and that the suite does not catch, with the reason. */
export interface Reviewed {
  readonly server: string
  readonly mutant: string
  readonly reason: string
}

const FILE = 'contract-tests/mutants/mutate/not-caught.json'

/** The reviewed mutants of a server, by their keys. */
export function reviewedOf(server: string): ReadonlyMap<string, string> {
  const all = JSON.parse(readFileSync(pathOf(FILE), 'utf8')) as readonly Reviewed[]
  return new Map(all.filter((one) => one.server === server).map(({ mutant, reason }) => [mutant, reason]))
}

/** The reason why a mutant need not be caught; undefined if nobody gave one. */
export const reasonFor = (mutant: Mutant, reviewed: ReadonlyMap<string, string>): string | undefined =>
  reviewed.get(keyOf(mutant))
