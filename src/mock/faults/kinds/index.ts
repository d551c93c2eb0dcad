import type { FaultKindName, StepByKind } from '../fault.ts'
import type { FaultKind } from '../kind.ts'
import { breakSchema } from './break-schema.ts'
import { delay } from './delay.ts'
import { emptyReply } from './empty-reply.ts'
import { malformed } from './malformed.ts'
import { none } from './none.ts'
import { rateLimit } from './rate-limit.ts'
import { reset } from './reset.ts'
import { resetInBody } from './reset-in-body.ts'
import { slowBody } from './slow-body.ts'
import { status } from './status.ts'
import { truncated } from './truncated.ts'

/** Every kind of fault, by its name. */
export const KINDS: { readonly [Name in FaultKindName]: FaultKind<StepByKind[Name]> } = {
  none,
  status,
  delay,
  'slow-body': slowBody,
  reset,
  'reset-in-body': resetInBody,
  'empty-reply': emptyReply,
  malformed,
  'break-schema': breakSchema,
  truncated,
  'rate-limit': rateLimit,
}
