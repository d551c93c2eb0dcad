import type { MakeEffect } from '../effect.ts'
import { errors } from './errors.ts'
import { key } from './key.ts'

/** The effects of every member of a profile. The kind of errors comes last: others change the status before. */
export const EFFECTS: readonly MakeEffect[] = [key, errors]
