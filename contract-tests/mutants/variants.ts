import type { Variant } from './variant.ts'
import { bodyVariants } from './variants/bodies.ts'
import { idVariants } from './variants/ids.ts'
import { methodVariants } from './variants/methods.ts'
import { readVariants } from './variants/reads.ts'
import { recordVariants } from './variants/records.ts'
import { statusVariants } from './variants/statuses.ts'
import { transportVariants } from './variants/transport.ts'
import { writeVariants } from './variants/writes.ts'

/** Every correct but unusual server. */
export const VARIANTS: readonly Variant[] = [
  ...bodyVariants,
  ...idVariants,
  ...methodVariants,
  ...readVariants,
  ...recordVariants,
  ...statusVariants,
  ...transportVariants,
  ...writeVariants,
]
