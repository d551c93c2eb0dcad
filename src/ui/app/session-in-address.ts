import type { Cell } from '../parts/cell.ts'
import { DEFAULT_SESSION, inSession, type Route, readRoute } from './route.ts'

/** Keeps the selected session in the address, so that an address leads others to the same record. */
export function keepSessionInAddress(route: Cell<Route>, session: Cell<string>): void {
  const write = () => {
    const { session: named = DEFAULT_SESSION } = route.get()
    if (named === session.get()) return
    history.replaceState(history.state, '', inSession(location.hash, session.get()) || location.pathname)
    route.set(readRoute(location.hash))
  }
  // The links of the page name no session: they stay in the one that is selected.
  const read = () => {
    const { session: named } = route.get()
    if (named === undefined) write()
    else session.set(named)
  }
  route.follow(read)
  session.follow(write)
  read()
}
