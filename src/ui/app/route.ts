import { type Cell, createCell } from '../parts/cell.ts'

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

/** A place in the page: `#/state/pets/7` is the view `state` with the rest `['pets', '7']`. */
export interface Route {
  readonly view: View
  readonly rest: readonly string[]
}

const isView = (name: string | undefined): name is View => VIEWS.some((view) => view === name)

/** Reads a URL's hash. An unknown one is the first view. */
export function readRoute(hash: string): Route {
  const [view, ...rest] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode)
  return isView(view) ? { view, rest: rest.filter((part) => part !== '') } : { view: 'requests', rest: [] }
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
