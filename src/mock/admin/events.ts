import { ApiError } from '../../openapi/api-error.ts'
import type { AdminHandler } from './handler.ts'

/** Tells what happens in all sessions, as it happens. */
export const streamEvents: AdminHandler<'streamEvents'> = async (_input, { events, lastEventId }) => {
  if (events === undefined) throw new ApiError(404, 'A mock in a page has no events.')
  const source = await events.open(lastEventId)
  return { status: 200, whole: { status: 200, headers: HEADERS, transmission: { kind: 'stream', source } } }
}

/** A proxy such as nginx must not wait for more. */
const HEADERS = { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' } as const
