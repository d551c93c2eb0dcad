import type { Serve } from '../doors.ts'
import { DEFAULT_SESSION } from '../sessions/sessions.ts'

/** Methods that change no state. */
const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Calls `record` before the answer to each request that may have changed the default session. A request of the control plane
 * may change it from any session.
 */
export function recorded(serve: Serve, record: () => void): Serve {
  return (request, sessionId, send) => {
    const mayChange = sessionId === DEFAULT_SESSION || request.target.startsWith('/__admin')
    if (!mayChange || READS.has(request.method)) return serve(request, sessionId, send)
    return serve(request, sessionId, (response) => {
      record()
      return send(response)
    })
  }
}
