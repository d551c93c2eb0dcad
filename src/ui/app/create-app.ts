import { createControl } from '../control/control.ts'
import { createLive } from '../control/live.ts'
import { createCell } from '../parts/cell.ts'
import { EMPTY, entriesOf, missedIn, type Shown, withEntries, withMissed } from '../requests/journal.ts'
import { loadRequests } from '../requests/load-requests.ts'
import type { ApiDocument } from './api-document.ts'
import type { App } from './app-context.ts'
import { ALL, type Changes, changedBy, NO_CHANGES, withChanges } from './changes.ts'
import { loadDocument } from './load-document.ts'
import { createSay, type Notice } from './notice.ts'
import { followRoute } from './route.ts'
import { whenCalm } from './when-calm.ts'

/** The session of requests that name none. */
const DEFAULT_SESSION = 'default'

const SESSION = 'inboxes-mock-session'
const TOKEN = 'inboxes-mock-token'
/** Milliseconds without a gap after which the list is loaded again: while requests come too fast, each question would cost the mock. */
const CALM = 2_000

/** Assembles the page's values, and begins to listen to the mock. */
export function createApp(): App {
  const session = createCell(sessionStorage.getItem(SESSION) ?? DEFAULT_SESSION)
  const token = createCell(sessionStorage.getItem(TOKEN) ?? '')
  const requests = createCell<Shown>(EMPTY)
  const changes = createCell<Changes>(NO_CHANGES)
  const notices = createCell<readonly Notice[]>([])
  const document = createCell<ApiDocument | undefined>(undefined)
  const control = createControl({ session, token, onUnauthorized: () => live.connection.set('locked') })
  const load = async () => {
    requests.set(await loadRequests(control))
    changes.set(withChanges(changes.get(), ALL))
    if (document.get() === undefined) document.set(await loadDocument())
  }
  const loadSoon = whenCalm(CALM, () => void load().catch(() => undefined))
  const live = createLive({
    open: (headers, signal) => fetch('/__admin/events', { headers: { ...control.headers(), ...headers }, signal }),
    onGap: load,
    onEvents: (events) => {
      requests.set(withMissed(withEntries(requests.get(), entriesOf(events)), missedIn(events)))
      changes.set(withChanges(changes.get(), changedBy(events, session.get())))
      if (events.some(({ event }) => event === 'gap')) loadSoon()
    },
  })
  session.follow(() => {
    sessionStorage.setItem(SESSION, session.get())
    changes.set(withChanges(changes.get(), ALL))
  })
  return {
    control,
    live,
    route: followRoute(),
    session,
    token,
    requests,
    changes,
    notices,
    document,
    say: createSay(notices),
    login: (next) => {
      sessionStorage.setItem(TOKEN, next)
      token.set(next)
      live.restart()
    },
  }
}
