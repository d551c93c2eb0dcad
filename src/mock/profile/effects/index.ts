import type { MakeEffect } from '../effect.ts'
import { errors } from './errors.ts'
import { extraProperties } from './extra-properties.ts'
import { key } from './key.ts'
import { latency } from './latency.ts'
import { defaultMediaType, unacceptable } from './media.ts'
import { head, options, unknownPath, wrongMethod } from './methods.ts'
import { emptyLists, filledIn, inventory, leftOut, newDomains, ownFields } from './records.ts'
import { refusals } from './refusals.ts'
import {
  logins,
  repeatedKeys,
  takenDomain,
  takenUsername,
  uniqueEmails,
  unknownProperties,
  unknownQuery,
} from './rules.ts'
import { successes } from './successes.ts'
import { listOrder, tokens } from './variation.ts'

/** The effects of every member of a profile. A later one sees the outcome of those before; the kind of errors is last. */
export const EFFECTS: readonly MakeEffect[] = [
  latency,
  key,
  logins,
  repeatedKeys,
  unknownQuery,
  unknownProperties,
  takenUsername,
  uniqueEmails,
  takenDomain,
  ownFields,
  filledIn,
  defaultMediaType,
  unacceptable,
  refusals,
  successes,
  newDomains,
  emptyLists,
  leftOut,
  inventory,
  tokens,
  listOrder,
  extraProperties,
  unknownPath,
  head,
  wrongMethod,
  options,
  errors,
]
