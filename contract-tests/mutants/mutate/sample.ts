import { createHash } from 'node:crypto'
import { keyOf, type Mutant } from './mutant.ts'

/** Every so-manieth mutant, by a hash of its key: the same ones as long as nobody touches their lines. All parts are all mutants. */
export const sampleOf = (mutants: readonly Mutant[], every: number, part: number): readonly Mutant[] =>
  mutants.filter((mutant) => hashOf(keyOf(mutant)) % every === part)

const hashOf = (text: string) => createHash('sha256').update(text).digest().readUInt32BE()
