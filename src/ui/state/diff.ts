/** A member that differs between two records. */
export interface Difference {
  readonly pointer: string
  /** Undefined where it is absent. */
  readonly before: unknown
  readonly after: unknown
}

const isObjectOrList = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The smallest parts in which two JSON values differ. */
export function differences(before: unknown, after: unknown, pointer = ''): Difference[] {
  if (Object.is(before, after)) return []
  const isSameKind = isObjectOrList(before) && isObjectOrList(after) && Array.isArray(before) === Array.isArray(after)
  if (!isSameKind) return [{ pointer, before, after }]
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) =>
    differences(before[name], after[name], `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}
