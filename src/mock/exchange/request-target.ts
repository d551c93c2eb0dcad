/** The parts of a request target. `search` is without its question mark. */
export interface Target {
  readonly path: string
  readonly search: string
}

/** Splits a request target (RFC 9112, section 3.2; the absolute form is taken too). */
export function splitTarget(target: string): Target {
  const origin = target.startsWith('/') ? target : originForm(target)
  const mark = origin.indexOf('?')
  return mark < 0 ? { path: origin, search: '' } : { path: origin.slice(0, mark), search: origin.slice(mark + 1) }
}

function originForm(target: string): string {
  if (!/^https?:/i.test(target) || !URL.canParse(target)) return target
  const { pathname, search } = new URL(target)
  return pathname + search
}
