import { type Cell, createCell } from '../parts/cell.ts'

/** The session of requests that name none. */
export const DEFAULT_SESSION = 'default'

export const VIEWS = [
  'requests',
  'state',
  'faults',
  'sessions',
  'clock',
  'coverage',
  'upstream',
  'reports',
  'reference',
] as const

export type View = (typeof VIEWS)[number]

/** A place in the page: `#/state/pets/7?session=a` is the view `state` with the rest `['pets', '7']`, of the session `a`. */
export interface Route {
  readonly view: View
  readonly rest: readonly string[]
  /** The session that the views show; the default one is not named. */
  readonly session?: string
}

const isView = (name: string | undefined): name is View => VIEWS.some((view) => view === name)

/** Reads a URL's hash. An unknown one is the first view. */
export function readRoute(hash: string): Route {
  const [path = '', query] = hash.replace(/^#?\/?/, '').split('?')
  const [view, ...rest] = path.split('/').map(decode)
  const named = new URLSearchParams(query).get('session') ?? ''
  const session = SESSION_ID.test(named) ? { session: named } : {}
  if (!isView(view)) return { view: 'requests', rest: [], ...session }
  return { view, rest: rest.filter((part) => part !== ''), ...session }
}

/** As the mock has it. A header takes no other. */
const SESSION_ID = /^[A-Za-z0-9._~-]{1,128}$/

/** The hash of the same place in a session. */
export function inSession(hash: string, session: string): string {
  const [path = ''] = hash.split('?')
  return session === DEFAULT_SESSION ? path : `${path === '' ? '#/requests' : path}?session=${session}`
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The link to a place. */
export const linkTo = (view: View, ...rest: readonly (string | number)[]): string =>
  `#/${[view, ...rest.map((part) => encodeURIComponent(String(part)))].join('/')}`

/** The place that the address bar names. */
export function followRoute(): Cell<Route> {
  const route = createCell(readRoute(location.hash))
  addEventListener('hashchange', () => route.set(readRoute(location.hash)))
  return route
}
