import type { Reply } from '../exchange/reply.ts'
import type { ValidInput } from '../operations/index.ts'
import * as clock from './clock.ts'
import type { AdminContext } from './context.ts'
import * as events from './events.ts'
import * as faults from './faults.ts'
import * as found from './find-records.ts'
import type { AdminHandler, AdminOperationId } from './handler.ts'
import * as health from './health.ts'
import * as records from './records.ts'
import * as requests from './requests.ts'
import * as runs from './runs.ts'
import * as sessions from './sessions.ts'
import * as snapshots from './snapshots.ts'
import * as state from './state.ts'
import * as upstream from './upstream.ts'

/** The handler of each route: the compiler asks for each operationId of `openapi.yaml` beside this file. */
export const ROUTES: { readonly [Id in AdminOperationId]: AdminHandler<Id> } = {
  ...health,
  ...state,
  ...records,
  ...snapshots,
  ...clock,
  ...sessions,
  ...requests,
  ...events,
  ...faults,
  ...upstream,
  ...runs,
  ...found,
}

/** Calls a route's handler. The input was validated by the document that the handler's types come from. */
export function callRoute(
  id: string,
  { path, query, body }: ValidInput,
  context: AdminContext,
): Reply | Promise<Reply> {
  const handler = ROUTES[id as AdminOperationId] as (
    input: Omit<ValidInput, 'unknownQuery' | 'ignored'>,
    context: AdminContext,
  ) => Reply | Promise<Reply>
  return handler({ path, query, body }, context)
}
