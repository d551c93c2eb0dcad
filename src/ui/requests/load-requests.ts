import type { Control } from '../control/control.ts'
import { merged, type Shown } from './journal.ts'

/** The sessions, used last, whose journals are loaded. Of others, requests are shown as they come. */
const SESSIONS = 20

/** The requests of the sessions that live. */
export async function loadRequests(control: Control): Promise<Shown> {
  const sessions = await control.call('get', '/sessions')
  const ids = new Set(['default', ...sessions.slice(-SESSIONS).map(({ id }) => id)])
  const journals = [...ids].map(async (session) => ({
    session,
    ...(await control.call('get', '/requests', { session })),
  }))
  return merged(await Promise.all(journals))
}
