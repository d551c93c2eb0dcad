import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Control } from '../control/control.ts'
import type { Live } from '../control/live.ts'
import type { Cell } from '../parts/cell.ts'
import type { Shown } from '../requests/journal.ts'
import type { ApiDocument } from './api-document.ts'
import type { Changes } from './changes.ts'
import type { Notice } from './notice.ts'
import type { Route } from './route.ts'

/** The values that the views share. */
export interface App {
  readonly control: Control
  readonly live: Live
  readonly route: Cell<Route>
  /** The id of the selected session: the default one at first. */
  readonly session: Cell<string>
  readonly token: Cell<string>
  readonly requests: Cell<Shown>
  readonly changes: Cell<Changes>
  readonly notices: Cell<readonly Notice[]>
  readonly document: Cell<ApiDocument | undefined>
  /** Tells what was done, for the eye and for screen readers. */
  say(text: string): void
  /** Logs in with a token, or out with ''. */
  login(token: string): void
}

const Context = createContext<App | undefined>(undefined)

export const AppProvider = Context.Provider

export function useApp(): App {
  const app = useContext(Context)
  if (app === undefined) throw new Error('A view stands outside of the page.')
  return app
}
