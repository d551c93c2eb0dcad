import type { Violation } from '../control/types.ts'

/** Violations by the place of the request that they point into. */
export interface Marks {
  readonly body: readonly Violation[]
  readonly headers: readonly Violation[]
  readonly query: readonly Violation[]
  readonly path: readonly Violation[]
  /** Of the method, or of no place that is shown. */
  readonly request: readonly Violation[]
}

type Place = keyof Marks

const PLACES: readonly Place[] = ['body', 'headers', 'query', 'path']

/** Puts each violation at its place. */
export function marksOf(violations: readonly Violation[]): Marks {
  const at = (place: Place) => violations.filter(({ pointer }) => placeOf(pointer) === place)
  return { body: at('body'), headers: at('headers'), query: at('query'), path: at('path'), request: at('request') }
}

const placeOf = (pointer: string): Place => PLACES.find((place) => pointer.split('/')[1] === place) ?? 'request'

/** The violations of a line by its pointer. One of a member that is absent stands at its nearest parent that is there. */
export function marksByLine(
  violations: readonly Violation[],
  pointers: ReadonlySet<string>,
): ReadonlyMap<string, readonly Violation[]> {
  const byLine = new Map<string, Violation[]>()
  for (const violation of violations) {
    const pointer = nearest(violation.pointer.replace(/^\/body/, ''), pointers)
    byLine.set(pointer, [...(byLine.get(pointer) ?? []), violation])
  }
  return byLine
}

function nearest(pointer: string, pointers: ReadonlySet<string>): string {
  if (pointer === '' || pointers.has(pointer)) return pointer
  return nearest(pointer.slice(0, pointer.lastIndexOf('/')), pointers)
}

/** The violations of one named header, query parameter or path parameter, in any case. */
export const marksOfName = (violations: readonly Violation[], name: string): readonly Violation[] =>
  violations.filter(({ pointer }) => pointer.split('/')[2]?.toLowerCase() === name.toLowerCase())
