import { createControl } from '../control/control.ts'
import { createLive } from '../control/live.ts'
import { createCell } from '../parts/cell.ts'
import { EMPTY, reloaded, type Shown, withEntries, withMissed } from '../requests/journal.ts'
import { loadRequests } from '../requests/load-requests.ts'
import type { ApiDocument } from './api-document.ts'
import type { App } from './app-context.ts'
import { ALL, type Changes, NO_CHANGES, withChanges } from './changes.ts'
import { loadDocument } from './load-document.ts'
import { readNews } from './news.ts'
import { createSay, type Notice } from './notice.ts'
import { DEFAULT_SESSION, followRoute } from './route.ts'
import { keepSessionInAddress } from './session-in-address.ts'
import { whenCalm } from './when-calm.ts'

const SESSION = 'inboxes-mock-session'
const TOKEN = 'inboxes-mock-token'
/** Milliseconds without a gap after which the list is loaded again: while requests come too fast, each question would cost the mock. */
const CALM = 2_000

/** Assembles the page's values, and begins to listen to the mock. */
export function createApp(): App {
  const route = followRoute()
  const session = createCell(sessionStorage.getItem(SESSION) ?? DEFAULT_SESSION)
  keepSessionInAddress(route, session)
  const token = createCell(sessionStorage.getItem(TOKEN) ?? '')
  const requests = createCell<Shown>(EMPTY)
  const changes = createCell<Changes>(NO_CHANGES)
  const notices = createCell<readonly Notice[]>([])
  const document = createCell<ApiDocument | undefined>(undefined)
  const control = createControl({ session, token, onUnauthorized: () => live.connection.set('locked') })
  // A mock that was started again may serve another document.
  let isDocumentDue = true
  const load = async () => {
    const before = requests.get()
    requests.set(reloaded(await loadRequests(control), before, requests.get()))
    changes.set(withChanges(changes.get(), ALL))
    if (isDocumentDue) document.set(await loadDocument())
    isDocumentDue = false
  }
  // A question that fails is asked again after the next connection.
  const loadNow = () => void load().catch(() => live.restart())
  const loadSoon = whenCalm(CALM, loadNow)
  const say = createSay(notices)
  const live = createLive({
    open: (headers, signal) => fetch('/__admin/events', { headers: { ...control.headers(), ...headers }, signal }),
    onGap: load,
    onFrame: (work) => requestAnimationFrame(work),
    onEvents: (events) => {
      const { requests: added, missed, kinds, isLost } = readNews(events, session.get())
      requests.set(withMissed(withEntries(requests.get(), added), missed))
      changes.set(withChanges(changes.get(), kinds))
      if (missed > 0) loadSoon()
      if (!isLost) return
      say('Much may have changed meanwhile. The page has asked for all of it anew.')
      isDocumentDue = true
      loadNow()
    },
  })
  session.follow(() => {
    sessionStorage.setItem(SESSION, session.get())
    changes.set(withChanges(changes.get(), ALL))
  })
  return {
    control,
    live,
    route,
    session,
    token,
    requests,
    changes,
    notices,
    document,
    say,
    login: (next) => {
      sessionStorage.setItem(TOKEN, next)
      token.set(next)
      live.restart()
    },
  }
}
