import type { Variant } from './variant.ts'
import { bodyVariants } from './variants/bodies.ts'
import { methodVariants } from './variants/methods.ts'
import { recordVariants } from './variants/records.ts'
import { statusVariants } from './variants/statuses.ts'
import { transportVariants } from './variants/transport.ts'

/** Every correct but unusual server. */
export const VARIANTS: readonly Variant[] = [
  ...bodyVariants,
  ...methodVariants,
  ...recordVariants,
  ...statusVariants,
  ...transportVariants,
]
