import * as clock from './clock.ts'
import type { ControlHandler } from './context.ts'
import * as faults from './faults.ts'
import * as health from './health.ts'
import * as requests from './requests.ts'
import * as sessions from './sessions.ts'
import * as snapshots from './snapshots.ts'
import { getCollection, getState, putCollection, putState, reset, validateDomain } from './state.ts'

/** Every route of the control plane, by its operationId in `openapi.yaml` beside this file. */
export const ROUTES: Readonly<Record<string, ControlHandler>> = {
  ...health,
  reset,
  getState,
  putState,
  getCollection,
  putCollection,
  validateDomain,
  ...snapshots,
  ...clock,
  ...sessions,
  ...requests,
  ...faults,
}
