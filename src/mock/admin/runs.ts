import { ApiError } from '../../openapi/api-error.ts'
import { done, ok } from '../exchange/reply.ts'
import type { Runs } from '../runs/runs.ts'
import type { AdminContext } from './context.ts'
import type { AdminHandler } from './handler.ts'

/** Gives the latest runs. */
export const listRuns: AdminHandler<'listRuns'> = (_input, context) => ok(runsOf(context).list())

/** Begins a report on another server. */
export const startRun: AdminHandler<'startRun'> = async ({ body }, context) => ok(await runsOf(context).start(body))

/** Gives one run. */
export const getRun: AdminHandler<'getRun'> = ({ path }, context) => ok(runsOf(context).get(path.id))

/** Stops or forgets one run. */
export const stopRun: AdminHandler<'stopRun'> = ({ path }, context) => {
  runsOf(context).stop(path.id)
  return done()
}

function runsOf({ runs }: AdminContext): Runs {
  if (runs) return runs
  throw new ApiError(
    404,
    'A mock that code has made runs no reports. Start it as a command (npx inboxes-mock), or call runContract of inboxes-mock/contract.',
  )
}
