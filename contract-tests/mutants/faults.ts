import type { Fault } from './fault.ts'
import { acceptanceFaults } from './faults/acceptance.ts'
import { authenticationFaults } from './faults/authentication.ts'
import { crossCheckFaults } from './faults/cross-checks.ts'
import { existenceFaults } from './faults/existence.ts'
import { filterFaults } from './faults/filters.ts'
import { headerFaults } from './faults/headers.ts'
import { httpFaults } from './faults/http.ts'
import { idempotencyFaults } from './faults/idempotency.ts'
import { isolationFaults } from './faults/isolation.ts'
import { mediaTypeFaults } from './faults/media-type.ts'
import { readBackFaults } from './faults/read-back.ts'
import { refusalFaults } from './faults/refusal.ts'
import { routingFaults } from './faults/routing.ts'
import { schemaFaults } from './faults/schema.ts'
import { sequenceFaults } from './faults/sequences.ts'
import { serverErrorFaults } from './faults/server-error.ts'
import { someRecordsFaults } from './faults/some-records.ts'
import { statusFaults } from './faults/status.ts'
import { variationFaults } from './faults/variations.ts'
import { xmlFaults } from './faults/xml.ts'

/** Every fault, each of which can be switched on alone. */
export const FAULTS: readonly Fault[] = [
  ...schemaFaults,
  ...headerFaults,
  ...statusFaults,
  ...mediaTypeFaults,
  ...xmlFaults,
  ...authenticationFaults,
  ...routingFaults,
  ...acceptanceFaults,
  ...refusalFaults,
  ...serverErrorFaults,
  ...readBackFaults,
  ...isolationFaults,
  ...existenceFaults,
  ...filterFaults,
  ...crossCheckFaults,
  ...idempotencyFaults,
  ...httpFaults,
  ...someRecordsFaults,
  ...sequenceFaults,
  ...variationFaults,
]
