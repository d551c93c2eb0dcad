import { accept } from './accept.ts'
import { allow } from './allow.ts'
import { answered } from './answered.ts'
import { authentication } from './authentication.ts'
import { bodySchema } from './body-schema.ts'
import { byteOrderMark } from './byte-order-mark.ts'
import { charset } from './charset.ts'
import type { Check } from './check.ts'
import { contentEncoding } from './content-encoding.ts'
import { contentType } from './content-type.ts'
import { crossCheck } from './cross-check.ts'
import { deletion } from './deletion.ts'
import { existence } from './existence.ts'
import { filters } from './filters.ts'
import { framing } from './framing.ts'
import { head } from './head.ts'
import { headers } from './headers.ts'
import { idempotency } from './idempotency.ts'
import { inventory } from './inventory.ts'
import { isolation } from './isolation.ts'
import { leak } from './leak.ts'
import { login } from './login.ts'
import { memory } from './memory.ts'
import { readBack } from './read-back.ts'
import { refusal } from './refusal.ts'
import { refusedWrite } from './refused-write.ts'
import { safeReading } from './safe-reading.ts'
import { sequence } from './sequence.ts'
import { serverError } from './server-error.ts'
import { status } from './status.ts'
import { uniqueIds } from './unique-ids.ts'
import { wellFormed } from './well-formed.ts'
import { wrongMethod } from './wrong-method.ts'
import { xmlEqualsJson } from './xml-equals-json.ts'
import { xmlRoot } from './xml-root.ts'
import { xmlTypes } from './xml-types.ts'

/** Every check that a server is held to, in the order of the report. */
export const CHECKS = [
  answered,
  serverError,
  status,
  authentication,
  refusal,
  existence,
  wrongMethod,
  allow,
  head,
  framing,
  contentType,
  accept,
  contentEncoding,
  charset,
  byteOrderMark,
  wellFormed,
  xmlRoot,
  xmlTypes,
  xmlEqualsJson,
  bodySchema,
  headers,
  memory,
  readBack,
  refusedWrite,
  isolation,
  safeReading,
  idempotency,
  deletion,
  filters,
  inventory,
  crossCheck,
  uniqueIds,
  login,
  leak,
  sequence,
] as const satisfies readonly Check[]

export type CheckId = (typeof CHECKS)[number]['id']

/** A check of the table. */
export type KnownCheck = Check & { readonly id: CheckId }
